"""Remit from Python: the same verbs as the command line, with typed results and tables for pandas and xarray."""
