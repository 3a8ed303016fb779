"""Questions asked of an ensemble: when a design wins, what drives it, which is safe, what is worth knowing."""
