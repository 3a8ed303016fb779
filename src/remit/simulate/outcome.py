"""The outcomes of the response family: what is measured, in which unit, and which way is better."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """A measured result."""

    id: str
    name: str
    unit: str
    better: str  # up, down, or none where neither is
    meaning: str
    decimals: int = 2
    is_headline: bool = False
    by_group: bool = True
    difference_of: str = ""  # the column whose difference is told, where that is not the outcome itself


OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        "survivors",
        "Survivors a year",
        "lives a year",
        "up",
        "Summed probability of survival of everyone in the headline need. Differences also count those whose "
        "need a design prevents: they live.",
        2,
        is_headline=True,
        difference_of="lives",
    ),
    Outcome("survival", "Survival", "share", "up", "Survivors over people in the headline need.", 4),
    Outcome(
        "response_mean",
        "Urgent response, mean",
        "minutes",
        "down",
        "From the published clock's start to the crew's arrival, urgent kinds together.",
    ),
    Outcome(
        "response_p90",
        "Urgent response, nine in ten within",
        "minutes",
        "down",
        "The 90th centile of the same.",
    ),
    Outcome(
        "help_mean",
        "First trained help, mean",
        "minutes",
        "down",
        "From the call to the first crew or volunteer, headline need.",
    ),
    Outcome(
        "accepted_share",
        "An alert was accepted",
        "share",
        "up",
        "People in the headline need for whom at least one volunteer accepted.",
        4,
    ),
    Outcome(
        "volunteer_first_share",
        "A volunteer came first",
        "share",
        "up",
        "People in the headline need whom a volunteer reached before the crew.",
        4,
    ),
    Outcome(
        "not_reached_share",
        "Not reached",
        "share",
        "down",
        "People in any need whom nobody reached: turned away, gave up, or still waiting.",
        4,
    ),
    Outcome(
        "repeat_share",
        "Came back unsettled",
        "share",
        "down",
        "Requests served whose need came back (failure demand).",
        4,
    ),
    Outcome(
        "busy_share",
        "Crews busy",
        "share",
        "none",
        "Crew time on the road, on the scene and at hospital, over time on duty.",
        3,
        by_group=False,
    ),
    Outcome(
        "cost_public",
        "Cost to the public purse",
        "pounds a year",
        "down",
        "Crews, calls and public roles, less what grants pay; the place's own share.",
        0,
        by_group=False,
    ),
    Outcome(
        "unpaid_hours",
        "Unpaid hours",
        "hours a year",
        "none",
        "Time given by volunteers on accepted alerts, outside public cost.",
        1,
        by_group=False,
    ),
    Outcome(
        "survivors_drawn",
        "Survivors in one simulated year",
        "lives",
        "up",
        "Deaths drawn person by person: one year's luck, not a comparison.",
        1,
        by_group=False,
    ),
)
BY_ID = {o.id: o for o in OUTCOMES}
HEADLINE = next(o for o in OUTCOMES if o.is_headline)
