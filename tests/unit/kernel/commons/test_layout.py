import re
from pathlib import Path

from remit.kernel.commons.layout import FIFTHS, WEEKS_A_YEAR, Stream

PAGE = Path(__file__).parents[4] / "docs" / "explanation" / "commons.md"


def test_streams_of_draws_have_the_numbers_of_the_page():
    rows = re.findall(r"^\| ([a-z]+) \| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    on_page = {name: int(number) for name, number in rows}
    assert {s.name.lower(): int(s) for s in Stream} == on_page


def test_a_year_is_fifty_two_weeks_and_people_are_told_by_fifth():
    assert (WEEKS_A_YEAR, FIFTHS) == (52, 5)
