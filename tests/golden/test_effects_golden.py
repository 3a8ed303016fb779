"""Every option and band, turned one at a time from a family's today: which parameters move, from what to what.

Why it is right: each line can be read against the effects table; an option without a line, or a
number that moves, fails here. Today is the gallery's where the family has a brief there, made up where it has not.
Rewrite after a wanted change with: python tests/golden/test_effects_golden.py
"""

from pathlib import Path

import pytest

from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import FAMILIES
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY, Several
from remit.mechanism.effect import load_effects
from remit.mechanism.values import values_of
from remit.workbench.briefs import open_brief
from small_caseload import as_bought_today, small_caseload


def golden(family):
    """Return the file of a family."""
    return Path(__file__).with_name(f"effects_{family}.txt")


def brief_and_today(family):
    """Return the brief from whose today the settings are turned."""
    if family == "caseload":
        return small_caseload(), as_bought_today()
    opened = open_brief("cardiac-arrest", Path.read_text)
    return opened.brief, opened.designs[TODAY]


def lines(family):
    """Return one line for each option and band of the catalogue."""
    catalogue, effects = load_catalogue(), load_effects(family)
    brief, today = brief_and_today(family)
    base = values_of(today, today, brief, Scenario(), effects, catalogue)
    made = []
    for variable, option in catalogue.options_and_bands():
        spec = catalogue.variables[variable]
        if spec.kind == "level":
            setting = float(spec.bands[option])
        elif spec.kind == "multi":
            setting = Several(option, today.settings[variable].present)
        else:
            setting = option
        design = today.changed(**{variable: setting})
        values = values_of(design, today, brief, Scenario(), effects, catalogue)
        moved = [f"{n} {base[n]:.5g} -> {values[n]:.5g}" for n in base.numbers if base[n] != values[n]]
        moved += [f"routing {base.route} -> {values.route}"] if base.route != values.route else []
        made.append(f"{variable}={option}: {'; '.join(moved) or 'nothing'}")
    return made


@pytest.mark.parametrize("family", FAMILIES)
def test_every_option_does_what_it_did(family):
    assert lines(family) == golden(family).read_text().splitlines()


@pytest.mark.parametrize("family", FAMILIES)
def test_no_option_is_missing(family):
    named = {line.split(":")[0] for line in golden(family).read_text().splitlines()}
    assert named == {f"{v}={o}" for v, o in load_catalogue().options_and_bands()}


if __name__ == "__main__":
    for each in FAMILIES:
        golden(each).write_text("\n".join(lines(each)) + "\n")
