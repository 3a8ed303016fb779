"""Small plans of estates in which nothing moves unless a test asks for it, and pounds that must add up."""

import numpy as np

from remit.kernel.commons.estate import run_estate
from remit.kernel.commons.estate_layout import (
    COUNCIL,
    Asset,
    EstatePlan,
    EstateTape,
    Income,
    Scalar,
    Year,
)

STILL = {  # a body of its own without income, work or prices that move
    Scalar.INDEPENDENT: 1.0,
    Scalar.BORROW: 1e12,
    Scalar.WAGE: 20.0,
    Scalar.AVERAGE: 1.0,
}
STREAM = {
    Income.ON: 1.0,
    Income.PAYER: COUNCIL,
    Income.AMOUNT: 5200.0,
    Income.END: np.inf,
    Income.RENEW: 1.0,
    Income.LASTS: 52.0,
}
ASSET = {Asset.SIZE: 1.0, Asset.START: 1.0}
INCOMES = (
    Year.FROM_COUNCIL,
    Year.FROM_GIVERS,
    Year.FROM_USERS,
    Year.FROM_BUSINESSES,
    Year.FROM_GRANTS,
    Year.FROM_FUND,
    Year.WRITTEN_OFF,
)
COSTS = (
    Year.RAISING,
    Year.FIXED,
    Year.ROUTINE,
    Year.SUPERVISION,
    Year.REPAIRS,
    Year.INTEREST,
    Year.BACK,
    Year.STEP_IN,
    Year.TO_FUND,
)


def stream(**changed: float) -> dict[Income, float]:
    """Return a stream of 100 pounds a week from the council, changed."""
    return STREAM | {Income[name]: value for name, value in changed.items()}


def asset(**changed: float) -> dict[Asset, float]:
    """Return an asset that needs nothing, changed."""
    return ASSET | {Asset[name]: value for name, value in changed.items()}


def make_estate(
    *streams: dict[Income, float],
    assets: tuple[dict[Asset, float], ...] = (ASSET,),
    givers: object = 0.0,
    volunteers: object = 0.0,
    **scalars: float,
) -> EstatePlan:
    """Return a plan: STILL with some of its numbers changed.

    Args:
        streams: as of ``stream``.
        assets: as of ``asset``.
        givers: rows of people, joining a week and pounds a year, or one row for all fifths.
        volunteers: rows of people and joining a week.
        scalars: by name.
    """
    row = np.zeros(len(Scalar))
    for column, value in (STILL | {Scalar[name]: value for name, value in scalars.items()}).items():
        row[column] = value
    table = np.zeros((len(streams), len(Income)))
    for i, one in enumerate(streams):
        for column, value in one.items():
            table[i, column] = value
    things = np.zeros((len(assets), len(Asset)))
    for i, thing in enumerate(assets):
        for part, value in thing.items():
            things[i, part] = value
    share = np.tile(things[:, :1] / things[:, 0].sum(), (1, 5))
    return EstatePlan(
        scalars=row,
        streams=table,
        assets=things,
        givers=np.broadcast_to(np.asarray(givers, float), (5, 3)).copy(),
        volunteers=np.broadcast_to(np.asarray(volunteers, float), (5, 2)).copy(),
        volunteer_share=share,
    )


def run_one(plan: EstatePlan, years: int = 1, luck: int = 1) -> np.ndarray:
    """Return ``(Y, len(Year))`` of one run."""
    return run_estate(plan, 52 * years, 20240711, np.array([luck])).years[0]


def busy_estate(**changed: float) -> EstatePlan:
    """Return a plan in which everything moves: prices, shocks, a fund, gifts, volunteers, repairs, debts."""
    numbers = {
        "INFLATION_MEAN": 0.03,
        "INFLATION_PHI": 0.5,
        "INFLATION_SIGMA": 0.02,
        "INFLATION_START": 0.08,
        "WAGE_MEAN": 0.01,
        "WAGE_PHI": 0.3,
        "WAGE_SIGMA": 0.01,
        "WAGE_WITH": -0.5,
        "RETURN_MEAN": 0.03,
        "RETURN_SIGMA": 0.15,
        "RETURN_WITH": -0.2,
        "START_RESERVES": 20_000.0,
        "FIXED": 30_000.0,
        "LEAST": 0.5,
        "OPTIMISM": 0.1,
        "KEEP": 0.05,
        "DRAW": 0.5,
        "PROVISION": 5000.0,
        "HOLD": 1000.0,
        "CARRY": 0.05,
        "BORROW": 15_000.0,
        "INTEREST": 0.08,
        "GUARANTEE": 0.6,
        "STEP_IN": 30_000.0,
        "FALLBACK": 90_000.0,
        "FALLBACK_GROWTH": -0.02,
        "FALLBACK_INDEX": 1.0,
        "FALLBACK_LEAST": 0.3,
        "FALLBACK_FIXED": 12_000.0,
        "OPEN_WEIGHT": 0.1,
        "NEGLECT": 1.0,
        "CAPITAL": 500_000.0,
        "RULE": 1.0,
        "SPEND": 0.04,
        "AVERAGE": 3.0,
        "FEE": 0.005,
        "LAPSE": 0.01,
        "GIFT_INDEX": 0.5,
        "TO_FUND": 0.3,
        "GIVERS_RAISING": 0.2,
        "VOLUNTEER_LAPSE": 0.01,
        "VOLUNTEER_HOURS": 1.5,
        "VOLUNTEER_WORTH": 0.5,
        "SUPERVISION": 3.0,
    }
    return make_estate(
        stream(AMOUNT=60_000.0, TAPER=104.0, END=208.0, INDEX=0.0),
        stream(PAYER=2.0, AMOUNT=40_000.0, RAMP=52.0, SIGMA=0.3, PHI=0.5, LOOKS=0.5, INDEX=1.0, STAYS=1.0),
        stream(PAYER=3.0, AMOUNT=8000.0, RENEW=0.8, RAISING=0.1, CAP=7000.0),
        stream(PAYER=4.0, AMOUNT=20_000.0, WINS=0.7, LASTS=90.5, RAISING=0.05),
        assets=(
            asset(
                SIZE=3.0,
                HOURS=60.0,
                MATERIALS=100.0,
                START=0.8,
                RECOVER=0.015,
                DECAY=0.01,
                RATE=1.5,
                COST=4000.0,
                COST_SIGMA=0.8,
                PERIODIC=15_000.0,
                PERIOD=130.0,
                FIRST_DUE=20.0,
            ),
            asset(SIZE=1.0, HOURS=20.0, START=1.0, RECOVER=0.02, DECAY=0.02, RATE=0.5, COST=1000.0),
        ),
        givers=[20.0, 0.3, 50.0],
        volunteers=[3.0, 0.1],
        **(numbers | changed),
    )


def purse_gap(tape: EstateTape, reserves: float) -> np.ndarray:
    """Return ``(R, Y)`` pounds by which a year's income and costs miss the move of the purse."""
    years = tape.years
    before = np.concatenate([np.full((len(years), 1), reserves), years[:, :-1, Year.PURSE]], axis=1)
    moved = years[:, :, list(INCOMES)].sum(2) - years[:, :, list(COSTS)].sum(2)
    return years[:, :, Year.PURSE] - before - moved


def fund_gap(tape: EstateTape, capital: float) -> np.ndarray:
    """Return ``(R, Y)`` pounds by which returns, gifts and spending miss the move of the fund."""
    years = tape.years
    before = np.concatenate([np.full((len(years), 1), capital), years[:, :-1, Year.FUND]], axis=1)
    moved = years[:, :, Year.RETURNS] + years[:, :, Year.TO_FUND] - years[:, :, Year.FROM_FUND]
    return years[:, :, Year.FUND] - before - moved
