"""What the law asks of an employer of carers by year, and the trade body's build-up of an hour from it."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from remit.ground.document import parse_document

FILE = "statutory_uk.yaml"
# the parts of UKHCA's minimum price of February 2014, as shares of the hour's pay or of the whole price
TRAVEL_OF_PAY = 1.20 / 6.31
HOLIDAY_OF_WORK = 0.81 / (6.31 + 1.20)
TRAINING_OF_PAY = 0.13 / 6.31
MILEAGE_OF_PAY = 1.40 / 6.31
RUNNING_OF_PRICE = 4.10 / 15.19
PROFIT_OF_PRICE = 0.46 / 15.19
HOURS_A_YEAR = 37.0 * 52.0  # for the National Insurance threshold: an assumption, more than many carers work


@dataclass(frozen=True)
class Law:
    """The wage floor, National Insurance and pension of one financial year."""

    year: int
    wage_gbp: float
    ni_rate: float
    ni_threshold_gbp: float
    pension_share: float
    source: str


@cache
def laws() -> dict[int, Law]:
    """Return the law of each financial year in the table.

    >>> laws()[2025].wage_gbp
    12.21
    """
    text = resources.files("remit.mechanism").joinpath("data", FILE).read_text("utf-8")
    rows = parse_document(text, FILE).values
    return {int(year): Law(int(year), *row) for year, row in rows.items()}


def minimum_price(law: Law) -> dict[str, float]:
    """Return an hour's price by the trade body's method at the wage of a year, part by part, the whole last.

    Travel, holiday, training and mileage stay in the proportion to pay that they had in 2014, running costs and
    profit in their share of the price; National Insurance and pension are worked out from the year's law.
    Source: UKHCA, A Minimum Price for Homecare, February 2014 (6.31 of pay, 15.19 in all).

    >>> round(minimum_price(laws()[2014])["price"], 1)
    15.0
    """
    pay = law.wage_gbp
    travel = pay * TRAVEL_OF_PAY
    worked = pay + travel
    holiday = worked * HOLIDAY_OF_WORK
    yearly = (worked + holiday) * HOURS_A_YEAR
    ni = law.ni_rate * max(0.0, 1.0 - law.ni_threshold_gbp / yearly) * (worked + holiday)
    pension = law.pension_share * (worked + holiday)
    parts = {
        "pay": pay,
        "travel time": travel,
        "holiday": holiday,
        "National Insurance": ni,
        "pension": pension,
        "training": pay * TRAINING_OF_PAY,
        "mileage": pay * MILEAGE_OF_PAY,
    }
    price = sum(parts.values()) / (1.0 - RUNNING_OF_PRICE - PROFIT_OF_PRICE)
    return parts | {
        "running costs": price * RUNNING_OF_PRICE,
        "profit": price * PROFIT_OF_PRICE,
        "price": price,
    }
