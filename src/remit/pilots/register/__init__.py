"""What was promised before the results were known, kept so that nobody can change it unseen."""
