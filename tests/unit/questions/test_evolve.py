import os
import runpy
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

import remit
from remit.questions.evolve import WHY, SearchWish, search
from remit.questions.fronts import front

NAN = np.nan
WISH = SearchWish(
    ("mean", "mean"),
    1600,
    first_scenarios=4,
    most_scenarios=16,
    population=16,
    patience=6,
    most_generations=30,
)


@dataclass
class Rules:
    """Ten variables of three settings; two neighbours may not both be at 2."""

    sizes: tuple = (3,) * 10
    starts: tuple = ((0,) * 10,)

    def repair(self, genomes):
        return [self.one(g) for g in genomes]

    def one(self, genome):
        if genome[:2] == (1, 1):
            return None
        fixed = list(genome)
        for i in range(1, len(fixed)):
            if fixed[i - 1] == fixed[i] == 2:
                fixed[i] = 1
        return None if tuple(fixed[:2]) == (1, 1) else tuple(fixed)


class Outcomes:
    """Two objectives that pull apart, with luck; kept, counted, and broken off or failing where told."""

    def __init__(self, kept=None, breaks_at=None, fails=lambda genome, scenario: False, n=2, luck=1.0):
        self.kept = {} if kept is None else kept
        self.breaks_at, self.fails, self.n, self.luck = breaks_at, fails, n, luck
        self.calls, self.asked = 0, []

    def __call__(self, genomes, scenarios):
        self.calls += 1
        if self.calls == self.breaks_at:
            raise KeyboardInterrupt
        self.asked += [(g, s) for g in genomes for s in scenarios]
        return {g: np.array([self.one(g, s) for s in scenarios]) for g in reversed(genomes)}

    def one(self, genome, scenario):
        if (genome, scenario) not in self.kept:
            up = sum(g * (i + 1) for i, g in enumerate(genome))
            true = np.array([up, -(sum(genome) ** 2) / 4.0, -up])[: self.n]
            luck = np.random.default_rng([scenario, *genome]).normal(size=self.n) * self.luck
            self.kept[genome, scenario] = true + luck
        return np.full(self.n, NAN) if self.fails(genome, scenario) else self.kept[genome, scenario]


def quiet(progress):
    pass


def digest():
    """Return a search to the last bit, for comparison between processes."""
    return repr(search(Rules(), Outcomes(), WISH, quiet))


def test_the_search_keeps_its_bounds_and_accounts_for_what_it_did():
    outcomes, heard = Outcomes(), []
    found = search(Rules(), outcomes, WISH, heard.append)
    assert len(outcomes.asked) == len(set(outcomes.asked)), "nothing is evaluated twice"
    assert found.evaluations == len(outcomes.asked) <= WISH.most_evaluations
    assert sum(len(t.scenarios) for t in found.archive) == found.evaluations
    assert {len(t.scenarios) for t in found.archive} == {4, 8, 16}
    assert [(p.evaluations, p.n_front) for p in heard] == [(s.evaluations, s.n_front) for s in found.history]
    assert [p.generation for p in heard] == list(range(1, len(heard) + 1))
    assert {p.most_evaluations for p in heard} == {1600}
    assert sum(s.n_new for s in found.history) == len(found.archive)
    assert found.history[-1].n_front == len(found.front)
    assert found.why in WHY
    assert found.scenarios == range(16)


def test_nothing_inconsistent_is_evaluated():
    outcomes = Outcomes()
    found = search(Rules(), outcomes, WISH, quiet)
    assert all(Rules().one(t.genome) == t.genome for t in found.archive)
    assert {g for g, _ in outcomes.asked} == {t.genome for t in found.archive}


def test_the_front_is_of_those_tried_in_all_scenarios_and_none_of_them_dominates_another():
    found = search(Rules(), Outcomes(), WISH, quiet)
    # those dropped too: one tried in few scenarios does not overrule one tried in many
    full = [t for t in found.archive if len(t.scenarios) == 16]
    on_front = [full[i].genome for i in front(np.array([t.scores for t in full]))]
    assert list(found.front) == on_front


def test_scores_in_the_archive_are_the_genomes_own():
    outcomes = Outcomes()
    wish = replace(WISH, aims=("worst", "mean"))
    for t in search(Rules(), outcomes, wish, quiet).archive:
        own = np.array([outcomes.kept[t.genome, s] for s in t.scenarios])
        assert t.means == pytest.approx(own.mean(axis=0))
        assert t.scores == pytest.approx((own[:, 0].min(), own[:, 1].mean()))


@pytest.mark.parametrize("breaks_at", [1, 2, 5, 25])
def test_a_search_broken_off_and_begun_again_ends_as_one_unbroken(breaks_at):
    kept = {}
    with pytest.raises(KeyboardInterrupt):
        search(Rules(), Outcomes(kept, breaks_at), WISH, quiet)
    n_kept = len(kept)
    unbroken, resumed = Outcomes(), Outcomes(kept)
    assert repr(search(Rules(), resumed, WISH, quiet)) == repr(search(Rules(), unbroken, WISH, quiet))
    assert resumed.asked == unbroken.asked
    assert (n_kept > 0) == (breaks_at > 1)


def test_another_seed_takes_other_steps():
    assert repr(search(Rules(), Outcomes(), replace(WISH, seed=2), quiet)) != digest()


def test_hash_randomisation_changes_nothing():
    source = str(Path(remit.__file__).parents[1])
    script = f"import runpy; print(runpy.run_path({__file__!r})['digest']())"
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": source},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] == runpy.run_path(__file__)["digest"]()


def test_a_genome_whose_runs_all_fail_is_never_on_the_front():
    def fails(genome, scenario):
        return genome[-1] == 2  # the best for the first objective

    found = search(Rules(), Outcomes(fails=fails), WISH, quiet)
    failed = [t for t in found.archive if t.genome[-1] == 2]
    assert failed
    assert all(t.is_dropped and np.isnan(t.scores).all() and len(t.scenarios) == 4 for t in failed)
    assert found.front
    assert all(g[-1] != 2 for g in found.front)


def test_a_genome_that_mostly_fails_is_dropped_and_one_that_fails_once_is_not():
    def fails(genome, scenario):
        return scenario % 4 != 0 if genome[-1] == 2 else scenario == 5

    found = search(Rules(), Outcomes(fails=fails), WISH, quiet)
    assert all(g[-1] != 2 for g in found.front)
    assert {t.n_failed for t in found.archive if t.genome in found.front} == {1}


def test_where_everything_fails_nothing_is_found():
    found = search(Rules(), Outcomes(fails=lambda g, s: True), replace(WISH, patience=3), quiet)
    assert (found.front, found.why, len(found.history)) == ((), "patience", 3)
    assert all(t.is_dropped for t in found.archive)


def test_a_small_space_is_tried_whole():
    space = Rules((3,) * 4, ())
    outcomes, heard = Outcomes(luck=0.0), []
    found = search(space, outcomes, WISH, heard.append)
    every = [g for g in np.ndindex(*space.sizes) if space.one(g) == g]
    assert found.why == "whole"
    assert {t.genome for t in found.archive} == set(every)
    assert {len(t.scenarios) for t in found.archive} == {16}
    scores = np.array([t.scores for t in found.archive])
    assert found.front == tuple(found.archive[i].genome for i in front(scores))
    assert heard[-1].evaluations == len(every) * 16


def test_a_space_used_up_is_told():
    space = Rules((3,) * 4, ())
    wish = replace(WISH, most_evaluations=1200, patience=30)  # too few to try 81 times 16
    found = search(space, Outcomes(), wish, quiet)
    assert found.why == "exhausted"
    assert {t.genome for t in found.archive} == {g for g in np.ndindex(3, 3, 3, 3) if space.one(g) == g}


def test_each_way_to_stop():
    assert search(Rules(), Outcomes(), replace(WISH, most_generations=2), quiet).why == "generations"
    assert (
        search(Rules(), Outcomes(), replace(WISH, patience=30, most_evaluations=600), quiet).why == "budget"
    )
    assert (
        search(Rules(), Outcomes(luck=0.0), replace(WISH, patience=1, most_evaluations=9000), quiet).why
        == "patience"
    )


def test_what_evaluate_or_told_raises_ends_the_search():
    with pytest.raises(KeyboardInterrupt):
        search(Rules(), Outcomes(breaks_at=3), WISH, quiet)

    def stop(progress):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        search(Rules(), Outcomes(), WISH, stop)


def test_many_objectives_all_on_the_front_still_end_within_the_budget():
    wish = replace(WISH, aims=("mean", "tenth", "worst"), most_evaluations=1500)
    found = search(Rules(), Outcomes(n=3), wish, quiet)
    assert found.evaluations <= 1500
    assert len(found.front) > 5


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"aims": ()}, "aims"),
        ({"aims": ("median",)}, "aims"),
        ({"first_scenarios": 32}, "scenarios"),
        ({"first_scenarios": 0}, "scenarios"),
        ({"most_scenarios": 20}, "doubled"),
        ({"most_scenarios": 24}, "doubled"),
        ({"population": 1}, "population"),
        ({"z": NAN}, "z below"),
        ({"most_evaluations": 200}, "too few"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(change, match):
    with pytest.raises(ValueError, match=match):
        search(Rules(), Outcomes(), replace(WISH, **change), quiet)


def test_a_space_or_evaluation_that_is_not_what_it_should_be_is_refused():
    class Broken(Rules):
        def repair(self, genomes):
            return self.given

    for given, match in [([], "repair gave 0"), ([(3,) * 10], "not in the space"), ([None], "no consistent")]:
        space = Broken()
        space.given = given
        if given == [None]:
            space = Rules()
            space.repair = lambda genomes: [None] * len(genomes)
        with pytest.raises(ValueError, match=match):
            search(space, Outcomes(), WISH, quiet)
    space.sizes = (2, 2)
    with pytest.raises(ValueError, match="no consistent"):
        search(space, Outcomes(), WISH, quiet)
    with pytest.raises(ValueError, match="sizes"):
        search(Rules(sizes=(3, 0)), Outcomes(), WISH, quiet)
    with pytest.raises(ValueError, match="evaluate gave"):
        search(Rules(), Outcomes(n=3), WISH, quiet)
    with pytest.raises(ValueError, match="nothing"):
        search(Rules(), lambda genomes, scenarios: {}, WISH, quiet)
