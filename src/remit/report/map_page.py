"""The map of designs as a page: who is near whom, and which settings cannot stand together."""

from collections.abc import Sequence
from functools import partial

from remit.consistency.ideas import archetype_mains, mains_of
from remit.consistency.pairs import Pairs, impossible_pairs
from remit.consistency.space import Space
from remit.design.design import Design
from remit.report.charts import (
    Spot,
    Table,
    Tie,
    both_widths,
    kinship_map,
    kinship_table,
    pair_matrix,
    pair_matrix_table,
)
from remit.report.map_layout import nearest_ties, places
from remit.report.template import Section, fill


def render_map(today: Design, own: Sequence[Design], space: Space, place: str) -> str:
    """Return the page: a map of today, the archetypes and one's own designs, and the matrix of pairs."""
    return fill(
        "sections.html",
        title="Designs near and far",
        lead=f"How many of the 24 settings differ between today ({place}), the models we know and your designs; "
        "and which settings cannot stand together. Nothing here is simulated.",
        sections=[_kinship(today, own, space), _pairs(space)],
    )


def _kinship(today: Design, own: Sequence[Design], space: Space) -> Section:
    archetypes = space.catalogue.archetypes
    mains = [mains_of(today, space), *archetype_mains(space).values(), *(mains_of(d, space) for d in own)]
    titles = [today.title, *(a.name for a in archetypes.values()), *(d.title for d in own)]
    kinds = ["today", *("archetype" for _ in archetypes), *("own" for _ in own)]
    spots = [Spot(t, x, y, k) for t, (x, y), k in zip(titles, places(mains), kinds, strict=True)]
    ties = [Tie(i, j, n) for i, j, n in nearest_ties(mains)]
    title = "Designs by how many settings differ"
    draw = partial(_draw_map, spots, ties, title)
    return Section(
        "map",
        title,
        "Near on the map: few settings differ. Lines join each design to its nearest, with the number of "
        "settings that differ. Main options and bands are compared; what stands beside a main option is not.",
        both_widths(draw, "kinship"),
        (("Each design and its nearest", kinship_table(spots, ties)),),
    )


def _draw_map(spots: Sequence[Spot], ties: Sequence[Tie], title: str, width: float, prefix: str) -> str:
    return kinship_map(spots, ties, title=title, width=width, id_prefix=prefix, heading=False)


def _pairs(space: Space) -> Section:
    found = impossible_pairs(space)
    variables = space.catalogue.variables
    names = [variables[v].name for v in found.variables]
    index = {v: i for i, v in enumerate(found.variables)}
    counts = {(index[a], index[b]): len(p) for (a, b), p in found.impossible.items() if p}
    title = "Which settings cannot stand together"
    draw = partial(_draw_pairs, names, counts, title)
    return Section(
        "pairs",
        title,
        f"{found.n_impossible:,} of {found.n_pairs:,} pairs of main values are in no design that holds together, even "
        "with every condition granted. Counted are pairs that one rule forbids and pairs that follow from several.",
        both_widths(draw, "pairs"),
        (
            ("How many pairs, by two settings", pair_matrix_table(names, counts)),
            ("Every pair", _every(found, space)),
        ),
    )


def _draw_pairs(
    names: Sequence[str], counts: dict[tuple[int, int], int], title: str, width: float, prefix: str
) -> str:
    return pair_matrix(names, counts, title=title, width=width, id_prefix=prefix, heading=False)


def _every(found: Pairs, space: Space) -> Table:
    rows = []
    for (one, other), pairs in found.impossible.items():
        for a, b in pairs:
            names = [space.catalogue.variables[v].name for v in (one, other)]
            rows.append((names[0], a.replace("_", " "), names[1], b.replace("_", " ")))
    return Table(("Setting", "Option", "With", "Option"), tuple(rows))
