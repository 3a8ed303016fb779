import numpy as np
import pytest

from remit import wiring
from remit.adapters.executors import Serial
from remit.adapters.run_store import RunFolder
from remit.ground.faults import Faults
from remit.questions.evolve import SearchWish
from remit.workbench.designs import stand_on
from remit.workbench.search import Trials, design_name, parse_objectives, plan_search, run_search
from small_brief import SMALL, codes_of

WISH = SearchWish(("mean",), 240, 4, 8, population=6, most_generations=3)


def quest(objectives=(), **how):
    opened = wiring.brief_at(str(SMALL))
    place = stand_on(opened, None, wiring.read_text)
    return plan_search(opened, place, parse_objectives(objectives), WISH, 1, **how)


class Stopping(RunFolder):
    """A folder that interrupts once it has taken so many batches."""

    def __init__(self, folder, most):
        super().__init__(folder)
        self.left = most

    def write(self, batch):
        """Keep a batch, or interrupt."""
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        super().write(batch)


def told(answer):
    return (
        [(c.name, c.changes, c.values, c.errors, c.group) for c in answer.chosen],
        answer.found,
        answer.confirmed,
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    store = RunFolder(tmp_path_factory.mktemp("s") / "s")
    return run_search(quest(), store, Serial(), lambda _: None)


def test_no_design_of_the_front_is_bettered_where_it_was_chosen_and_each_has_a_name(found):
    assert found.chosen
    assert len({c.name for c in found.chosen}) == len(found.chosen)
    assert found.found.evaluations <= WISH.most_evaluations
    for one in found.chosen:
        assert one.is_known or one.name == design_name(one.design)
        assert len(one.values) == len(one.errors) == 2


def test_broken_off_and_begun_again_it_comes_to_the_same_end(found, tmp_path):
    for most in (1, 3):
        with pytest.raises(KeyboardInterrupt):
            run_search(quest(), Stopping(tmp_path / "s", most), Serial(), lambda _: None)
    again = run_search(quest(), RunFolder(tmp_path / "s"), Serial(), lambda _: None)
    assert repr(told(again)) == repr(told(found))
    made = len(list((tmp_path / "s" / "parts").iterdir()))
    once_more = run_search(quest(), Stopping(tmp_path / "s", 0), Serial(), lambda _: None)
    assert repr(told(once_more)) == repr(told(found)), "nothing is run twice"
    assert len(list((tmp_path / "s" / "parts").iterdir())) == made


def test_today_differs_from_itself_by_exactly_nothing_and_each_design_is_scored_by_its_own_runs(tmp_path):
    asked = quest(("survivors", "response_mean"))
    trials = Trials(asked, RunFolder(tmp_path / "s"), Serial())
    starts = asked.breeding.starts
    values = trials.evaluate(starts, range(6))
    assert np.array_equal(values[asked.breeding.today], np.zeros((6, 2)))
    alone = {g: trials.evaluate([g], range(6))[g] for g in starts}
    for genome in starts:
        assert np.array_equal(values[genome], alone[genome])
    assert len({v.tobytes() for v in values.values()}) > 1


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["surviors"], "BRF014"),
        (["unpaid_hours"], "CLI001"),
        (["survivors:median"], "CLI001"),
        (["survivors"] * 2, "CLI001"),
    ],
)
def test_objectives_without_sense_are_refused(names, code):
    with pytest.raises(Faults) as raised:
        parse_objectives(names)
    assert codes_of(raised.value) == [code]


def test_lives_and_public_cost_are_what_counts_if_nothing_is_said():
    assert [(o.outcome.id, o.aim, o.sign) for o in parse_objectives([])] == [
        ("survivors", "mean", 1.0),
        ("cost_public", "mean", -1.0),
    ]
    (robust,) = parse_objectives(["survivors:tenth"])
    assert (robust.aim, robust.column) == ("tenth", "lives")


def test_a_budget_too_small_is_told_and_a_variable_that_is_not_there(tmp_path):
    small = plan_search(
        wiring.brief_at(str(SMALL)),
        quest().breeding.place,
        parse_objectives([]),
        SearchWish(("mean",), 10, 4, 8),
        1,
    )
    with pytest.raises(Faults) as raised:
        run_search(small, RunFolder(tmp_path / "s"), Serial(), lambda _: None)
    assert codes_of(raised.value) == ["CLI001"]
    with pytest.raises(Faults) as raised:
        quest(let_go=("tyme",))
    assert codes_of(raised.value) == ["DSN001"]


def test_no_change_is_left_that_brings_nothing_and_none_of_the_front_is_bettered(tmp_path):
    from remit.questions.fronts import domination, peel
    from remit.workbench.search import simplest

    asked = quest()
    trials = Trials(asked, RunFolder(tmp_path / "s"), Serial())
    answer = run_search(asked, RunFolder(tmp_path / "s"), Serial(), lambda _: None)
    front = simplest(answer.found.front, answer.found.scenarios, asked, trials.evaluate)
    assert simplest(front, answer.found.scenarios, asked, trials.evaluate) == front
    told = trials.evaluate(front, answer.found.scenarios)
    values = np.stack([told[g] for g in front])
    assert (peel(domination(values, 0.0, asked.wish.aims)) == 0).all()
    today = asked.breeding.place.today.settings
    for genome in front:
        settings = asked.breeding.design(genome).settings
        assert all(settings[v] == today[v] for v in asked.breeding.held_as_today)


def test_designs_of_the_brief_stand_beside_the_front_in_the_same_futures(found):
    names = {c.name for c in (*found.chosen, *found.known)}
    assert {"neighbours", "one_more"} <= names


def test_a_store_of_futures_is_not_searched_into(tmp_path):
    from ensembles import fill, recipe

    fill(tmp_path / "s", recipe(2, 1))
    with pytest.raises(Faults) as raised:
        run_search(quest(), RunFolder(tmp_path / "s"), Serial(), lambda _: None)
    assert codes_of(raised.value) == ["ENS008"]
