"""What happened in one run, event by event, in words."""

import numpy as np

from remit.kernel.caseload.layout import GRAINS
from remit.kernel.caseload.layout import Log as Weekly
from remit.kernel.commons.campaign_layout import Log as Project
from remit.kernel.layout import MINUTE_TICKS, Ints, Log

RESPONSE = {
    Log.BIRTH: "a need arises",
    Log.NOT_ARISEN: "the need does not arise in this design",
    Log.NOT_REACHED: "the person does not get through",
    Log.ASSIGN: "a crew is sent",
    Log.DIVERT: "a crew is turned round",
    Log.CLEAR: "the crew is clear",
    Log.ABANDON: "the person gives up",
    Log.COME_BACK: "the person comes back",
    Log.ON_DUTY: "a crew comes on duty",
    Log.OFF_DUTY: "a crew goes off duty",
    Log.BREAK: "a crew takes its break",
    Log.ALERT: "volunteers are alerted",
    Log.QUEUE: "the person waits in the queue",
    Log.SELF: "the need is settled without us",
    Log.POST: "the request is posted for crews to take",
}
CASELOAD = {  # what happened, and what the two numbers beside it are
    Weekly.START: ("a need arises", "client", ""),
    Weekly.NOT_ARISEN: ("the need does not arise in this design", "client", ""),
    Weekly.ASSESS: ("the person is assessed", "client", ""),
    Weekly.GRANT: ("hours are granted", "client", "hours"),
    Weekly.REVIEW: ("hours are reviewed", "client", "hours"),
    Weekly.MATCH: ("a carer begins to help", "client", "carer"),
    Weekly.LOSE: ("a carer no longer helps", "client", "carer"),
    Weekly.HIRE: ("a carer is taken on", "carer", "employer"),
    Weekly.BEGIN: ("a carer begins to work", "carer", "employer"),
    Weekly.LEAVE: ("a carer leaves", "carer", "employer"),
    Weekly.GO_TO_HOSPITAL: ("the person goes to hospital", "client", ""),
    Weekly.BACK: ("the person comes home", "client", ""),
    Weekly.MOVE: ("the person moves to residential care", "client", ""),
    Weekly.DIE: ("the person dies", "client", ""),
    Weekly.RECOVER: ("the person needs no more help", "client", ""),
    Weekly.CHANGE: ("the person's state changes", "client", ""),
    Weekly.SPLIT: ("a team splits", "team", "team"),
    Weekly.WEEK: ("the week ends: booked and delivered", "hours", "hours"),
}
PROJECTS = {  # what happened; the number beside it is pounds, where there is one
    Project.BORN: "an idea arises",
    Project.MISSED: "nobody takes it up",
    Project.HELD: "it would not end within the run",
    Project.REFUSED: "the panel refuses it",
    Project.GRANTED: "the panel grants it",
    Project.BEGINS: "a campaign or an offer begins",
    Project.SET_ASIDE: "a match is set aside",
    Project.SUCCEEDS: "the campaign succeeds",
    Project.FAILS: "the campaign fails",
    Project.SMALLER: "it is made in a smaller form",
    Project.OFFER_SUCCEEDS: "the share offer succeeds",
    Project.OFFER_FAILS: "the share offer fails",
    Project.MADE: "the project is made",
    Project.LOST: "the project never comes about",
    Project.FOLDED: "the business fails",
}
NO_EVENTS = "  Nothing is kept event by event for an estate or an uptake; the report tells their years."
_WORDS = {
    "response": {int(c): w for c, w in RESPONSE.items()},
    "caseload": {int(c): w[0] for c, w in CASELOAD.items()},
    "commons": {int(c): w for c, w in PROJECTS.items()},
}
EMPLOYERS = ("provider", "platform")


def event_lines(log: Ints, warm: int, most: int, family: str) -> list[str]:
    """Return the first events after the warm-up, one a line: when, what happened, to whom, by whom.

    Args:
        log: ``(events, 4)`` as the family's engine writes it.
        warm: the log's own time at which measuring begins: ticks or weeks.
        most: lines at most.
        family: whose engine wrote it.
    """
    log = log[log[:, 0] >= warm]
    if family == "commons" and not len(log):
        return [NO_EVENTS]
    tell = TELL[family]
    lines = [tell(row) for row in log[:most]]
    if len(log) > most:
        lines.append(f"  ... and {len(log) - most:,} more events: --events {len(log)}")
    return lines


def _tick(row: Ints) -> str:
    tick, code, person, crew = row
    day, rest = divmod(tick / MINUTE_TICKS, 1440.0)
    who = f" person {person}" if person >= 0 else ""
    by = f" crew {crew}" if crew >= 0 else ""
    return f"  day {day:3.0f} {int(rest // 60):02d}:{rest % 60:05.2f}  {RESPONSE[Log(int(code))]}{who}{by}"


def _week(row: Ints) -> str:
    week, code, a, b = (int(x) for x in row)
    words, first, second = CASELOAD[Weekly(code)]
    said = [_thing(kind, number) for kind, number in ((first, a), (second, b)) if kind]
    return f"  week {week:3d}  {words}: {', '.join(said)}"


def _project(row: Ints) -> str:
    week, code, idea, pounds = (int(x) for x in row)
    money = f", £{pounds:,}" if pounds else ""
    return f"  week {week:3d}  {PROJECTS[Project(code)]}: idea {idea}{money}"


TELL = {"response": _tick, "caseload": _week, "commons": _project}


def _thing(kind: str, number: int) -> str:
    """Return a number of the log with what it is: hours are written as grains."""
    if kind == "hours":
        return f"{number / GRAINS:.2f} hours"
    return EMPLOYERS[number] if kind == "employer" else f"{kind} {number}"


def event_counts(log: Ints, family: str) -> list[str]:
    """Return how often each kind of event happened."""
    codes, counts = np.unique(log[:, 1], return_counts=True)
    return [f"  {n:>9,}  {_WORDS[family][int(c)]}" for c, n in zip(codes, counts, strict=True)]
