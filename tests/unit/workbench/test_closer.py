import json
from dataclasses import replace

import numpy as np
import pytest

from ensembles import fill, held, recipe
from remit.adapters.executors import Serial
from remit.adapters.run_store import RunFolder
from remit.ground.faults import Faults
from remit.workbench.closer import run_sharper, sharpen
from remit.workbench.ensembles import Recipe
from remit.workbench.questions import conditions, how_robust, stakes_in
from small_brief import codes_of

MORE = 12


def nothing(done, total):
    pass


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store") / "s"
    fill(folder, recipe(64, 2))
    return folder


@pytest.fixture
def sharpened(store, tmp_path):
    import shutil

    folder = tmp_path / "s"
    shutil.copytree(store, folder)
    before = held(folder)
    sharper = sharpen(before, "one_more", "today", "survivors", 0.0, MORE)
    run_sharper(before, sharper, Serial(), nothing)
    return folder


def test_more_futures_are_picked_beyond_those_drawn_and_each_has_a_weight(sharpened):
    told = held(sharpened)
    assert len(told.recipe.picked) == len(told.recipe.picked_weights) == MORE
    assert min(told.recipe.picked) >= 64
    assert told.n_done == told.n_wanted == 3 * (64 + MORE) * 2
    assert np.mean(told.recipe.picked_weights) == pytest.approx(1.0)


def test_conditions_use_them_by_weight_and_other_questions_do_not(store, sharpened):
    told = held(sharpened)
    found = conditions(told, "one_more", "today", "survivors", 0.0, 3).found
    assert found.n_train + found.n_held_out == 64 + MORE
    light = replace(told, recipe=replace(told.recipe, picked_weights=(1e-9,) * MORE))
    without = conditions(light, "one_more", "today", "survivors", 0.0, 3).found
    assert without.share_preferred != found.share_preferred, "the weight of a picked future counts"
    stakes = stakes_in(None, None, "response")
    assert repr(how_robust(held(sharpened), stakes)) == repr(how_robust(held(store), stakes))


def test_interrupted_it_goes_on_with_the_futures_picked_before(store, tmp_path):
    import shutil

    class Stopping(RunFolder):
        def write(self, batch):
            raise KeyboardInterrupt

    folder = tmp_path / "s"
    shutil.copytree(store, folder)
    before = held(folder)
    first = sharpen(before, "one_more", "today", "survivors", 0.0, MORE)
    object.__setattr__(before, "store", Stopping(folder))
    with pytest.raises(KeyboardInterrupt):
        run_sharper(before, first, Serial(), nothing)
    again = sharpen(held(folder), "one_more", "today", "survivors", 0.0, MORE)
    assert again.recipe.picked == first.recipe.picked
    run_sharper(held(folder), again, Serial(), nothing)
    assert held(folder).n_done == 3 * (64 + MORE) * 2


def test_a_sharpened_store_is_not_sharpened_for_something_else_nor_extended(sharpened):
    for prefer, n in (("neighbours", MORE), ("one_more", MORE + 1)):
        with pytest.raises(Faults) as raised:
            sharpen(held(sharpened), prefer, "today", "survivors", 0.0, n)
        assert codes_of(raised.value) == ["ENS008"]
    with pytest.raises(Faults) as raised:
        fill(sharpened, recipe(80, 2))
    assert codes_of(raised.value) == ["ENS008"]
    fill(sharpened, recipe(64, 3))
    assert held(sharpened).recipe.picked, "more years of each future are welcome"


def test_what_is_not_complete_or_cannot_be_picked_from_is_refused(tmp_path):
    fill(tmp_path / "s", recipe(4, 1))
    text = json.loads((tmp_path / "s" / "question.json").read_text())
    whole = json.loads(text["recipe"])
    text["recipe"] = json.dumps({**whole, "n_scenarios": 9})
    (tmp_path / "s" / "question.json").write_text(json.dumps(text))
    with pytest.raises(Faults) as raised:
        sharpen(held(tmp_path / "s"), "one_more", "today", "survivors", 0.0, 8)
    assert codes_of(raised.value) == ["ENS006"]
    fixed = Recipe(whole["brief"], "", ("one_more",), (), 1, 4, 1, plan="latin")
    fill(tmp_path / "l", fixed)
    with pytest.raises(Faults) as raised:
        sharpen(held(tmp_path / "l"), "one_more", "today", "survivors", 0.0, 8)
    assert codes_of(raised.value) == ["ENS008"]
