"""Remit: design, simulate, compare and test operating models for a public service."""

__version__ = "0.1.0"
