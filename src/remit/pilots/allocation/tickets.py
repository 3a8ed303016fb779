"""Luck from a published text: every unit draws a ticket, and the tickets decide.

A ticket is a SHA-256 sum, which any computer can work out again without Remit. Nobody can
choose it: it hangs on a text that was not known when the design was fixed.
"""

import hashlib
import unicodedata
from collections.abc import Sequence

SEED_RULE = "the design's digest, a line feed, and the text"
TICKET_RULE = "the seed, a line feed, the draw's name, a line feed, and the unit's id"


def sha256(text: str) -> str:
    """Return the SHA-256 sum of a text in UTF-8, as 64 hexadecimal digits.

    >>> sha256("")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def plain_text(text: str) -> str:
    r"""Return a published text with single spaces, none at its ends, accents composed.

    >>> plain_text("  Lottery 24 November:\n 3 11 17  ")
    'Lottery 24 November: 3 11 17'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def seed_from(design_digest: str, text: str) -> str:
    """Return the seed: the SHA-256 sum of the design's digest, a line feed, and the text.

    >>> seed_from("ab", "x") == sha256("ab" + chr(10) + "x")
    True
    """
    return sha256(f"{design_digest}\n{plain_text(text)}")


def ticket(seed: str, draw: str, unit: str) -> str:
    """Return the ticket of a unit in a draw: the SHA-256 sum of seed, draw and unit, a line feed between."""
    return sha256(f"{seed}\n{draw}\n{unit}")


def drawn_order(seed: str, draw: str, units: Sequence[str]) -> list[int]:
    """Return the places of ``units`` from the smallest ticket to the largest."""
    return sorted(range(len(units)), key=lambda i: ticket(seed, draw, units[i]))


def drawn_number(seed: str, draw: str, n: int) -> int:
    """Return a number from 0 to ``n`` - 1: the ticket of the draw, as a number, modulo ``n``.

    A ticket is below 2**256, so no number is likelier than another by more than n in 2**256.
    """
    return int(sha256(f"{seed}\n{draw}"), 16) % n
