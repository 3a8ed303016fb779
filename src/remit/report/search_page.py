"""What a search found as a page: words, the trade-off as a picture, the front as a table."""

from collections.abc import Sequence

from remit.report.search_answer import SearchAnswer
from remit.report.search_text import front_table
from remit.report.template import Section


def front_section(answer: SearchAnswer, lines: Sequence[str]) -> Section:
    """Return the front as a part of a page."""
    tables = (("The front: differences to today, with twice their standard error", front_table(answer)),)
    return Section("front", "The front", "", "", tables, tuple(lines), is_answer=True)
