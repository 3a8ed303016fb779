"""How much of the space of designs is open, in words."""

from typing import Protocol

from remit.catalogue.catalogue import Catalogue
from remit.consistency.count import Estimate, Opened
from remit.report.design_text import big, estimate_words, wrapped


class Counts(Protocol):
    """What was counted."""

    @property
    def met(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def granted(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def six_all(self) -> int: ...  # noqa: D102
    @property
    def six_met(self) -> int: ...  # noqa: D102
    @property
    def six_granted(self) -> int: ...  # noqa: D102
    @property
    def six_every(self) -> int: ...  # noqa: D102
    @property
    def by_each(self) -> tuple[Opened, ...]: ...  # noqa: D102
    @property
    def all_24(self) -> float: ...  # noqa: D102
    @property
    def all_met(self) -> Estimate: ...  # noqa: D102
    @property
    def all_granted(self) -> Estimate: ...  # noqa: D102


def openness_lines(counts: Counts, place: str, catalogue: Catalogue) -> list[str]:
    """Return how many combinations are open here, with grants, and what each further condition opens."""
    names = [catalogue.conditions[c].name for c in counts.met]
    lines = wrapped(f"In {place}, with what it has: {', '.join(names) or 'no condition'}.")
    lines += ["", "Combinations of the six main values that some consistent design has (exact):"]
    rows = [("open with what it has", counts.six_met)]
    if counts.granted:
        more = ", ".join(catalogue.conditions[c].name for c in counts.granted)
        rows.append((f"with also: {more}", counts.six_granted))
    rows += [("with every condition granted", counts.six_every), ("of all combinations", counts.six_all)]
    lines += [f"  {n:>9,}  {words}" for words, n in rows]
    lines += ["", "All 24 main values (estimated by random descent):"]
    lines += [f"  {estimate_words(counts.all_met)} open with what it has"]
    if counts.granted:
        lines += [f"  {estimate_words(counts.all_granted)} with the grants"]
    lines += [f"  of {big(counts.all_24)}"]
    useful = [o for o in counts.by_each if o.count > counts.six_granted]
    lines += ["", "One more condition alone would open (exact, six main values):"]
    lines += [f"  {o.count:>9,}  {catalogue.conditions[o.condition].name} ({o.condition})" for o in useful]
    rest = len(counts.by_each) - len(useful)
    if rest:
        lines += [f"  {'The other one opens' if rest == 1 else f'The other {rest} open'} nothing by itself."]
    return [*lines, "", "Counts are not probabilities: they follow from our rules, which are claims."]
