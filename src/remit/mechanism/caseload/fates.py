"""What becomes of clients: weekly hazards and growth of need from the brief's yearly rates."""

from collections.abc import Mapping

import numpy as np

from remit.kernel.caseload.layout import HOSPITAL, Floats
from remit.mechanism.caseload.tables import MINUTES_A_WEEK, WEEKS_A_YEAR

HOME = ("stable", "declining", "recovering")
TO = (*HOME, "hospital", "residential", "death", "recovered")
FACTOR = {  # which factor acts on a rate, by where it leads
    "declining": "decline",
    "recovering": "recovery",
    "recovered": "recovery",
    "hospital": "hospital",
    "residential": "residential",
    "death": "death",
}

Numbers = Mapping[str, float]


def weekly_hazards(numbers: Numbers) -> Floats:
    """Return ``(2, 4, 7)`` hazards a week: complex, from, to."""
    table = np.zeros((2, HOSPITAL + 1, len(TO)))
    for complex_needs in (0, 1):
        for a, start in enumerate(HOME):
            for b, end in enumerate(TO):
                if a == b:
                    continue
                factor = numbers[f"fate.{FACTOR[end]}_factor"] if end in FACTOR else 1.0
                if complex_needs and end in FACTOR:
                    factor *= numbers[f"fate.complex_{FACTOR[end]}_factor"]
                table[complex_needs, a, b] = numbers[f"fate.{start}_{end}_per_year"] * factor / WEEKS_A_YEAR
        table[complex_needs, HOSPITAL] = _from_hospital(numbers)
    return table


def _from_hospital(numbers: Numbers) -> Floats:
    shares = {
        "declining": numbers["fate.back_declining_share"],
        "recovering": numbers["fate.back_recovering_share"],
        "residential": numbers["fate.stay_residential_share"],
        "death": numbers["fate.stay_death_share"],
    }
    whole = sum(shares.values())
    # effects may raise a share: together they are never more than all
    scale = 1.0 / whole if whole > 1.0 else 1.0
    row = np.array([shares.get(end, 0.0) * scale for end in TO])
    row[TO.index("stable")] = max(0.0, 1.0 - float(row.sum()))
    hazard: Floats = row * MINUTES_A_WEEK / numbers["fate.stay_weeks"]
    return hazard


def weekly_growth(numbers: Numbers) -> Floats:
    """Return ``(2, 3)`` log changes of hours needed a week at home; the same with complex needs."""
    row = [numbers[f"fate.{state}_growth_per_year"] / WEEKS_A_YEAR for state in HOME]
    return np.array([row, row])


def first_states(numbers: Numbers) -> Floats:
    """Return ``(3,)`` cumulative shares of the states in which help begins."""
    declining, recovering = numbers["clients.declining_share"], numbers["clients.recovering_share"]
    return np.array([max(0.0, 1.0 - declining - recovering), max(0.0, 1.0 - recovering), 1.0])
