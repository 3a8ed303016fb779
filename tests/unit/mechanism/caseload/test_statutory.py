import pytest

from remit.ground.deflator import GDP_DEFLATOR
from remit.mechanism.caseload.statutory import laws, minimum_price

PUBLISHED_2014 = {  # UKHCA, February 2014
    "pay": 6.31,
    "travel time": 1.20,
    "holiday": 0.81,
    "pension": 0.08,
    "training": 0.13,
    "mileage": 1.40,
    "running costs": 4.10,
    "profit": 0.46,
}


def test_every_price_year_since_2014_has_its_law():
    assert {y for y in GDP_DEFLATOR if y >= 2014} <= set(laws())


def test_the_wage_floor_only_rises():
    wages = [law.wage_gbp for _, law in sorted(laws().items())]
    assert wages == sorted(wages)


@pytest.mark.parametrize("year", list(laws()))
def test_the_parts_of_an_hour_add_up_to_its_price(year):
    parts = minimum_price(laws()[year])
    price = parts.pop("price")
    assert sum(parts.values()) == pytest.approx(price)
    assert min(parts.values()) > 0.0


def test_the_build_up_of_2014_is_the_published_one_but_for_national_insurance():
    parts = minimum_price(laws()[2014])
    for part, published in PUBLISHED_2014.items():
        assert parts[part] == pytest.approx(published, abs=0.06), part
    assert parts["price"] == pytest.approx(15.19, rel=0.02)
