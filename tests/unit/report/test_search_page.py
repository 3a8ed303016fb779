from dataclasses import replace

from remit.report.search_page import front_section
from search_answers import answer


def test_the_page_has_words_a_picture_and_a_table():
    section = front_section(answer(), ["words"])
    assert "<svg" in section.picture
    assert section.tables[0][1].rows


def test_one_objective_has_no_picture():
    one = answer()
    chosen = tuple(replace(c, values=c.values[:1], errors=c.errors[:1]) for c in one.chosen)
    assert front_section(replace(one, objectives=one.objectives[:1], chosen=chosen), ["w"]).picture == ""
