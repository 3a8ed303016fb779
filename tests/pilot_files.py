"""Small design files of pilots, to test with."""

from remit.pilots.numbers import NUMBERS
from remit.pilots.parse import parse_pilot
from remit.pilots.protocol import Protocol

HEAD = """\
pilot: 1
id: evening-visits
title: Evening visits by a second nurse
question: Do evening visits shorten the wait for a first visit?
"""
TEAMS = (
    HEAD
    + """\
design: cluster_rct
outcome: {name: wait, kind: continuous, unit: day, better: down}
unit: team
arms:
- {id: today, title: Today's service}
- {id: evening, title: Evening visits too}
units:
  columns: [id, area, size]
  rows:
  - [a, north, 20]
  - [b, north, 31]
  - [c, south, 24]
  - [d, south, 40]
constraints: {method: blocked, block: area}
stopping: Two serious incidents in one team.
assume:
  baseline: {value: 12, unit: day, assumption: last winter's mean}
  sd: {value: 6, unit: day, assumption: last winter's}
  effect: {value: -2, unit: day, assumption: what would pay for itself}
  icc: {value: 0.05, unit: share, low: 0.01, high: 0.1, assumption: usual for such teams}
  cluster_size: {value: 30, unit: people, source: register}
sources:
  register: {cite: Register of the service}
"""
)


def pilot(text: str = TEAMS) -> Protocol:
    """Return the protocol in a text."""
    return parse_pilot(text, "pilot.yaml")


def made(design: str, kind: str = "continuous", more: str = "", **numbers: float) -> Protocol:
    """Return a pilot of a design with bare assumptions, in the unit that they are usually stated in."""
    unit = {"continuous": "day", "binary": "share", "rate": "per_person_per_year"}[kind]
    lines = []
    for name, value in numbers.items():
        stated = NUMBERS[name].unit or unit
        lines.append(f"  {name}: {{value: {value!r}, unit: {stated}, assumption: a test}}\n")
    text = (
        HEAD
        + f"design: {design}\noutcome: {{name: wait, kind: {kind}, unit: {unit}, better: down}}\nunit: unit\n"
        + "arms: [{id: today, title: Today}, {id: new, title: New}]\n"
        + more
        + ("assume:\n" + "".join(lines) if lines else "")
    )
    return pilot(text)


STEPS = "constraints: {steps: 4}\n"
EVERY = {
    "individual_rct": lambda: made("individual_rct", sd=6, effect=-2, units=200, attrition=0.1),
    "individual_shares": lambda: made("individual_rct", "binary", baseline=0.5, effect=-0.1, units=600),
    "individual_rates": lambda: made("individual_rct", "rate", baseline=1.5, effect=-0.3, units=600),
    "partially_nested": lambda: made(
        "partially_nested", sd=6, effect=-2, units=240, icc=0.05, cluster_size=10
    ),
    "cluster_rct": lambda: made("cluster_rct", sd=6, effect=-2, units=24, icc=0.05, cluster_size=30),
    "cluster_shares": lambda: made(
        "cluster_rct", "binary", baseline=0.5, effect=-0.1, units=24, icc=0.05, cluster_size=30
    ),
    "cluster_rates": lambda: made(
        "cluster_rct", "rate", baseline=1.5, effect=-0.4, units=24, rate_cv=0.2, cluster_size=30
    ),
    "stepped_wedge": lambda: made(
        "stepped_wedge", more=STEPS, sd=6, effect=-2, units=12, icc=0.05, cac=0.8, cluster_size=15
    ),
    "wedge_shares": lambda: made(
        "stepped_wedge", "binary", STEPS, baseline=0.5, effect=-0.1, units=12, icc=0.05, cluster_size=30
    ),
    "wedge_rates": lambda: made(
        "stepped_wedge", "rate", STEPS, baseline=1.5, effect=-0.4, units=12, rate_cv=0.2, cluster_size=15
    ),
    "did": lambda: made(
        "did", sd=6, effect=-4, units=30, periods_before=4, periods_after=4, baseline_correlation=0.5
    ),
    "its": lambda: made("its", sd=6, effect=-9, periods_before=24, periods_after=24, autocorrelation=0.3),
    "rdd": lambda: made("rdd", sd=6, effect=-2, units=600),
    "switchback": lambda: made("switchback", sd=6, effect=-4, units=56),
    "group_sequential": lambda: made("group_sequential", sd=6, effect=-2, units=300, looks=4, boundary=0.0),
}
