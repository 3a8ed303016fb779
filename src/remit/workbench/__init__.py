"""A user's verbs: show, check, trace, compare. Ports come as arguments."""
