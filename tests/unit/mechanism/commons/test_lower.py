import numpy as np
import pytest

from remit.ground.faults import Faults
from remit.kernel.commons import uptake_layout
from remit.kernel.commons.campaign_layout import CampaignPlan
from remit.kernel.commons.campaign_layout import Scalar as Campaign
from remit.kernel.commons.estate_layout import EstatePlan
from remit.kernel.commons.uptake import run_uptake
from remit.kernel.commons.uptake_layout import UptakePlan
from remit.mechanism.commons.lower import pot_after
from small_commons import MADE, commons_cost, commons_designs, commons_lowered

U = uptake_layout.Scalar


def changes(*dated: str) -> tuple[str, str]:
    return "today:\n", "changes:\n" + "".join(f"- {{{one}}}\n" for one in dated) + "today:\n"


@pytest.mark.parametrize(
    ("about", "plan"), [("estate", EstatePlan), ("projects", CampaignPlan), ("uptake", UptakePlan)]
)
def test_a_brief_is_lowered_to_the_plan_of_what_it_is_about(about, plan):
    for design in commons_designs(about):
        lowered = commons_lowered(about, design=design)
        assert isinstance(lowered.plan, plan)
        assert all(hasattr(array, "dtype") and array.flags["C_CONTIGUOUS"] for array in lowered.plan)


def test_new_roles_are_paid_out_of_the_pot_so_that_designs_spend_equal_money():
    for design in commons_designs("projects"):
        cost = commons_cost("projects", design=design)
        pot = commons_lowered("projects", design=design).plan.scalars[Campaign.POT]
        assert pot + cost.roles_gbp - cost.roles_paid_by_grants_gbp == pytest.approx(60_000.0)
    assert commons_cost("projects", design="matched").roles_gbp > 0.0


def test_what_grants_pay_of_the_roles_stays_in_the_pot():
    lowered = commons_lowered("projects", design="matched")
    share = lowered.values["money.grant_share"]
    assert 0.0 < share < 1.0
    assert pot_after(lowered.values, 1000.0) == pytest.approx(60_000.0 - 1000.0 * (1.0 - share))


def test_roles_given_up_add_to_the_pot_and_it_never_falls_below_nothing():
    values = commons_lowered("projects").values
    assert pot_after(values, -1000.0) == pytest.approx(61_000.0)
    assert pot_after(values, 1e9) == 0.0


def test_less_of_the_councils_money_is_a_smaller_pot():
    assert commons_lowered("projects", money=0.45).plan.scalars[Campaign.POT] == pytest.approx(30_000.0)


def test_dated_changes_stand_each_on_those_before_it():
    dated = changes(
        "day: 29, why: x, multiply: {uptake.churn_per_week: 2}",
        "day: 15, why: x, multiply: {uptake.churn_per_week: 3, uptake.upkeep: 0.5}",
    )
    plan = commons_lowered("uptake", dated).plan
    assert plan.segment_weeks.tolist() == [0, 2, 4]
    assert plan.scalars[:, U.CHURN] == pytest.approx([0.01, 0.03, 0.06])
    assert plan.scalars[:, U.UPKEEP] == pytest.approx([1.0, 0.5, 0.5])


def test_changes_of_one_week_are_one_segment():
    dated = changes(
        "day: 15, why: x, multiply: {uptake.churn_per_week: 3}",
        "day: 21, why: x, multiply: {uptake.churn_per_week: 2}",
        "day: 22, why: x, multiply: {uptake.uses_per_week: 2}",
    )
    plan = commons_lowered("uptake", dated).plan
    assert plan.segment_weeks.tolist() == [0, 2, 3]
    assert plan.scalars[:, U.CHURN] == pytest.approx([0.01, 0.06, 0.06])


def test_a_change_on_the_first_day_holds_from_the_start():
    dated = commons_lowered("uptake", changes("day: 1, why: x, multiply: {uptake.churn_per_week: 3}")).plan
    plain = commons_lowered(
        "uptake",
        (
            "churn_per_week: {value: 0.01, unit: per_week, low: 0.005, high: 0.02,",
            "churn_per_week: {value: 0.03, unit: per_week,",
        ),
    ).plan
    told, expected = (run_uptake(p, 104, 0, 7, np.array([0, 1])) for p in (dated, plain))
    assert told.active.tolist() == expected.active.tolist()


def test_a_change_happens_to_the_designs_that_it_names():
    dated = changes("day: 15, why: x, only: [opened], multiply: {uptake.churn_per_week: 3}")
    assert len(commons_lowered("uptake", dated).plan.segment_weeks) == 1
    assert len(commons_lowered("uptake", dated, design="opened").plan.segment_weeks) == 2


def test_no_design_leaves_a_numbers_bounds():
    dear = ("wage_gbp_per_hour: {value: 22,", "wage_gbp_per_hour: {value: 999,")
    whole = ("low: 20, high: 24, " + MADE, MADE)
    commons_lowered("estate", dear, whole)
    with pytest.raises(Faults) as raised:
        commons_lowered("estate", dear, whole, skills=100.0)
    (fault,) = raised.value.faults
    assert (fault.code, fault.place.path) == ("MEC005", "work.wage_gbp_per_hour")
