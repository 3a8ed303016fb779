import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from ensembles import fill, held, recipe
from remit import wiring
from remit.adapters.executors import Serial
from remit.ground.faults import Faults
from remit.workbench.ensembles import Shard, explore, parse_shard, question_of, read_recipe
from small_brief import SMALL, codes_of

COLUMNS = ("survivors", "lives", "response_mean", "cost_public", "need")


def values(folder):
    return held(folder).results(COLUMNS).values


def test_a_store_says_what_it_holds_and_is_opened_by_itself(tmp_path):
    fill(tmp_path / "s", recipe())
    told = held(tmp_path / "s")
    assert told.recipe == recipe()
    assert told.n_done == told.n_wanted == 3 * 6 * 2
    assert list(told.designs) == ["today", "neighbours", "one_more"]
    assert told.failures == ()


def test_an_ensemble_that_was_stopped_goes_on_and_is_the_same_as_an_unbroken_one(tmp_path):
    fill(tmp_path / "whole", recipe())
    fill(tmp_path / "broken", recipe(2))
    first = {p.name for p in (tmp_path / "broken" / "parts").iterdir()}
    fill(tmp_path / "broken", recipe())
    assert held(tmp_path / "broken").recipe == recipe(), "the store says that it holds more now"
    assert first < {p.name for p in (tmp_path / "broken" / "parts").iterdir()}
    assert np.array_equal(values(tmp_path / "whole"), values(tmp_path / "broken"), equal_nan=True)


def test_asking_for_fewer_or_other_designs_forgets_nothing(tmp_path):
    fill(tmp_path / "s", recipe())
    fill(tmp_path / "s", recipe(2, 1, ("same_money",)))
    told = held(tmp_path / "s")
    assert told.recipe.n_scenarios == 6
    assert told.recipe.designs == ("neighbours", "one_more", "same_money")
    assert told.n_done == 3 * 6 * 2 + 2


def test_a_turned_setting_joins_all_designs(tmp_path):
    fill(tmp_path / "s", recipe(2, 1, ()))
    fill(tmp_path / "s", replace(recipe(2, 1, ()), turns=("staff=1.0",)))
    told = held(tmp_path / "s")
    assert list(told.designs) == ["today", "neighbours", "same_money", "one_more", "staff=1.0"]
    assert told.n_done == 5 * 2


def test_shards_share_nothing_and_merge_by_copying_their_parts(tmp_path):
    fill(tmp_path / "whole", recipe())
    for number in (1, 2):
        fill(tmp_path / f"part{number}", recipe(), Shard(number, 2))
    one, two = ({p.name for p in (tmp_path / f"part{n}" / "parts").iterdir()} for n in (1, 2))
    assert not one & two
    for name in two:
        shutil.copy(tmp_path / "part2" / "parts" / name, tmp_path / "part1" / "parts" / name)
    assert np.array_equal(values(tmp_path / "whole"), values(tmp_path / "part1"), equal_nan=True)


def test_progress_counts_what_is_there_already(tmp_path):
    fill(tmp_path / "s", recipe(2))
    told = []
    fill(tmp_path / "s", recipe(), told=lambda done, total: told.append((done, total)))
    assert told[0] == (12, 36)
    assert told[-1] == (36, 36)


@pytest.mark.parametrize("text", ["3", "0/4", "5/4", "a/b", "1/0", "-1/2"])
def test_a_shard_that_is_none_is_refused(text):
    with pytest.raises(Faults) as raised:
        parse_shard(text)
    assert codes_of(raised.value) == ["CLI001"]


def test_a_folder_that_is_no_store_is_told_so(tmp_path):
    with pytest.raises(Faults) as raised:
        held(tmp_path)
    assert codes_of(raised.value) == ["ENS003"]
    with pytest.raises(Faults):
        read_recipe({"recipe": "[]"}, "x")


def test_a_store_whose_question_has_changed_is_not_mixed(tmp_path):
    fill(tmp_path / "s", recipe(2))
    path = tmp_path / "s" / "question.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "digest": "0"}))
    with pytest.raises(Faults) as raised:
        held(tmp_path / "s")
    assert codes_of(raised.value) == ["ENS004"]


def test_parts_of_another_question_are_never_mixed_in(tmp_path):
    fill(tmp_path / "s", recipe())
    fill(tmp_path / "other", replace(recipe(), seed=9))
    before = values(tmp_path / "s")
    for part in (tmp_path / "other" / "parts").iterdir():
        shutil.copy(part, tmp_path / "s" / "parts")
    told = held(tmp_path / "s")
    assert told.n_foreign == 36
    assert told.n_done == 36
    assert np.array_equal(told.results(COLUMNS).values, before, equal_nan=True)


def test_a_folder_that_lost_its_question_takes_no_other_runs_for_its_own(tmp_path):
    fill(tmp_path / "s", replace(recipe(), seed=9))
    (tmp_path / "s" / "question.json").unlink()
    fill(tmp_path / "s", recipe())
    fill(tmp_path / "whole", recipe())
    assert np.array_equal(values(tmp_path / "s"), values(tmp_path / "whole"), equal_nan=True)


def test_failed_runs_are_rows_that_are_not_made_again_until_one_asks(tmp_path, monkeypatch):
    from remit.ensemble import runner

    true = runner.lowered_of

    def failing(question, name, scenario):
        if name == "neighbours" and scenario.number == 1:
            raise ValueError("poisoned")
        return true(question, name, scenario)

    monkeypatch.setattr(runner, "lowered_of", failing)
    fill(tmp_path / "s", recipe())
    told = held(tmp_path / "s")
    assert len(told.failures) == 2
    assert told.n_done == 34
    monkeypatch.undo()
    fill(tmp_path / "s", recipe())
    assert held(tmp_path / "s").n_done == 34, "a failure is a row, and stays"
    wiring.results_folder(tmp_path / "s").forget_failures()
    fill(tmp_path / "s", recipe())
    assert held(tmp_path / "s").n_done == 36
    assert held(tmp_path / "s").failures == ()


def small_copy(folder, *changes):
    """A copy of the small brief with some of its text changed."""
    text = SMALL.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_design_that_the_brief_no_longer_has_is_left_out_and_told(tmp_path):
    wanted = replace(recipe(2, 1, ("one_more", "neighbours")), brief=small_copy(tmp_path))
    fill(tmp_path / "s", wanted)
    small_copy(tmp_path, ("one_more:", "one_moar:"))
    told = held(tmp_path / "s")
    assert told.gone == ("one_more",)
    assert list(told.designs) == ["today", "neighbours"]
    fill(tmp_path / "s", replace(wanted, designs=("one_moar",)))
    assert list(held(tmp_path / "s").designs) == ["today", "neighbours", "one_moar"]


def test_failures_are_forgotten_only_in_the_store_of_the_same_question(tmp_path, monkeypatch):
    from remit.ensemble.ports import Failure, RunBatch, RunKey

    fill(tmp_path / "s", recipe(2, 1))
    store = wiring.results_folder(tmp_path / "s")
    nothing = np.empty((0, 0, 0))
    failure = Failure(RunKey("x", "today", 0, 0), "o", "k", "m")
    store.write(RunBatch((), (), (), nothing, np.empty((0, 0)), (failure,)))
    other = replace(recipe(2, 1), seed=2)
    _, question = question_of(other, wiring.brief_at)
    with pytest.raises(Faults):
        explore(other, question, store, Serial(), Shard(), lambda done, total: None, retry=True)
    assert len(store.failures()) == 1


def test_years_that_one_design_lacks_are_left_out_for_all(tmp_path):
    from remit.workbench.questions import how_robust, stakes_in, uneven_futures, what_is_worth

    fill(tmp_path / "s", recipe(40, 2))
    whole = held(tmp_path / "s")
    fill(tmp_path / "s", recipe(40, 4, ("one_more",)))
    ragged = held(tmp_path / "s")
    assert uneven_futures(ragged) == 40
    stakes = stakes_in(None, None, "response")
    assert repr(how_robust(ragged, stakes).standings) == repr(how_robust(whole, stakes).standings)
    assert what_is_worth(ragged, "survivors", 0.0).found == what_is_worth(whole, "survivors", 0.0).found


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"pairs": True}, "--pairs without --vary"), ({"vary": ("crews.speed_km_per_hour",)}, "--scenarios 64")],
)
def test_too_few_futures_for_shares_are_refused_before_anything_runs(tmp_path, changes, says):
    with pytest.raises(Faults) as raised:
        question_of(replace(recipe(40, 1), **changes), wiring.brief_at)
    assert says in str(raised.value)
