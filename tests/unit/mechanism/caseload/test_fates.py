import numpy as np
import pytest

from remit.kernel.caseload.layout import DEAD, HOSPITAL, RECOVERED, RESIDENTIAL
from remit.mechanism.caseload.fates import HOME, TO, first_states, weekly_growth, weekly_hazards
from small_caseload import care

STABLE, DECLINING, RECOVERING = range(3)
ORDINARY, COMPLEX = 0, 1
WEEK = 365 / 7


def numbers(**changed: float) -> dict[str, float]:
    """Return the small brief's numbers, those named ``fate__x`` changed."""
    found = {name: q.value for name, q in care().numbers.items()}
    return found | {name.replace("__", "."): value for name, value in changed.items()}


def test_states_stand_where_the_engine_reads_them():
    assert [TO.index(s) for s in ("hospital", "residential", "death", "recovered")] == [
        HOSPITAL,
        RESIDENTIAL,
        DEAD,
        RECOVERED,
    ]


def test_a_yearly_rate_is_spread_over_the_weeks_of_a_year():
    table = weekly_hazards(numbers())
    assert table.shape == (2, 4, 7)
    assert table[ORDINARY, STABLE, DEAD] == pytest.approx(0.2 / WEEK)
    assert table[ORDINARY, STABLE, DECLINING] == pytest.approx(0.3 / WEEK)
    assert table[ORDINARY, DECLINING, RESIDENTIAL] == pytest.approx(0.4 / WEEK)
    assert table[ORDINARY, RECOVERING, RECOVERED] == pytest.approx(1.0 / WEEK)
    assert table[ORDINARY, RECOVERING, STABLE] == pytest.approx(0.6 / WEEK)


def test_every_rate_reaches_its_own_cell():
    for a, start in enumerate(HOME):
        for b, end in enumerate(TO):
            if a == b:
                continue
            name = f"fate.{start}_{end}_per_year"
            moved = weekly_hazards({**numbers(), name: 7.0}) != weekly_hazards({**numbers(), name: 8.0})
            assert {tuple(cell[1:]) for cell in np.argwhere(moved)} == {(a, b)}, name


def test_nobody_goes_where_they_are():
    table = weekly_hazards(numbers())
    assert [table[x, s, s] for x in (0, 1) for s in range(4)] == [0.0] * 8


@pytest.mark.parametrize(
    ("factor", "ends"),
    [
        ("hospital", {HOSPITAL}),
        ("residential", {RESIDENTIAL}),
        ("death", {DEAD}),
        ("decline", {DECLINING}),
        ("recovery", {RECOVERING, RECOVERED}),
    ],
)
def test_a_factor_moves_all_rates_of_its_kind_from_home_and_none_else(factor, ends):
    rates = {f"fate.{a}_{b}_per_year": 1.0 for a in HOME for b in TO if a != b}
    given = {**numbers(), **rates}
    name = f"fate.{factor}_factor"
    before, after = weekly_hazards(given), weekly_hazards({**given, name: 3.0 * given[name]})
    for end in range(len(TO)):
        grown = 3.0 if end in ends else 1.0
        assert after[:, :3, end] == pytest.approx(grown * before[:, :3, end])
    assert (after[:, HOSPITAL] == before[:, HOSPITAL]).all()


def test_complex_needs_have_a_factor_of_their_own_on_top():
    table = weekly_hazards(numbers())
    assert table[ORDINARY, STABLE, HOSPITAL] == pytest.approx(0.5 * 1.5 / WEEK)
    assert table[COMPLEX, STABLE, HOSPITAL] == pytest.approx(0.5 * 1.5 * 2.0 / WEEK)
    assert table[COMPLEX, STABLE, DEAD] == table[ORDINARY, STABLE, DEAD]


def test_complex_needs_do_not_change_how_recovery_ends():
    table = weekly_hazards(numbers(fate__complex_recovery_factor=0.5))
    assert table[COMPLEX, RECOVERING, STABLE] == table[ORDINARY, RECOVERING, STABLE]
    assert table[COMPLEX, RECOVERING, RECOVERED] == pytest.approx(0.5 / WEEK)


def test_a_stay_ends_at_one_over_its_length_and_as_the_shares_say():
    row = weekly_hazards(numbers())[ORDINARY, HOSPITAL]
    assert row.sum() == pytest.approx(1.0 / 2.0)
    assert row * 2.0 == pytest.approx([0.3, 0.3, 0.2, 0.0, 0.1, 0.1, 0.0])


def test_shares_above_all_are_scaled_down_together():
    row = weekly_hazards(numbers(fate__stay_death_share=1.4))[ORDINARY, HOSPITAL]
    assert row.sum() == pytest.approx(0.5)
    assert row[STABLE] == pytest.approx(0.0)
    assert row[DEAD] * 2.0 == pytest.approx(1.4 / 2.0)
    assert row[DECLINING] / row[RESIDENTIAL] == pytest.approx(3.0)


def test_growth_is_by_state_and_alike_for_complex_needs():
    growth = weekly_growth(numbers(fate__recovering_growth_per_year=-1.0))
    assert growth[ORDINARY] == pytest.approx([0.0, 0.365 / WEEK, -1.0 / WEEK])
    assert (growth[COMPLEX] == growth[ORDINARY]).all()


def test_first_states_are_cumulative_shares():
    assert first_states(numbers()) == pytest.approx([0.6, 0.9, 1.0])


def test_first_states_never_fall_however_large_the_shares():
    first = first_states(numbers(clients__declining_share=0.9, clients__recovering_share=0.8))
    assert first.tolist() == pytest.approx([0.0, 0.2, 1.0])
