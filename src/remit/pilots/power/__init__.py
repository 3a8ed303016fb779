"""Power: how likely a pilot is to find what is there, and how large it must be."""
