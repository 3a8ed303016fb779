"""What lies between two designs, in words."""

from collections.abc import Sequence

from remit.catalogue.catalogue import Catalogue
from remit.consistency.moves import Linked
from remit.design.design import Design
from remit.report.design_text import difference_lines, wrapped


def between_lines(
    one: Design,
    other: Design,
    changed: Sequence[str],
    steps: Sequence[Linked],
    is_proven: bool,
    broken: Sequence[str],
    catalogue: Catalogue,
) -> list[str]:
    """Return what differs, then the moves in an order that breaks no rule, linked ones together."""
    n = len(changed)
    if not n:
        return [f"{one.title} and {other.title} are the same."]
    lines = [f"{one.title} -> {other.title}: {n} of {len(catalogue.variables)} settings differ.", ""]
    lines += difference_lines(changed, one, other, catalogue)
    if broken:
        lines += ["", "No order of moves is told, since one end does not hold together:"]
        return lines + [line for b in broken for line in wrapped(b, "  ")]
    largest = max(len(s.variables) for s in steps)
    lines += [""]
    if largest == 1:
        lines += ["They can move one at a time; one order that works:"]
    else:
        proof = "proven" if is_proven else "not proven"
        lines += [
            f"Some must move together; the largest such set is {largest} ({proof} the smallest possible):"
        ]
    for i, step in enumerate(steps, 1):
        names = " + ".join(catalogue.variables[v].name for v in step.variables)
        lines += wrapped(f"{i}. {names}", "  ")
        for rule in step.rules:
            lines += wrapped(f"{rule.id}: {rule.why}", "       ")
    return [
        *lines,
        "",
        "Each setting moves once, straight to its new value. For dates and conditions: remit route.",
    ]
