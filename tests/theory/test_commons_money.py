"""The money of an estate held against theory: prices, wages, returns, ruin, condition, repairs, givers.

Seed, replicates and margins were written before the kernel was run: seed 20261124, replicates numbered from 0, 20,000
of them for the kernel. A mean over replicates is equivalent to its exact value if its whole 99 % interval lies within
the margin stated beside it (relative to the exact value; absolute for a correlation). The plain twin is slow: where the
kernel is missing it runs 60 replicates, and a mean only has to lie within FURTHEST = 4 of its standard errors.
"""

import math
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import pytest

from remit.kernel.commons.estate_layout import COUNCIL, GRANTS, USERS, EstatePlan, Year
from theory.equivalence import Estimate, hold_against, ratio
from twin.commons_worlds import make_estate
from twin.estate_twin import run_estate_twin

SEED = 20261124
KERNEL = find_spec("remit.kernel.commons.estate") is not None
RUNS = 20_000 if KERNEL else 60
FURTHEST = 4.0
SMALL = 1e-9
ECONOMY = {
    "INFLATION_MEAN": 0.025,
    "INFLATION_PHI": 0.6,
    "INFLATION_SIGMA": 0.015,
    "INFLATION_START": 0.06,
    "WAGE_MEAN": 0.01,
    "WAGE_PHI": 0.4,
    "WAGE_SIGMA": 0.02,
    "WAGE_WITH": -0.5,
    "RETURN_MEAN": 0.03,
    "RETURN_SIGMA": 0.15,
    "RETURN_WITH": -0.3,
}


@dataclass(frozen=True)
class Ran:
    """What replicates of an estate leave behind."""

    years: np.ndarray  # (R, Y, columns)
    ends: np.ndarray  # (R, 2)

    def of(self, column: Year) -> np.ndarray:
        return self.years[:, :, column]


def ran(plan: EstatePlan, years: int, runs: int = RUNS) -> Ran:
    """Run an estate on the kernel, or on the twin where there is none."""
    if KERNEL:
        from remit.kernel.commons.estate import run_estate

        tape = run_estate(plan, 52 * years, SEED, np.arange(runs))
        return Ran(tape.years, tape.ends)
    told = [run_estate_twin(plan, 52 * years, SEED, luck) for luck in range(runs)]
    return Ran(np.array([t.years for t in told]), np.array([t.ends for t in told]))


def assert_mean(key: str, values: np.ndarray, exact: float, margin: float, small: float = SMALL) -> None:
    """Hold a mean over replicates against its exact value; below ``small`` the margin is ``margin x small``."""
    estimate: Estimate = ratio(values.astype(float), np.ones(len(values)))
    if KERNEL:
        line = hold_against(key, exact, estimate, margin, small)
        assert line.holds, str(line)
    else:
        assert abs(estimate.mean - exact) <= FURTHEST * estimate.error + 1e-9 * abs(exact), (
            key,
            estimate,
            exact,
        )


def assert_moments(
    key: str, values: np.ndarray, mean: float, variance: float, margins: tuple[float, float]
) -> None:
    """Hold a mean and a variance against their exact values."""
    assert_mean(f"mean of {key}", values, mean, margins[0])
    assert_mean(f"variance of {key}", (values - mean) ** 2, variance, margins[1])


def yearly_logs(means: np.ndarray) -> np.ndarray:
    """Return an index's yearly logarithms from its mean over the weeks of each year, (R, Y).

    The index starts at 1 and grows at an even rate within a year, a step at the start of each week.
    """
    weeks = np.arange(1, 53) / 52
    start, logs = np.ones(len(means)), np.zeros_like(means)
    for y in range(means.shape[1]):
        g = np.zeros(len(means))
        for _ in range(50):  # Newton: the mean of exp(g k / 52) rises with g
            powers = np.exp(np.outer(g, weeks))
            g -= (powers.mean(axis=1) - means[:, y] / start) / (powers * weeks).mean(axis=1)
        logs[:, y] = g
        start = start * np.exp(g)
    return logs


# -- the economy ----------------------------------------------------------------------------------------

YEARS = 12


@pytest.fixture(scope="module")
def economy() -> Ran:
    """A fund that is not spent, and an asset that needs one hour a week at a pound."""
    numbers = ECONOMY | {"CAPITAL": 1000.0, "FEE": 0.004, "WAGE": 1.0}
    return ran(make_estate(numbers, [], [{"HOURS": 1}]), YEARS)


def steps(phi: float, years: int) -> np.ndarray:
    """Return what a year's shock adds to the sum over the years from it on, for each of the years."""
    return (1 - phi ** np.arange(years, 0, -1)) / (1 - phi)


def test_prices_follow_an_autoregression(economy):
    inflation = yearly_logs(economy.of(Year.PRICES))
    total = inflation.sum(axis=1)
    mean, phi, sigma = 0.025, 0.6, 0.015
    carried = (0.06 - mean) * sum(phi**k for k in range(1, YEARS + 1))
    exact_mean = YEARS * mean + carried
    exact_variance = sigma**2 * float((steps(phi, YEARS) ** 2).sum())
    assert_moments("the log of prices", total, exact_mean, exact_variance, (0.02, 0.08))
    assert_mean("mean of prices", np.exp(total), math.exp(exact_mean + exact_variance / 2), 0.01)
    last = inflation[:, -1]
    assert_mean("mean of the last year", last, mean + 0.035 * phi**YEARS, 0.04)
    spread = sigma**2 * (1 - phi ** (2 * YEARS)) / (1 - phi**2)
    assert_mean("variance of the last year", (last - mean - 0.035 * phi**YEARS) ** 2, spread, 0.08)


def test_wages_and_returns_go_with_prices(economy):
    inflation = yearly_logs(economy.of(Year.PRICES))
    growth = yearly_logs(economy.of(Year.NEED) / 52) - inflation
    before = np.column_stack([np.full(len(inflation), 0.06), inflation[:, :-1]])
    a = (inflation - 0.025 - 0.6 * (before - 0.025)) / 0.015
    before = np.column_stack([np.full(len(growth), 0.01), growth[:, :-1]])
    wage = (growth - 0.01 - 0.4 * (before - 0.01)) / 0.02
    factor = 1.0 + economy.of(Year.RETURNS)[:, 1:] / economy.of(Year.FUND)[:, :-1]
    earned = (np.log(factor) + 0.004 - inflation[:, :-1] - 0.03) / 0.15
    for key, shocks, with_prices in (("wages", wage, -0.5), ("returns", earned, -0.3)):
        assert_mean(f"mean shock of {key}", shocks.mean(axis=1), 0.0, 0.015, 1.0)
        assert_mean(f"spread of {key}", (shocks**2).mean(axis=1), 1.0, 0.02)
        together = (shocks * a[:, : shocks.shape[1]]).mean(axis=1)
        assert_mean(f"{key} with prices", together, with_prices, 0.02, 1.0)
    assert_mean("wages with returns", (wage[:, :-1] * earned).mean(axis=1), 0.15, 0.02, 1.0)


# -- ruin -----------------------------------------------------------------------------------------------


def lasting(fund: float, spending: float, drift: float, sigma: float, years: int, points: int) -> float:
    """Return the chance that a fund pays a fixed real spending in full at every start of ``years`` years.

    Backwards over the years: the chance from a real fund f is 0 below the spending, else the mean over the normal
    return n of the chance from ``(f - spending) exp(drift + sigma n)`` a year later. The chance is kept on an even
    grid of log f from the spending up to 6 units above it, beyond which it is taken to be 1 - a fund of 400 years'
    spending - and the mean is a trapezium sum that ends at the spending exactly, where the chance jumps.
    """
    grid = np.linspace(math.log(spending), math.log(spending) + 6.0, points)
    step = grid[1] - grid[0]
    weight = np.full(points, step)
    weight[[0, -1]] /= 2
    left = np.log(np.maximum(np.exp(grid) - spending, 1e-300))
    z = (grid[None, :] - left[:, None] - drift) / sigma
    move = np.exp(-(z**2) / 2) / (sigma * math.sqrt(2 * math.pi)) * weight
    beyond = np.array([math.erfc(x / math.sqrt(2)) / 2 for x in z[:, -1]])
    chance = np.ones(points)
    for _ in range(years - 2):
        chance = move @ chance + beyond
    at = (grid - math.log(fund - spending) - drift) / sigma
    last = np.exp(-(at**2) / 2) / (sigma * math.sqrt(2 * math.pi)) * weight
    return float(last @ chance + math.erfc(at[-1] / math.sqrt(2)) / 2)


CAPITAL, SPENDING, LONG = 100.0, 4.0, 40


def test_the_exact_ruin_is_exact():
    coarse, fine = (lasting(CAPITAL, SPENDING, 0.024, 0.15, LONG, n) for n in (801, 1601))
    assert coarse == pytest.approx(fine, abs=1e-5)
    # two years, by hand: the fund pays twice if (100 - 60) exp(0.02 + 0.5 n) >= 60
    by_hand = math.erfc((math.log(60 / 40) - 0.02) / 0.5 / math.sqrt(2)) / 2
    assert lasting(100.0, 60.0, 0.02, 0.5, 2, 2001) == pytest.approx(by_hand, abs=1e-6)
    sure = lasting(100.0, 2.0, 0.05, 1e-1, 10, 801)
    assert sure == pytest.approx(1.0, abs=1e-6)


def test_an_endowment_runs_dry_as_often_as_it_must():
    numbers = ECONOMY | {"RETURN_WITH": 0.4, "CAPITAL": CAPITAL, "RULE": 2, "SPEND": SPENDING, "FEE": 0.006}
    spent = ran(make_estate(numbers, [], []), LONG)
    # both spending and return rise with prices, so that the real fund forgets them, but for RETURN_WITH's shock
    dry = spent.of(Year.FUND)[:, -1] <= 1e-9
    exact = 1 - lasting(CAPITAL, SPENDING, 0.03 - 0.006, 0.15, LONG, 1601)
    assert 0.2 < exact < 0.8
    assert_mean("ruin of an endowment", dry, exact, 0.1)


def ruin_of_walk(start: float, mean: float, years: int) -> float:
    """Return the chance that ``start`` + Poisson(mean) - mean a year falls below 0 within the years."""
    most = int(start + mean * years + 20 * math.sqrt(mean * years)) + 20
    poisson = np.array([math.exp(-mean + n * math.log(mean) - math.lgamma(n + 1)) for n in range(most)])
    won = np.zeros(most)
    won[0] = 1.0
    for y in range(1, years + 1):
        won = np.convolve(won, poisson)[:most]
        won[start + np.arange(most) - mean * y < 0.0] = 0.0
    return 1.0 - float(won.sum())


def test_a_fair_game_ruins_an_independent_body():
    """Each year Poisson(4) grants of a pound in its first week, four pounds of fixed costs: a walk without drift."""
    grants = {"PAYER": GRANTS, "AMOUNT": 1.0, "WINS": 4.0, "LASTS": 1, "INDEX": 0}
    numbers = {"INDEPENDENT": 1, "FIXED": 4.0, "START_RESERVES": 3.5, "BORROW": 2.0}
    ruined = ran(make_estate(numbers, [grants], []), 15)
    assert_mean("ruin of a body", ruined.ends[:, 0] >= 0, ruin_of_walk(5.5, 4.0, 15), 0.1)
    # a fair game keeps its mean, counted at the year's end even by those whose year ended early
    week, lasts = ruined.ends[:, 0], ruined.ends[:, 0] < 0
    owed = ruined.of(Year.WRITTEN_OFF).sum(axis=1)
    saved = 4.0 * (51 - week % 52) / 52
    assert (owed[lasts] == 0.0).all()
    assert (owed[~lasts] > 2.0).all()
    left = np.where(lasts, ruined.of(Year.PURSE)[:, -1], -owed - saved)
    assert_mean("what a fair game leaves", left, 3.5, 0.1)


def test_the_fair_game_is_played_right():
    # one year, by hand: 0.5 - 4 + n falls below 0 with at most 3 grants
    by_hand = sum(math.exp(-4) * 4**n / math.factorial(n) for n in range(4))
    assert ruin_of_walk(0.5, 4.0, 1) == pytest.approx(by_hand)
    assert ruin_of_walk(1000.5, 4.0, 5) == pytest.approx(0.0, abs=1e-12)


# -- condition and repairs ------------------------------------------------------------------------------


@pytest.mark.parametrize("q", [0.2, 0.5, 0.85])
@pytest.mark.parametrize(("recover", "decay"), [(0.03, 0.02), (0.01, 0.05)])
def test_condition_settles_where_recovery_meets_decay(q, recover, decay):
    asset = {"MATERIALS": 100, "START": 0.9, "RECOVER": recover, "DECAY": decay}
    settled = ran(make_estate({}, [{"PAYER": COUNCIL, "AMOUNT": 5200 * q}], [asset]), 40, 1)
    exact = recover * q / (recover * q + decay * (1 - q))
    assert settled.of(Year.COVERAGE)[0] == pytest.approx(q)
    assert settled.of(Year.CONDITION)[0, -1] == pytest.approx(exact, rel=1e-4)


RATE, COST, SPREAD, WINDOW = 3.0, 200.0, 0.8, 10


@pytest.mark.parametrize("neglect", [0.0, 2.0])
def test_surprises_come_at_their_rate_and_cost(neglect):
    """What a budget of hazard was used up too much is carried over, so surprises keep their rate: a Poisson number."""
    asset = {"RATE": RATE, "COST": COST, "COST_SIGMA": SPREAD, "START": 0.6}
    numbers = {"NEGLECT": neglect, "LEAST": 1.0, "INDEPENDENT": 1}
    tape = ran(make_estate(numbers, [{"PAYER": USERS, "AMOUNT": 5000}], [asset]), WINDOW)
    mean = RATE * (1 + neglect * 0.4) * WINDOW
    came = tape.of(Year.SURPRISES).sum(axis=1)
    assert_moments("surprises", came, mean, mean, (0.01, 0.08))
    pounds = tape.of(Year.REPAIRS).sum(axis=1) + tape.of(Year.QUEUE)[:, -1]
    assert_moments("repairs", pounds, mean * COST, mean * COST**2 * math.exp(SPREAD**2), (0.02, 0.1))


# -- people ---------------------------------------------------------------------------------------------


def test_givers_come_and_go_to_a_steady_number():
    hazard, joins = 0.03, [0.2, 0.4, 0.6, 0.8, 1.0]
    people = ran(make_estate({"LAPSE": hazard}, [], [], givers=[(12, j, 52) for j in joins]), 4)
    stays, n, means = math.exp(-hazard), 60.0, []
    for _ in range(4 * 52):
        n = n * stays + sum(joins)
        means.append(n)
    exact = np.array(means).reshape(4, 52).mean(axis=1)
    for y in (0, 3):
        assert_mean(f"givers in year {y}", people.of(Year.GIVERS)[:, y], float(exact[y]), 0.01)
    assert_mean("gifts", people.of(Year.FROM_GIVERS)[:, 3], float(exact[3]) * 52, 0.01)
