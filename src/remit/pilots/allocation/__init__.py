"""Who gets what, and by which luck: a draw that anyone can repeat."""
