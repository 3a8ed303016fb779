import pytest

from remit.ground.deflator import GDP_DEFLATOR, inflate


@pytest.mark.parametrize("year", GDP_DEFLATOR)
def test_pounds_of_a_year_in_pounds_of_the_same_year_are_the_same(year):
    assert inflate(12.5, year, year) == 12.5


@pytest.mark.parametrize("year", GDP_DEFLATOR)
def test_there_and_back_is_the_same_money(year):
    assert inflate(inflate(12.5, year, 2023), 2023, year) == pytest.approx(12.5, rel=1e-15)


def test_by_way_of_a_third_year_is_the_same_money():
    assert inflate(inflate(1.0, 2010, 2016), 2016, 2024) == pytest.approx(inflate(1.0, 2010, 2024), rel=1e-15)


def test_prices_have_risen_every_year():
    prices = [GDP_DEFLATOR[year] for year in sorted(GDP_DEFLATOR)]
    assert prices == sorted(set(prices))


def test_no_year_is_missing_between_first_and_last():
    assert list(GDP_DEFLATOR) == list(range(min(GDP_DEFLATOR), max(GDP_DEFLATOR) + 1))


@pytest.mark.parametrize(("old", "new"), [(1999, 2023), (2023, 2099)])
def test_a_year_outside_the_table_is_not_guessed(old, new):
    with pytest.raises(KeyError):
        inflate(1.0, old, new)
