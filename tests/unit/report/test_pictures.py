import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from answers import answer, compared, others
from remit.ensemble.comparison import compare
from remit.report.pictures import pictures

NASTY = '<b>&"'


def drawn(given):
    """Every picture parsed; each must be well formed and hold two drawings."""
    shown = pictures(given)
    for picture in shown:
        root = ET.fromstring(f"<root>{picture.html}</root>")
        assert len(root.findall(".//{http://www.w3.org/2000/svg}svg")) == 2
        assert picture.title
        assert picture.table.header
        assert {len(r) for r in picture.table.rows} <= {len(picture.table.header)}
    return shown


def titles(given):
    return [p.title for p in drawn(given)]


def test_a_comparison_has_its_pictures():
    shown = titles(answer(n_scenarios=16))
    assert shown[0] == "Lives a year against today"
    assert shown[1].startswith("Urgent response")
    assert any(t.startswith("Urgent response month") for t in shown)
    assert any("pounds of 2023" in t for t in shown)
    for kind in ("Where lives are gained: ", "What drives the difference: "):
        assert sum(t.startswith(kind) for t in shown) == 3
    assert len(set(shown)) == len(shown)


def test_ids_are_never_given_twice():
    ids = [
        e.attrib["id"]
        for p in pictures(answer(n_scenarios=16))
        for e in ET.fromstring(f"<root>{p.html}</root>").iter()
        if "id" in e.attrib
    ]
    assert ids
    assert len(ids) == len(set(ids))


def test_today_alone_has_pictures_of_today():
    shown = titles(answer("today"))
    assert not any("gained" in t or "drives" in t for t in shown)


def renamed(given, old, new):
    """The answer with a design under another id, as ``--set`` gives it."""

    def rows(found):
        return tuple(replace(r, design=new) if r.design == old else r for r in found)

    names = {old: new}
    designs = {names.get(d, d): replace(x, id=names.get(d, d)) for d, x in given.designs.items()}
    by_design = ("drivers", "cost_drivers", "assumed", "assumed_costs")
    return replace(
        given,
        designs=designs,
        results=replace(given.results, designs=tuple(designs)),
        rows=rows(given.rows),
        by_fifth=rows(given.by_fifth),
        by_zone=rows(given.by_zone),
        by_month=rows(given.by_month),
        rivals=(),
        **{n: {names.get(d, d): x for d, x in getattr(given, n).items()} for n in by_design},
    )


@pytest.mark.parametrize("name", ["staff=1.1", "who_involved=public_staff+volunteers", "staff= 1.1", NASTY])
def test_a_design_may_have_any_name(name):
    given = renamed(answer("neighbours", n_scenarios=16), "neighbours", name)
    shown = drawn(given)
    assert any(p.title.startswith("Where lives are gained") for p in shown)


def test_a_place_without_outlines_has_circles():
    zones = answer().brief.locality.zones
    assert not any(z.rings for z in zones)
    maps = [p for p in drawn(answer()) if p.title.startswith("Where lives are gained")]
    assert maps
    assert all("circle" in p.html for p in maps)


def with_zones(given, **changes):
    zones = tuple(replace(z, **changes) for z in given.brief.locality.zones)
    return replace(given, brief=replace(given.brief, locality=replace(given.brief.locality, zones=zones)))


def test_a_place_with_outlines_has_them():
    ring = ((-1.0, 52.0), (-1.0, 52.1), (-0.9, 52.1), (-1.0, 52.0))
    maps = [p for p in drawn(with_zones(answer(), rings=(ring,))) if "gained" in p.title]
    assert all("<path" in p.html for p in maps)


def test_names_are_escaped_in_pictures():
    given = with_zones(answer(), name=NASTY)
    designs = {d: replace(x, title=f"{d} {NASTY}") for d, x in given.designs.items()}
    for picture in drawn(replace(given, designs=designs)):
        assert NASTY not in picture.html


@pytest.mark.parametrize("part", ["by_zone", "by_month", "rows"])
def test_what_is_not_known_leaves_no_picture_out(part):
    given = answer(n_scenarios=16)
    nothing = dict.fromkeys(("value", "difference", "low", "high", "monte_carlo_error"), math.nan)
    gaps = tuple(replace(r, **nothing) if r.design != "today" else r for r in getattr(given, part))
    shown = drawn(replace(given, **{part: gaps}))
    assert len(shown) >= 4
    assert all("nan" not in cell for p in shown for row in p.table.rows for cell in row)


def test_a_design_that_changes_no_zone_has_no_map():
    given = answer("neighbours")
    level = tuple(replace(r, difference=0.0) for r in given.by_zone)
    assert not any("gained" in t for t in titles(replace(given, by_zone=level)))


def pounds(cell):
    return float(cell.replace("£", "").replace(",", "").replace("−", "-"))


def money(given):
    return next(p for p in drawn(given) if "pounds of" in p.title)


def test_what_is_paid_is_drawn_for_every_design_but_today():
    given = answer()
    assert len(money(given).table.rows) == len(others(given))
    public = [pounds(r[1]) for r in money(given).table.rows]
    differences = [given.row(d, "cost_public").difference for d in others(given)]
    assert public == pytest.approx(differences, abs=1.0, rel=1e-3)


def test_a_design_may_have_todays_title():
    given = answer()
    alike = {d: replace(x, title="Today's service") for d, x in given.designs.items()}
    assert len(money(replace(given, designs=alike)).table.rows) == len(others(given))


def test_what_is_paid_is_paired_with_today_where_a_run_failed():
    # a design that fails in one costly scenario must not look cheaper for it
    given = answer("neighbours")
    values = given.results.values.copy()
    costly = int(given.results.of("today", "cost_public").mean(axis=1).argmax())
    values[1, costly] = math.nan
    failed = replace(given.results, values=values)
    paired = compare(failed, "neighbours", "cost_public").difference
    assert pounds(money(replace(given, results=failed)).table.rows[0][1]) == pytest.approx(paired, rel=1e-3)


def test_the_headline_is_drawn_with_its_range():
    given = answer("neighbours")
    rows = tuple(
        compared(outcome=r.outcome) if (r.design, r.outcome) == ("neighbours", "survivors") else r
        for r in given.rows
    )
    table = drawn(replace(given, rows=rows))[0].table
    assert [float(c) for c in table.rows[0][1:4]] == pytest.approx([2.0, 1.0, 3.0])
