import numpy as np

from remit.simulate.caseload_outcomes import CASELOAD
from remit.simulate.meals_outcomes import MEALS
from small_meals import meals_run


def told(column: str, kind: str) -> bool:
    rows = meals_run()
    of_kind = [g for g, (k, _) in enumerate(rows.groups) if k == kind]
    return bool(np.isfinite(rows.columns[column][:, of_kind]).any())


def test_every_outcome_is_told_for_everyone_and_by_fifth_exactly_where_it_says_so():
    assert [o.id for o in MEALS.every if not told(o.id, "all")] == []
    assert [o.id for o in MEALS.every if told(o.id, "own_fifth") != o.by_group] == []


def test_meals_are_told_and_no_hours_of_care():
    assert MEALS.headline.id == "missed_meals"
    hours = {o.id for o in MEALS.every if "hours" in o.unit} - {"cook_hours", "unpaid_hours", "pay_per_hour"}
    assert not hours
    assert not any("care " in o.name for o in MEALS.every if o.id not in CASELOAD.by_id)


def test_an_id_shared_with_care_says_the_same_in_the_same_way():
    shared = set(MEALS.by_id) & set(CASELOAD.by_id)
    assert {"cost_public", "cost_clients", "unpaid_hours", "waiting", "turnover"} <= shared
    for name in shared:
        ours, theirs = MEALS.by_id[name], CASELOAD.by_id[name]
        assert (ours.name, ours.unit, ours.better, ours.decimals) == (
            theirs.name,
            theirs.unit,
            theirs.better,
            theirs.decimals,
        )


def test_supply_beyond_tasks_and_people_never_reached_are_told():
    assert {"cooks_idle", "cooks_not_reached", "waiting_cook", "not_reached"} <= set(MEALS.by_id)
    assert MEALS.by_month == "cooks_active"  # the curve of adoption
