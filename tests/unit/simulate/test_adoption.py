import numpy as np
import pytest

from remit.kernel.commons.uptake_layout import Count, UptakeTape
from remit.mechanism.cost import YearlyCost
from remit.simulate.adoption import adoption_rows
from remit.simulate.rows import RunRows
from small_commons import MADE, commons, commons_lowered

BRIEF = commons("uptake")
COST = YearlyCost(0.0, 100.0, 50.0, 20.0)
PUBLISH = (
    "money:\n",
    f"money:\n  publish_gbp_per_year: {{value: 5, unit: gbp_per_year, price_year: 2025, {MADE}\n",
)
HALF_REAL = ("benefit:\n", f"benefit:\n  reports_share: {{value: 0.5, unit: share, {MADE}\n")


def tape(years: int = 2, **counts: object) -> UptakeTape:
    """Return the tape of one run in which nothing happened but these counts, a number for each fifth."""
    table = np.zeros((1, 5, len(Count)))
    for name, values in counts.items():
        table[0, :, Count[name]] = values
    return UptakeTape(table, np.zeros((1, 52 * years, 5)), np.ones((1, 52 * years, 3)))


def rows_of(one: UptakeTape, *changes: tuple[str, str], everyone_only: bool = False) -> RunRows:
    return adoption_rows(one, commons_lowered("uptake", *changes), BRIEF, COST, everyone_only)


def told(rows: RunRows, name: str) -> np.ndarray:
    return rows.columns[name][0]


def test_time_saved_is_hours_a_year_by_fifth_as_far_as_it_is_real():
    one = tape(MINUTES=[120.0, 240.0, 0.0, 0.0, 1200.0])
    assert told(rows_of(one), "hours_saved")[:6].tolist() == [13.0, 1.0, 2.0, 0.0, 0.0, 10.0]
    assert told(rows_of(one, HALF_REAL), "hours_saved")[0] == 6.5


def test_time_is_valued_and_what_is_not_real_is_worth_nothing():
    one = tape(MINUTES=[1200.0, 0, 0, 0, 0])
    assert told(rows_of(one), "value")[0] == pytest.approx(100.0)
    assert told(rows_of(one, HALF_REAL), "value")[0] == pytest.approx(50.0)
    assert np.isnan(told(rows_of(one), "value")[1:]).all()


def test_users_are_told_on_average_by_year_and_at_the_end():
    one = tape(ACTIVE_WEEKS=[104.0, 0, 0, 0, 208.0], ACTIVE_END=[1.0, 2.0, 3.0, 4.0, 5.0])
    one.active[0, :52, 0] = 10.0
    one.active[0, 52:, 4] = 30.0
    rows = rows_of(one)
    assert told(rows, "active")[:6].tolist() == [3.0, 1.0, 0.0, 0.0, 0.0, 2.0]
    assert told(rows, "active")[6:].tolist() == [10.0, 30.0]
    assert told(rows, "active_end")[:6].tolist() == [15.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_the_peak_is_of_all_together_and_the_drop_is_from_there():
    one = tape()
    one.active[0, 10] = [40.0, 0, 0, 0, 10.0]
    one.active[0, 20] = [0, 0, 0, 0, 45.0]
    one.active[0, -1] = [5.0, 0, 0, 0, 5.0]
    rows = rows_of(one)
    assert told(rows, "active_peak")[0] == 50.0
    assert told(rows, "dropped_share")[0] == pytest.approx(0.8)
    assert np.isnan(told(rows_of(tape()), "dropped_share")[0])


def test_never_reached_are_the_offline_and_those_who_never_signed_up():
    one = tape(REACHED=[60.0, 80.0, 0, 0, 0], OFFLINE=[40.0, 20.0, 0, 0, 0], EVER=[30.0, 80.0, 0, 0, 0])
    found = told(rows_of(one), "not_reached_share")
    assert found[:3] == pytest.approx([0.45, 0.7, 0.2])
    assert np.isnan(found[3:6]).all()
    assert told(rows_of(one), "need")[:3].tolist() == [200.0, 100.0, 100.0]


def test_signing_up_and_uses_are_told_a_year():
    rows = rows_of(tape(SIGNED=[4.0, 0, 0, 0, 2.0], USES=[400.0, 0, 0, 0, 200.0]))
    assert told(rows, "signed")[:6].tolist() == [3.0, 2.0, 0.0, 0.0, 0.0, 1.0]
    assert told(rows, "uses")[:6].tolist() == [300.0, 200.0, 0.0, 0.0, 0.0, 100.0]


def test_makers_are_told_at_the_end_of_each_year_with_how_many_gave_up():
    one = tape()
    one.makers[0, :, 0] = 3.0
    one.makers[0, 51, 0], one.makers[0, 90:, 0] = 2.0, 0.0
    one.makers[0, :, 1] = 0.25
    one.makers[0, -1, 2] = 0.4
    rows = rows_of(one)
    assert [told(rows, "makers")[0], *told(rows, "makers")[6:]] == [0.0, 2.0, 0.0]
    assert told(rows, "makers_failed")[0] == 13.0
    assert told(rows, "nobody_share")[0] == pytest.approx(14 / 104)
    assert told(rows, "quality")[0] == 0.4


def test_the_public_purse_pays_the_service_publishing_and_roles():
    assert told(rows_of(tape()), "cost_public")[0] == pytest.approx(20_000.0 + 130.0)
    assert told(rows_of(tape(), PUBLISH), "cost_public")[0] == pytest.approx(20_000.0 + 130.0 + 5.0)
    assert told(rows_of(tape()), "cost_grants")[0] == 20.0


def test_everyone_alone_is_the_same():
    one = tape(MINUTES=60.0, REACHED=10.0, EVER=3.0)
    alone, full = rows_of(one, everyone_only=True), rows_of(one)
    for name, values in alone.columns.items():
        assert np.array_equal(values[:, 0], full.columns[name][:, 0], equal_nan=True), name
