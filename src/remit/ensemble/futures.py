"""Futures: the scenarios of a question, drawn in the way that it says, and what goes together drawn together."""

from collections.abc import Sequence

from remit.briefs.scenario import Scenario
from remit.ensemble.dependence import tie
from remit.ensemble.freezing import bases, frozen, points_in_block
from remit.ensemble.question import Question
from remit.ensemble.sampling import scenarios
from remit.ground.faults import fail, nearest
from remit.ground.quantity import Choice, Quantity


def futures_of(question: Question, stop: int) -> list[Scenario]:
    """Return scenarios 0 to ``stop`` - 1 of a question; more extend those already drawn, unless the plan is fixed.

    Raises:
        Faults: CLI001 an unknown plan, or more than a fixed one has.
    """
    ties, way = question.brief.together, question.sampling
    if not way.vary:
        n = way.n or None
        return scenarios(question.unknowns(), 0, stop, question.seed, plan=way.plan, n=n, ties=ties)
    names = sorted({q.name for q in question.unknowns()}.union(*(t.names for t in ties)))
    points = points_in_block(len(way.vary) + 1, way.pairs)
    blocks = -(-stop // points)
    table_a, table_b = (tie(names, table, ties) for table in bases(names, 0, blocks, question.seed))
    rows = frozen(names, table_a, table_b, way.vary, way.pairs)[:stop].tolist()
    return [Scenario(i, dict(zip(names, row, strict=True))) for i, row in enumerate(rows)]


def check_vary(question: Question, vary: Sequence[str], unknowns: Sequence[Quantity | Choice]) -> None:
    """Refuse factors that are not unknown, or that go together with others.

    Raises:
        Faults: CLI001 what cannot be a factor by itself.
    """
    known = [u.name for u in unknowns]
    tied = {name for t in question.brief.together for name in t.names}
    for name in vary:
        if name not in known:
            raise fail("CLI001", f'--vary "{name}": no such unknown', fix=nearest(name, known))
        if name in tied:
            raise fail(
                "CLI001",
                f'--vary "{name}": it goes together with others',
                fix="Leave it to everything else.",
            )
    if len(set(vary)) < len(vary):
        raise fail("CLI001", "--vary names an unknown twice")
