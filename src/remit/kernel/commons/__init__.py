"""The commons engines: an estate and the body that keeps it, campaigns for projects, uptake of what others build."""
