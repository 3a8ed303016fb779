"""Meaning: what a fault code stands for."""

from typing import NamedTuple


class Meaning(NamedTuple):
    """What a code stands for."""

    title: str
    why: str
    fix: str
