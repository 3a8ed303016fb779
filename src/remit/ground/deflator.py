"""Pounds of one year in pounds of another: the GDP deflator by financial year (2018 is 2018-19)."""

# HM Treasury, GDP deflators at market prices, 2023-24 = 100. Typed from memory and so an
# assumption, within about one per cent: check against the current release before relying on it.
SOURCE = "HM Treasury GDP deflators at market prices (recalled; check against the current release)"
GDP_DEFLATOR: dict[int, float] = {
    2009: 69.5,
    2010: 70.7,
    2011: 71.8,
    2012: 73.3,
    2013: 74.7,
    2014: 75.7,
    2015: 76.3,
    2016: 78.0,
    2017: 79.3,
    2018: 80.9,
    2019: 82.9,
    2020: 87.5,
    2021: 88.1,
    2022: 94.2,
    2023: 100.0,
    2024: 103.9,
    2025: 106.8,
}


def inflate(gbp: float, from_year: int, to_year: int) -> float:
    """Return pounds of ``from_year`` in pounds of ``to_year``; KeyError for a year outside the table.

    >>> round(inflate(100.0, 2013, 2023), 1)
    133.9
    """
    return gbp * GDP_DEFLATOR[to_year] / GDP_DEFLATOR[from_year]
