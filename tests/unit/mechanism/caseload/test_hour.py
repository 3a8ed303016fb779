import pytest

from remit.mechanism.caseload.hour import (
    built_up_gbp,
    carried_share,
    net_of_carried,
    oncost_share,
    paid_hours,
    parts_of_hour,
    platform_parts,
    provider_price,
)
from remit.mechanism.caseload.tables import MINUTES_AN_HOUR
from small_caseload import care


def numbers(**changed: float) -> dict[str, float]:
    """Return the small brief's numbers, those of the provider changed."""
    found = {name: q.value for name, q in care().numbers.items()}
    return found | {name.replace("__", "."): value for name, value in changed.items()}


def gbp(parts, what: str) -> float:
    (part,) = [p for p in parts if p.what == what]
    return part.gbp


def test_paid_hours_are_contact_and_paid_road_where_that_is_more():
    assert paid_hours(numbers()) == pytest.approx(1.0 + 0.4 * 0.25)


def test_paid_hours_are_those_promised_where_these_are_more():
    assert paid_hours(numbers(provider__secure_share=1.0)) == pytest.approx(1.0 / 0.8)


def test_an_hour_is_its_pay_road_oncosts_mileage_and_overhead():
    parts = parts_of_hour(numbers())
    assert gbp(parts, "pay for the hour itself") == pytest.approx(12.0)
    assert gbp(parts, "pay between visits") == pytest.approx(12.0 * 0.1)
    assert gbp(parts, "pay for hours promised and not filled") == pytest.approx(0.0)
    assert gbp(parts, "holiday") == pytest.approx(13.2 * 0.12)
    assert gbp(parts, "National Insurance") == pytest.approx(13.2 * 0.05)
    assert gbp(parts, "pension") == pytest.approx(13.2 * 0.02)
    assert gbp(parts, "training, sick pay and the like") == pytest.approx(13.2 * 0.01)
    assert gbp(parts, "mileage") == pytest.approx(0.25 * 20 * 0.2)
    assert gbp(parts, "running costs") == pytest.approx(4.0)


def test_promised_hours_that_are_not_filled_are_paid_on_top_of_the_road():
    parts = parts_of_hour(numbers(provider__secure_share=1.0))
    assert gbp(parts, "pay for hours promised and not filled") == pytest.approx(12.0 * (1.25 - 1.1))
    assert gbp(parts, "holiday") == pytest.approx(12.0 * 1.25 * 0.12)


def test_the_parts_add_up_to_what_an_hour_must_cost():
    cost = 13.2 * 1.2 + 1.0 + 4.0
    assert built_up_gbp(numbers()) == pytest.approx(cost / 0.95)
    assert sum(p.gbp for p in parts_of_hour(numbers())) == pytest.approx(built_up_gbp(numbers()))


@pytest.mark.parametrize("share", [0.0, 0.05, 0.4])
def test_surplus_is_the_stated_share_of_the_price(share):
    given = numbers(provider__surplus_share=share)
    parts = parts_of_hour(given)
    assert parts[-1].what == "surplus"
    assert parts[-1].gbp == pytest.approx(share * built_up_gbp(given))


def test_each_part_names_numbers_of_the_family_that_move_it():
    assert {name for p in parts_of_hour(numbers()) for name in p.of} <= set(numbers())
    for one in parts_of_hour(numbers(provider__secure_share=1.0)):
        for name in one.of:
            raised = {
                **numbers(provider__secure_share=1.0),
                name: numbers(provider__secure_share=1.0)[name] * 0.9,
            }
            (moved,) = [p for p in parts_of_hour(raised) if p.what == one.what]
            assert moved.gbp != one.gbp, (one.what, name)


def test_an_employer_adds_the_oncosts_to_pay():
    assert oncost_share(numbers()) == pytest.approx(0.2)
    assert net_of_carried(numbers()) == 1.0


def test_nobody_pays_oncosts_for_those_who_employ_themselves():
    own = numbers(provider__oncosts_on=0.0)
    assert oncost_share(own) == pytest.approx(0.0)
    oncosts = ("holiday", "National Insurance", "pension", "training, sick pay and the like")
    assert [gbp(parts_of_hour(own), what) for what in oncosts] == [0.0] * 4
    assert built_up_gbp(own) == pytest.approx((13.2 + 1.0 + 4.0) / 0.95)


def test_who_carries_holiday_and_pension_alone_keeps_less_of_a_pound():
    own = numbers(provider__oncosts_on=0.0)
    assert carried_share(own) == pytest.approx(0.14)
    assert net_of_carried(own) * (1.0 + carried_share(own)) == pytest.approx(1.0)


def test_a_dearer_mix_of_skills_raises_pay_and_oncosts():
    skilled = numbers(provider__skill_cost_factor=1.5)
    assert gbp(parts_of_hour(skilled), "mix of skills") == pytest.approx(13.2 * 0.5)
    assert built_up_gbp(skilled) == pytest.approx((13.2 * 1.2 * 1.5 + 5.0) / 0.95)
    assert oncost_share(skilled) == pytest.approx(1.2 * 1.5 - 1.0)


def test_the_price_is_todays_where_nothing_changed():
    assert provider_price(numbers(), numbers()) == 24.0


@pytest.mark.parametrize("passed_on", [0.0, 0.5, 1.0])
def test_the_price_moves_by_the_share_passed_on_of_what_became_dearer(passed_on):
    given = numbers(price__pass_on_share=passed_on, provider__overhead_gbp_per_hour=4.95)
    assert provider_price(given, numbers()) == pytest.approx(24.0 + passed_on * 0.95 / 0.95)


def test_the_price_falls_where_an_hour_became_cheaper_and_never_below_nothing():
    cheaper = numbers(provider__overhead_gbp_per_hour=4.0 - 1.9)
    assert provider_price(cheaper, numbers()) == pytest.approx(24.0 - 0.5 * 2.0)
    dear = numbers(provider__overhead_gbp_per_hour=500.0)
    assert provider_price(numbers(), dear) == 0.0


def test_mileage_follows_how_far_a_carer_goes_in_an_hour_on_the_road():
    slow = numbers(travel__km_per_hour=5_000.0 / MINUTES_AN_HOUR)
    assert gbp(parts_of_hour(slow), "mileage") == pytest.approx(0.25 * 5 * 0.2)


def test_parts_of_a_platforms_hour_add_up_to_price_and_fee():
    given = numbers(platform__commission_share=0.2, platform__client_fee_share=0.1)
    parts = platform_parts(given)
    assert sum(p.gbp for p in parts) == pytest.approx(20.0 * 1.1)
    assert [p.gbp for p in parts] == pytest.approx([16.0 / 1.14, 16.0 - 16.0 / 1.14, 4.0, 2.0])


def test_a_platform_that_takes_nothing_leaves_all_to_the_carer():
    kept, own, commission, fee = (p.gbp for p in platform_parts(numbers()))
    assert kept + own == pytest.approx(20.0)
    assert commission == fee == 0.0
