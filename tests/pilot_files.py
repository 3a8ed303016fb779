"""Small design files of pilots, to test with."""

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
