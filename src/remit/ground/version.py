"""The version of Remit."""

VERSION = "0.1.0"
