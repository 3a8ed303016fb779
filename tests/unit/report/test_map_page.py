from dataclasses import replace

import pytest

from pages import read_page
from remit.consistency.ideas import mains_of
from remit.consistency.pairs import impossible_pairs
from remit.report.map_page import render_map
from small_brief import CATALOGUE
from standing import GOOD_RULES, proposed, typical, under

NASTY = "<script>alert(1)</script>"


def own():
    return [
        replace(proposed("power=frontline_teams").design, title=NASTY),
        replace(proposed("staff=1.1").design, title="More & more"),
    ]


@pytest.fixture(scope="module")
def text():
    return render_map(typical().today, own(), typical().space(), "Here & there <b>")


@pytest.fixture(scope="module")
def page(text):
    return read_page(text)


def test_what_a_person_wrote_is_escaped(text, page):
    assert "<script" not in text
    assert "<b>" not in text
    for words in (NASTY, "More & more", "Here & there <b>"):
        assert words in page.words


def test_today_every_archetype_and_one_s_own_designs_are_on_the_map(page):
    for archetype in CATALOGUE.archetypes.values():
        assert archetype.name in page.words
    assert typical().today.title in page.words


def test_the_map_is_a_table_too(page):
    space = typical().space()
    mains = mains_of(proposed("staff=1.1").design, space)
    today = mains_of(typical().today, space)
    assert sum(mains[v] != today[v] for v in mains) == 1
    told = [r for r in page.rows if r[0] == "More & more"]
    assert ["More & more", "A typical service of today", "1"] in told


def test_every_pair_that_cannot_stand_together_is_in_a_table(page):
    found = impossible_pairs(typical().space())
    rows = [r for r in page.rows if len(r) == 4 and r[0] != "Setting"]
    assert len(rows) == found.n_impossible > 100
    assert f"{found.n_impossible:,} of {found.n_pairs:,} pairs" in page.words
    assert ["Employment terms", "salaried", "Who is involved", "volunteers"] in rows


def test_a_local_rule_takes_more_pairs_away():
    plain, more = (impossible_pairs(p.space()).n_impossible for p in (typical(), under(GOOD_RULES)))
    assert more > plain
    place = under(GOOD_RULES)
    page = read_page(render_map(place.today, [], place.space(), place.name))
    assert f"{more:,} of " in page.words


def test_the_same_designs_give_the_same_page_letter_for_letter(text):
    assert render_map(typical().today, own(), typical().space(), "Here & there <b>") == text
