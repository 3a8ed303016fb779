"""Effects and lowering: the only place where words become numbers."""
