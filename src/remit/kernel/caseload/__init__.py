"""Someone stands by you for a while: clients, carers and the hours between them, in weekly steps."""
