"""One run: a Plan and a replicate in, named outcomes out."""
