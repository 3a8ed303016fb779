import numpy as np
import pytest

from remit.kernel import layout
from remit.kernel.batch import make_tape, make_workspace
from remit.kernel.layout import PLAN_TYPE, WORKSPACE_TYPE, Plan, Sheet, Span, Tape, Workspace
from worlds import make_plan

COLUMNS = (
    layout.Scalar,
    layout.Kind,
    layout.Zone,
    layout.Hour,
    layout.CrewPlan,
    layout.Curve,
    layout.Count,
    layout.Total,
)


@pytest.mark.parametrize("columns", COLUMNS, ids=lambda c: c.__name__)
def test_columns_are_numbered_from_nought_without_a_gap(columns):
    assert [c.value for c in columns] == list(range(len(columns)))


def test_the_compiled_types_have_a_type_for_every_field():
    assert len(PLAN_TYPE.types) == len(Plan._fields)
    assert len(WORKSPACE_TYPE.types) == len(Workspace._fields)


def test_a_plan_has_the_types_that_the_compiled_code_expects():
    plan = make_plan(rates=0.1)
    for array, wanted in zip(plan, PLAN_TYPE.types, strict=True):
        assert (array.ndim, array.dtype.name) == (wanted.ndim, str(wanted.dtype))
        assert array.flags.c_contiguous


def test_working_memory_has_the_types_that_the_compiled_code_expects():
    work = make_workspace(make_plan(rates=0.1), Span(0.0, 1440.0))
    for array, wanted in zip(work, WORKSPACE_TYPE.types, strict=True):
        assert array.ndim == wanted.ndim
        assert array.flags.c_contiguous


def test_a_tape_has_the_rows_of_a_sheet_first():
    tape = make_tape(make_plan(rates=0.1), Span(0.0, 1440.0), 2)
    assert Tape._fields[: len(Sheet._fields)] == Sheet._fields
    assert all(len(rows) == 2 for rows in tape)


def test_groups_are_own_fifths_by_national_fifths():
    assert layout.N_GROUPS == 25
    assert layout.N_GROUPS < layout.UNTOLD <= np.iinfo(layout.REQUEST["group"]).max


def test_a_tick_and_a_slot_fit_into_a_key_for_ten_years():
    last = (3660 + 366 + 7) * layout.DAY_TICKS
    assert (last << layout.SLOT_BITS) + (1 << layout.SLOT_BITS) - 1 <= np.iinfo(np.int64).max


def test_ticks_of_a_minute_are_the_same_number_whole_and_broken():
    assert layout.TICKS_PER_MINUTE == layout.MINUTE_TICKS
    assert layout.DAY_TICKS == 1440 * layout.MINUTE_TICKS


def test_the_chart_ends_at_half_an_hour_and_longer():
    assert layout.CHART_BINS == 2 * 30 + 1
    assert layout.N_BINS == layout.BINS_FINE + layout.BINS_WIDE + 1
