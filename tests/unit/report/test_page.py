import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from answers import answer, question, with_row
from remit.briefs.brief import Published
from remit.report.brief_text import written
from remit.report.figures import DAGGER
from remit.report.page import render_page
from remit.simulate.response_outcomes import RESPONSE

NASTY = "<b>&\"'</title></style><script>x</script>"
VOID = {"meta", "br", "hr", "img", "input", "link"}
LOADS = {"src", "srcset", "poster", "data", "action", "background", "formaction"}


class Reader(HTMLParser):
    """Reads a page strictly: every element closed by its own end, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text, self.ids, self.links, self.loads = [], [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            if name == "id":
                self.ids.append(value)
            if name in ("href", "xlink:href"):
                self.links.append(value)
            if name in LOADS:
                self.loads.append(value)
            if name == "style":
                assert "url(" not in value

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open[-1:] not in (["style"], ["script"]):
            self.text.append(data)

    def error(self, message):
        raise AssertionError(message)


def read(given, command="remit compare small-town"):
    """Return the page's reader after all that must hold of any page."""
    page = render_page(given, command)
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    assert page.startswith("<!doctype html>")
    assert "script" not in reader.seen
    assert "iframe" not in reader.seen
    assert "link" not in reader.seen
    assert reader.loads == []
    assert all(link.startswith("#") for link in reader.links), reader.links
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)
    assert "default-src 'none'" in page
    reader.words = re.sub(r"\s+", " ", " ".join(reader.text))
    assert re.findall(r".{40}\b(?:nan|inf|None)\b", reader.words) == []
    return reader


def test_a_page_is_well_formed_and_needs_no_network():
    read(answer(n_scenarios=16))


def test_every_outcome_is_on_the_page():
    words = read(answer()).words
    for outcome in RESPONSE.every:
        assert outcome.name in words
        assert outcome.meaning in words


def test_fifths_are_on_the_page_for_the_place_and_the_nation():
    words = read(answer()).words
    assert "Survivors a year by deprivation, fifths of this place" in words
    assert "Survivors a year by deprivation, national fifths" in words
    assert "1 (most deprived)" in words
    assert "5 (least deprived)" in words


def test_every_outcome_that_is_told_by_fifth_is_on_the_page_by_fifth():
    # Law 7 and DESIGN section 4: every outcome for everyone and by deprivation fifth
    words = read(answer()).words
    assert [o.id for o in RESPONSE.every if o.by_group and f"{o.name} by deprivation" not in words] == []


def test_what_it_must_not_be_used_for_is_printed():
    given = answer()
    words = read(replace(given, brief=replace(given.brief, not_for=("Planning rosters.", NASTY)))).words
    assert "Planning rosters." in words
    assert NASTY in words


def test_everything_is_escaped():
    given = answer(n_scenarios=16)
    brief = given.brief
    place = brief.locality
    zones = tuple(replace(z, name=NASTY) for z in place.zones)
    brief = replace(
        brief,
        title=NASTY,
        question=NASTY,
        need=NASTY,
        not_for=(NASTY,),
        left_out=(NASTY,),
        locality=replace(place, name=NASTY, zones=zones, notes=(NASTY,)),
        sources={k: replace(s, cite=NASTY, url=NASTY) for k, s in brief.sources.items()},
        curves=tuple(replace(c, title=NASTY, population=NASTY, clocks=NASTY) for c in brief.curves),
        numbers={k: replace(q, assumption=NASTY, note=NASTY) for k, q in brief.numbers.items()},
        published=(Published(NASTY, 1.0, NASTY, NASTY, "survival", NASTY),),
    )
    designs = {d: replace(x, title=f"{d}{NASTY}", why=NASTY) for d, x in given.designs.items()}
    given = replace(
        given,
        brief=brief,
        designs=designs,
        stopped=NASTY,
        failures=(NASTY,),
        provenance={NASTY: NASTY},
        is_complete=False,
    )
    page = render_page(given, NASTY)
    assert "<b>" not in page
    assert "<script" not in page
    assert read(given, NASTY).words.count(NASTY) > 20


def test_the_command_is_there_to_be_repeated():
    assert "remit compare small-town --seed 2" in read(answer(), "remit compare small-town --seed 2").words


def test_numbers_sources_and_provenance_are_there():
    given = answer()
    words = read(given).words
    for name in given.brief.given:
        assert name in words
    for source in given.brief.sources.values():
        assert source.cite in words
    for value in given.provenance.values():
        assert value in words
    assert given.stopped in words
    assert DAGGER in words


def test_an_incomplete_or_partly_failed_comparison_says_so_first():
    given = answer()
    assert "Not complete" not in read(given).words
    assert "Not complete" in read(replace(given, is_complete=False)).words
    words = read(replace(given, failures=("MEC002 too many",))).words
    assert "Some runs failed and are left out:" in words
    assert words.index("MEC002") < words.index("What the numbers say")


def test_published_results_stand_beside_and_are_not_needed():
    given = answer()
    assert given.brief.published == ()
    assert "Held against" not in read(given).words
    published = (
        Published("Survival elsewhere", 0.108, "share", "study", "survival", "Recalled."),
        Published("An odds ratio", 3.15, "odds_ratio", "study", "", ""),
        Published("Another kind", 19.3, "minute", "study", "response_mean@fall", ""),
    )
    words = read(replace(given, brief=replace(given.brief, published=published))).words
    assert "Survival elsewhere" in words
    assert "0.108" in words
    assert "not simulated" in words
    assert "Recalled. [study]" in words


def test_a_published_result_may_be_held_against_a_design():
    given = answer()
    design = next(d for d in given.designs.values() if d.id != "today")
    published = (
        Published("Its survival", 0.1, "share", "study", "survival", "", False, design.id),
        Published("Of one that was not asked for", 0.1, "share", "study", "survival", "", False, "elsewhere"),
    )
    words = read(replace(given, brief=replace(given.brief, published=published))).words
    told = words[words.index("Its survival") :]
    assert f"), {design.title}" in told[:120]
    assert "not simulated" in told[told.index("Of one that was not") :][:100]


@pytest.mark.parametrize(
    ("value", "unit", "outcome", "factor"),
    [(10.8, "percent", "survival", 100.0), (388.8, "second", "response_mean", 60.0)],
)
def test_published_and_simulated_are_in_the_same_unit(value, unit, outcome, factor):
    given = answer()
    published = (Published("Elsewhere", value, unit, "study", outcome, ""),)
    words = read(replace(given, brief=replace(given.brief, published=published))).words
    ours = given.row("today", outcome).value
    told = words[words.index("Elsewhere") :][:120]
    assert f" {written(value / factor)} {written(ours)} (" in told


def test_assumptions_that_a_difference_rests_on_are_listed():
    # the terminal says: "rests on an assumption (no published source); the report lists them"
    given = answer("neighbours")
    words = read(given).words
    unknowns = {u.name: u for u in question("neighbours").unknowns()}
    leans_on = {*given.assumed["neighbours"], *given.assumed_costs["neighbours"]}
    assert leans_on
    assert [n for n in sorted(leans_on) if unknowns[n].assumption not in words] == []


@pytest.mark.parametrize("names", [("today",), ("neighbours",), ("one_more", "same_money")])
def test_it_reads_with_few_designs(names):
    read(answer(*names))


@pytest.mark.parametrize(("n_scenarios", "n_replicates"), [(1, 1), (1, 2), (4, 1)])
def test_it_reads_with_few_runs(n_scenarios, n_replicates):
    read(answer("neighbours", n_scenarios=n_scenarios, n_replicates=n_replicates))


def test_it_reads_without_outlines_notes_and_drivers():
    given = answer("neighbours")
    place = replace(given.brief.locality, notes=())
    bare = replace(given, brief=replace(given.brief, locality=place, left_out=(), sources={}), drivers={})
    read(replace(bare, cost_drivers={}, assumed={}, assumed_costs={}))


@pytest.mark.parametrize("part", ["rows", "by_fifth", "by_zone", "by_month"])
def test_it_reads_where_a_design_never_finished(part):
    given = answer(n_scenarios=16)
    names = ("value", "value_low", "value_high", "difference", "low", "high")
    nothing = dict.fromkeys((*names, "monte_carlo_error", "year_luck", "share_higher"), math.nan)
    gaps = tuple(replace(r, **nothing) if r.design == "neighbours" else r for r in getattr(given, part))
    assert "not known" in read(replace(given, **{part: gaps})).words or part != "rows"


def test_a_design_that_failed_in_every_run_is_told():
    given = answer(n_scenarios=16)
    values = given.results.values.copy()
    values[list(given.designs).index("neighbours")] = math.nan
    read(replace(given, results=replace(given.results, values=values)))


def test_nobody_in_a_fifth_is_said():
    assert "nobody" in read(answer()).words


def test_an_outcome_that_is_nothing_everywhere_is_named_not_shown():
    words = read(answer("one_more")).words
    quiet = words[words.index("Nothing to show in any design") :]
    assert "A volunteer came first" in quiet[:300]


def test_ties_are_not_called_better():
    alike = with_row(
        answer("neighbours"),
        "neighbours",
        "response_mean",
        difference=0.0,
        low=0.0,
        high=0.0,
        share_higher=0.0,
    )
    words = read(alike).words
    table = words[words.index("Urgent response, mean (minutes)", words.rindex("All outcomes")) :]
    assert "the same" in table[:600]
    assert "100 % of futures" not in table[:600]


def test_the_same_answer_gives_the_same_page():
    assert render_page(answer(), "x") == render_page(answer(), "x")
