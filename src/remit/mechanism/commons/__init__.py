"""Lowering designs of the commons family: estates, projects, uptake."""
