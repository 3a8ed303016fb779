import numpy as np
import pytest

from answers import batch, question
from remit.adapters import compact as compacting
from remit.adapters.compact import compact
from remit.adapters.executors import Serial
from remit.adapters.run_store import RunFolder
from remit.ensemble.results import gather
from remit.workbench.compare import Wish, run_comparison

pytestmark = pytest.mark.usefixtures("single_tasks")
ASKED = {"digest": "a", "brief": "small-town", "seed": "1"}


def table(folder):
    found = gather(RunFolder(folder).read(), tuple(question().designs))
    return found.keys, found.values, found.chart


def same(one, other):
    return one[0] == other[0] and all(
        np.array_equal(a, b, equal_nan=True) for a, b in zip(one[1:], other[1:], strict=True)
    )


@pytest.fixture
def filled(tmp_path):
    run_comparison(question(), Wish(3, 2), RunFolder(tmp_path), Serial(), lambda _: None)
    return tmp_path


def test_many_parts_become_one_and_say_the_same_to_the_bit(filled):
    before = table(filled)
    assert compact(filled) == (3, 1)
    assert same(table(filled), before)
    assert compact(filled) == (1, 1), "once is enough"
    told = RunFolder(filled).columns(question().origin, ("survivors",))
    assert len(told.places) == len(before[0])


def test_a_run_that_two_parts_hold_is_kept_once(tmp_path):
    store = RunFolder(tmp_path)
    store.open(ASKED)
    store.write(batch([("today", 0, 0), ("b", 0, 0)]))
    store.write(batch([("today", 0, 0), ("b", 1, 0)]))
    assert compact(tmp_path) == (2, 1)
    (one,) = store.read()
    assert [(k.design, k.scenario) for k in one.keys] == [("b", 0), ("b", 1), ("today", 0)]


def test_killed_between_writing_and_removing_it_loses_and_doubles_nothing(filled, monkeypatch):
    before = table(filled)

    def killed(*_args, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(compacting.Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            compact(filled)
    assert same(table(filled), before)
    compact(filled)
    assert same(table(filled), before)


def test_parts_of_other_questions_are_not_merged(filled, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    run_comparison(question(seed=2), Wish(1, 2), RunFolder(other), Serial(), lambda _: None)
    (part,) = (other / "parts").iterdir()
    (filled / "parts" / part.name).write_bytes(part.read_bytes())
    assert compact(filled) == (4, 2)
    assert RunFolder(filled).columns(question().origin).n_foreign == 4 * 2


def test_a_damaged_part_is_not_merged_and_not_removed(filled):
    part = min((filled / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-10])
    assert compact(filled) == (2, 1)
    assert part.exists()


def test_two_names_for_the_same_settings_keep_their_runs_each(tmp_path):
    from dataclasses import replace

    store = RunFolder(tmp_path)
    store.open(ASKED)
    one = batch([("b", 0, 0), ("c", 0, 0)])
    same = replace(one, keys=tuple(replace(k, run_id="same") for k in one.keys))
    store.write(same)
    store.write(batch([("b", 1, 0)]))
    assert compact(tmp_path) == (2, 1)
    (whole,) = store.read()
    assert [(k.design, k.scenario) for k in whole.keys] == [("b", 0), ("b", 1), ("c", 0)]


def test_what_killed_processes_left_half_written_is_swept_and_what_is_fresh_is_not(filled):
    import os

    old, fresh = filled / "parts" / ".part-old", filled / "parts" / ".part-fresh"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (1.0, 1.0))
    compact(filled)
    assert not old.exists()
    assert fresh.exists()
