"""Questions asked of an ensemble: what drives a difference."""
