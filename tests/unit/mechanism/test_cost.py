import pytest

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY, Design, Several
from remit.ground.deflator import inflate
from remit.mechanism.cost import HOURS_A_YEAR, YearlyCost, role_quantities, yearly_cost
from remit.mechanism.values import values_of
from small_brief import CATALOGUE, EFFECTS, opened, small, small_designs, today_with

TODAYS = small_designs()[TODAY]
CENTRE = Scenario()


def cost(design: Design, scenario: Scenario = CENTRE) -> YearlyCost:
    values = values_of(design, TODAYS, small(), scenario, EFFECTS, CATALOGUE)
    return yearly_cost(design, TODAYS, values, small(), scenario, CATALOGUE)


def turned(**settings: object) -> Design:
    return today_with(small_designs(), **settings)


def test_crews_cost_their_hours_and_the_place_pays_its_share_of_the_system():
    assert cost(TODAYS).crews_gbp == pytest.approx(3 * HOURS_A_YEAR * 100 * 0.75)


def test_vacant_hours_are_not_paid():
    unpaid = cost(turned(employment_terms="unpaid"))
    assert unpaid.crews_gbp == pytest.approx(0.9 * cost(TODAYS).crews_gbp)


def test_half_as_many_staff_cost_half():
    assert cost(turned(staff=0.4)).crews_gbp == pytest.approx(0.5 * cost(TODAYS).crews_gbp)


def test_kit_costs_in_proportion_to_how_much_is_in_use():
    kit = "assets_gbp_per_year: {value: 8, unit: gbp_thousand_per_year, price_year: 2023, source: survey}"
    brief = small(("\nmoney:\n", f"\nmoney:\n  {kit}\n"))
    for level, pounds in ((1.0, 8000.0), (1.5, 12_000.0), (0.5, 4000.0)):
        design = turned(assets=level)
        values = values_of(design, TODAYS, brief, CENTRE, EFFECTS, CATALOGUE)
        found = yearly_cost(design, TODAYS, values, brief, CENTRE, CATALOGUE)
        assert found.assets_gbp == pytest.approx(pounds)
        assert found.public_gbp == pytest.approx(found.crews_gbp + pounds)


def test_today_has_no_new_roles():
    assert cost(TODAYS).roles_gbp == 0.0


def test_a_new_role_costs_its_range_in_the_price_year_of_the_brief():
    role = CATALOGUE.roles["broker"]
    middle = 1000 * sum(role.cost_k) / 2
    found = cost(turned(public_role=Several("deliverer", ("broker",))))
    assert found.roles_gbp == pytest.approx(inflate(middle, 2025, 2023) * 0.5)


def test_roles_add_up():
    one, two = (Several("deliverer", also) for also in (("broker",), ("broker", "convenor")))
    more = cost(turned(public_role=two)).roles_gbp - cost(turned(public_role=one)).roles_gbp
    assert more == pytest.approx(cost(turned(public_role=Several("deliverer", ("convenor",)))).roles_gbp)


def test_a_role_that_today_has_is_not_new():
    today = TODAYS.changed(public_role=Several("deliverer", ("broker",)))
    values = values_of(today, today, small(), CENTRE, EFFECTS, CATALOGUE)
    assert yearly_cost(today, today, values, small(), CENTRE, CATALOGUE).roles_gbp == 0.0


def test_grants_pay_their_share_of_the_roles():
    found = cost(
        turned(public_role=Several("deliverer", ("broker",)), funding_method=Several("taxation", ("grants",)))
    )
    assert found.roles_paid_by_grants_gbp == pytest.approx(0.2 * found.roles_gbp)


def test_the_public_pays_crews_and_roles_less_grants():
    assert YearlyCost(100.0, 5.0, 30.0, 12.0).public_gbp == 123.0


def test_a_role_is_drawn_with_the_scenario():
    design = turned(public_role=Several("deliverer", ("broker",)))
    low, high = (
        cost(design, Scenario(0, {"roles.broker.cost_gbp_per_year": u})).roles_gbp for u in (0.01, 0.99)
    )
    assert low < cost(design).roles_gbp < high


def test_a_role_that_costs_nothing_is_no_unknown():
    roles = role_quantities(CATALOGUE, 2023)
    assert set(roles) == {r.id for r in CATALOGUE.roles.values() if r.cost_k[1] > 0}
    assert all(q.is_assumption and q.shape == "uniform" for q in roles.values())


def test_designs_of_the_small_brief_cost_more_than_today():
    designs = opened().designs
    assert cost(designs["neighbours"]).public_gbp > cost(designs[TODAY]).public_gbp
