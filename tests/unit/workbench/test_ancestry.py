from commons_answers import commons_opened
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.mechanism.effect import load_effects
from remit.mechanism.values import values_of
from remit.workbench.ancestry import of, source_lines, total, unit_of


def values():
    opened = commons_opened("estate")
    today = opened.designs[TODAY]
    return values_of(today, today, opened.brief, Scenario(), load_effects("commons"), load_catalogue())


def test_steps_are_told_in_the_unit_that_a_name_says():
    (step,) = of(values(), "streams.subsidy.end_years")
    assert step.value == 8.0
    assert step.what == "streams.subsidy.end_years (years), brief"


def test_a_share_has_no_unit_in_its_name():
    assert of(values(), "endowment.spend_share")[0].what == "endowment.spend_share, brief"


def test_a_sum_says_that_it_is_pounds():
    assert total("all of it", 5.0).what == "all of it (pounds)"


def test_a_number_that_there_is_not_has_no_unit():
    assert unit_of("nothing.at_all", "commons") is None
    assert unit_of("crowd.weeks", "commons").name == "week"


def test_each_source_is_named_once():
    opened = commons_opened("estate")
    source = next(iter(opened.brief.sources))
    quantity = next(iter(opened.brief.numbers.values()))
    from dataclasses import replace

    twice = [replace(quantity, source=source, assumption="")] * 2
    assert source_lines(opened, twice) == (f"{source}: Made up. (seen)",)
