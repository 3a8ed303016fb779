import numpy as np
import pytest

from remit.ground.faults import Faults
from remit.kernel.commons.campaign_layout import Log
from remit.simulate import commons as engines
from remit.simulate.commons import Room, run
from small_commons import MEASURES, commons, commons_cost, commons_designs, commons_lowered, commons_rows


def run_of(about: str, lucks, work: Room | None = None, seed: int = 7):
    return run(commons_lowered(about), commons(about), seed, lucks, commons_cost(about), work)


def same(first, second, rows=slice(None)) -> bool:
    return all(
        np.array_equal(first.columns[n], second.columns[n][rows], equal_nan=True) for n in first.columns
    )


@pytest.mark.parametrize("about", MEASURES)
def test_a_run_alone_is_the_run_of_a_batch_and_depends_on_its_seed(about):
    whole, _ = run_of(about, range(4))
    alone, _ = run_of(about, [2])
    assert same(alone, whole, slice(2, 3))
    assert not same(run_of(about, [2], seed=8)[0], alone)


@pytest.mark.parametrize("about", MEASURES)
def test_every_design_can_be_run_and_every_number_is_one(about):
    for design in commons_designs(about):
        rows = commons_rows(about, design=design)
        years = commons(about).days // 364
        assert [name for kind, name in rows.groups if kind == "year"] == [str(y + 1) for y in range(years)]
        assert not [name for name, values in rows.columns.items() if np.isinf(values).any()]


def test_events_are_logged_where_there_is_room_for_them_and_change_nothing():
    told, room = run_of("projects", [0])
    assert room.log.shape == (0, 4)
    logged, room = run_of("projects", [0], Room(np.zeros((5000, 4), np.int64)))
    assert same(told, logged)
    born = (room.log[:, 1] == Log.BORN).sum()
    assert 50 < born < 500


def test_an_estate_keeps_no_log():
    room = Room(np.zeros((10, 4), np.int64))
    assert run_of("estate", [0], room)[1] is room
    assert not room.log.any()


@pytest.mark.parametrize(("about", "engine"), [("estate", "run_estate"), ("projects", "run_campaigns")])
def test_a_run_without_enough_room_is_refused(about, engine, monkeypatch):
    real = getattr(engines, engine)

    def crowded(*args):
        tape = real(*args)
        tape.ends[-1, 1] = 1.0
        return tape

    monkeypatch.setattr(engines, engine, crowded)
    with pytest.raises(Faults) as raised:
        run_of(about, [0, 1])
    assert raised.value.faults[0].code == "SIM001"


def test_the_council_is_called_on_only_once_a_body_of_its_own_has_failed():
    rows = commons_rows("estate", design="tapering", replicates=20)
    years = [i for i, (kind, _) in enumerate(rows.groups) if kind == "year"]
    failed = rows.columns["insolvent"][:, years]
    call = rows.columns["call"][:, years]
    assert (failed[:, -1] == 1.0).any()
    assert (call[failed == 0.0] == 0.0).all()
    first = np.diff(failed, axis=1, prepend=0.0) == 1.0
    assert (call[first] > 0.0).all()


def test_a_match_is_paid_only_where_there_is_one():
    assert (commons_rows("projects", design="matched").columns["leverage"][:, 0] > 0.0).all()
    assert np.isnan(commons_rows("projects", design="crowdfunding").columns["leverage"][:, 0]).all()
