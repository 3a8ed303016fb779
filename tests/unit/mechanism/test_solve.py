import pytest

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY, Solved
from remit.ground.faults import Faults
from remit.mechanism.cost import yearly_cost
from remit.mechanism.solve import solve_designs
from remit.mechanism.values import values_of
from remit.workbench.briefs import OpenBrief
from small_brief import CATALOGUE, EFFECTS, codes_of, opened, small, small_designs

Change = tuple[str, str]
MEANS = Scenario(at_means=True)


def public_cost(here: OpenBrief, name: str, scenario: Scenario = MEANS) -> float:
    design, today = here.designs[name], here.designs[TODAY]
    values = values_of(design, today, here.brief, scenario, EFFECTS, CATALOGUE)
    return yearly_cost(design, today, values, here.brief, scenario, CATALOGUE).public_gbp


def refused(*changes: Change) -> list[str]:
    written = small_designs(*changes)
    with pytest.raises(Faults) as raised:
        solve_designs(list(written), written, small(*changes), EFFECTS, CATALOGUE)
    return codes_of(raised.value)


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (
            (
                "value: 3, unit: crews, low: 2, high: 5",
                "value: 10, unit: crews, low: 4, high: 25, shape: lognormal",
            ),
        ),
        (("roles_share: {value: 0.5,", "roles_share: {value: 0.3,"),),
        (("funding_method: taxation", "funding_method: {main: taxation, also: [user_charges]}"),),
        (
            (
                "staff: {equal_cost_to: neighbours}",
                "{staff: {equal_cost_to: today}, employment_terms: unpaid}",
            ),
        ),
    ],
    ids=["plain", "lognormal crews", "roles", "charges", "vacancies"],
)
def test_a_level_worked_out_costs_the_same_on_the_mean(changes):
    here = opened(*changes)
    rival = here.written["same_money"].settings["staff"].equal_cost_to
    assert public_cost(here, "same_money") == pytest.approx(public_cost(here, rival), rel=1e-9)


def test_it_costs_the_same_averaged_over_scenarios():
    here, n = opened(), 400
    names = ("crews.number", "crews.gbp_per_hour", "money.roles_share")
    differences = []
    for i in range(n):
        drawn = {name: (i * step + 0.5) % n / n for name, step in zip(names, (1, 37, 171), strict=True)}
        same_money, rival = (public_cost(here, d, Scenario(i, drawn)) for d in ("same_money", "neighbours"))
        differences.append(same_money - rival)
    assert sum(differences) / n == pytest.approx(0.0, abs=0.02 * public_cost(here, TODAY))


def test_equal_cost_to_today_is_todays_level():
    here = opened(("equal_cost_to: neighbours", "equal_cost_to: today"))
    assert here.designs["same_money"].settings["staff"] == pytest.approx(0.8, rel=1e-12)


@pytest.mark.parametrize("more", [1.0, 0.5, -1.0])
def test_some_crews_more_are_so_many_of_the_places_own(more):
    here = opened(("more_crews: 1", f"more_crews: {more}"))
    mean = (2 + 3 + 5) / 3 * 0.75
    assert here.designs["one_more"].settings["staff"] / 0.8 == pytest.approx((mean + more) / mean)


def test_designs_with_nothing_to_work_out_are_left_as_they_are():
    assert opened().designs["neighbours"] == small_designs()["neighbours"]
    assert opened().designs[TODAY] == small_designs()[TODAY]


def test_only_those_asked_for_are_worked_out():
    written = small_designs()
    found = solve_designs(["one_more"], written, small(), EFFECTS, CATALOGUE)
    assert found == {"one_more": opened().designs["one_more"]}


@pytest.mark.parametrize("rival", ["one_more", "same_money"])
def test_a_level_that_leans_on_another_worked_out_level_is_refused(rival):
    assert refused(("equal_cost_to: neighbours", f"equal_cost_to: {rival}")) == ["DSN008"]


def test_what_was_written_is_kept_beside_it():
    assert opened().written["one_more"].settings["staff"] == Solved(more_crews=1.0)


@pytest.mark.parametrize("change", [("more_crews: 1", "more_crews: 9"), ("more_crews: 1", "more_crews: -9")])
def test_a_level_that_would_leave_its_range_is_refused(change):
    assert refused(change) == ["DSN003"]


def test_a_level_that_cost_does_not_depend_on_is_refused():
    assert refused(("staff: {equal_cost_to: neighbours}", "time: {equal_cost_to: neighbours}")) == ["DSN005"]


def test_today_cannot_be_worked_out_from_itself():
    assert refused(("  staff: 0.8", "  staff: {equal_cost_to: today}")) == ["DSN005"]
