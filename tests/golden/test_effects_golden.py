"""Every option and band, turned one at a time from the gallery's today: which parameters move, from what to what.

Why it is right: each line can be read against the effects table; an option without a line, or a
number that moves, fails here. Rewrite after a wanted change with: python tests/golden/test_effects_golden.py
"""

from pathlib import Path

from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY, Several
from remit.mechanism.effect import load_effects
from remit.mechanism.values import values_of
from remit.workbench.briefs import open_brief

GOLDEN = Path(__file__).with_name("effects_response.txt")


def lines():
    """Return one line for each option and band of the catalogue."""
    catalogue, effects = load_catalogue(), load_effects("response")
    opened = open_brief("cardiac-arrest", Path.read_text)
    today = opened.designs[TODAY]
    base = values_of(today, today, opened.brief, Scenario(), effects, catalogue)
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
        values = values_of(design, today, opened.brief, Scenario(), effects, catalogue)
        moved = [f"{n} {base[n]:.5g} -> {values[n]:.5g}" for n in base.numbers if base[n] != values[n]]
        moved += [f"routing {base.route} -> {values.route}"] if base.route != values.route else []
        made.append(f"{variable}={option}: {'; '.join(moved) or 'nothing'}")
    return made


def test_every_option_does_what_it_did():
    assert lines() == GOLDEN.read_text().splitlines()


def test_no_option_is_missing():
    named = {line.split(":")[0] for line in GOLDEN.read_text().splitlines()}
    assert named == {f"{v}={o}" for v, o in load_catalogue().options_and_bands()}


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(lines()) + "\n")
