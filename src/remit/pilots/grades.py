"""Grades of evidence on named scales, each with its version: who gave it and why stands beside it.

Scales disagree, so a grade never travels without its scale: What Works Growth puts a difference in differences at 3
of Maryland's five, others at 4.
"""

from dataclasses import dataclass

SCALES: dict[str, tuple[int, int, str]] = {
    "maryland": (
        1,
        5,
        "Maryland scientific methods: 1 before and after, 3 with a comparison, 5 chance allocated",
    ),
    "nesta": (1, 5, "Nesta 2012: 1 a clear account, 3 cause shown, 5 at scale elsewhere"),
    "eef": (0, 5, "EEF padlocks: design, size and loss of people; 5 very high"),
    "grade": (1, 4, "GRADE: 1 very low to 4 high"),
    "remit": (
        1,
        4,
        "As in briefs: 4 (A) law or definition, 3 (B) reviewed or official, 2 (C) practice, 1 (D) own",
    ),
}
MARYLAND_OF = {
    "individual_rct": 5,
    "cluster_rct": 5,
    "partially_nested": 5,
    "stepped_wedge": 5,
    "group_sequential": 5,
    "switchback": 5,
    "rdd": 4,
    "did": 3,
    "its": 2,
}
MARYLAND_VERSION = "What Works Growth"
MOST_LOST = 0.2  # a trial that lost more people than this falls by one


@dataclass(frozen=True)
class Grade:
    """One grade: on which scale, which version of it, by whom, and why."""

    scale: str
    version: str
    grade: int
    rater: str
    reason: str

    @property
    def is_known(self) -> bool:
        """Whether the scale is one of ours and has such a grade."""
        return self.scale in SCALES and SCALES[self.scale][0] <= self.grade <= SCALES[self.scale][1]

    @property
    def height(self) -> float:
        """The grade as a share of the way from the scale's lowest to its highest.

        >>> Grade("maryland", "", 3, "", "").height
        0.5
        """
        low, high, _ = SCALES[self.scale]
        return (self.grade - low) / (high - low)


def by_design(design: str, lost_share: float) -> Grade | None:
    """Return Maryland's grade as far as it can be read off a design; None where the design says nothing.

    >>> by_design("cluster_rct", 0.3).grade
    4
    """
    grade = MARYLAND_OF.get(design)
    if grade is None:
        return None
    reason = f"by its design ({design})"
    if lost_share > MOST_LOST and grade > 1:
        grade -= 1
        reason += f", one less since {100 * lost_share:.0f} in 100 outcomes are missing"
    return Grade("maryland", MARYLAND_VERSION, grade, "read off the design", reason)
