"""Someone stands by you for a while: from settings and numbers to the plan of the caseload engine."""
