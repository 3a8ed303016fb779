import pytest

from answers import answer, question
from commons_answers import commons_answer, commons_question
from remit.questions.drivers import Driver
from remit.workbench.commons_findings import commons_findings

MADE = 'assumption: "Made up."}'
DRIVER = Driver("events.gbp_per_year", 0.9, "low", 1.0, "high", 9.0, True, True)


def said(about, *names, moved=None, **options):
    given = commons_answer(about, *names, **options)
    return commons_findings(commons_question(about, *names, **options), given.results, moved or {})


def test_other_families_have_none():
    assert commons_findings(question(), answer().results, {}) == ()


def test_the_year_in_which_half_the_futures_are_insolvent_is_named():
    given = commons_answer("estate")
    words = next(w for w in said("estate") if w.startswith("Tapering"))
    chance = [float(given.results.of("tapering", "insolvent", ("year", str(y))).mean()) for y in range(1, 11)]
    half = next(y for y, c in enumerate(chance, 1) if c >= 0.5)
    assert f"by year {half} half of the futures have run out of money" in words


def test_a_council_that_cannot_fail_is_not_spoken_of():
    assert not any(w.startswith("Today") for w in said("estate"))


def test_none_within_the_horizon_is_said_so():
    rich = (("reserves_gbp: {value: 30000,", "reserves_gbp: {value: 90000000,"),)
    words = " ".join(said("estate", "tapering", changes=rich))
    assert "none of the futures runs out of money within the 10 years" in words


def test_what_would_move_it_most_is_named_with_its_standing():
    words = " ".join(said("estate", "tapering", moved={"tapering": [DRIVER]}))
    assert "What would move that most: events: gbp per year (assumed)." in words
    unsure = Driver("events.gbp_per_year", 0.2, "low", 1.0, "high", 2.0, True, False)
    assert "No single unknown stands out" in " ".join(
        said("estate", "tapering", moved={"tapering": [unsure]})
    )


def test_what_is_left_of_a_pot_and_what_roles_take_is_said():
    words = {w.partition(":")[0]: w for w in said("projects")}
    assert "every design is offered £60,000 a year" in words["Crowdfunding"]
    assert "is not used, and stays with the council" in words["Crowdfunding"]
    assert "new public roles take" in words["Matched crowdfunding"]


def test_makers_that_give_up_are_spoken_of_where_they_do():
    given = commons_answer("uptake")
    words = said("uptake")
    for design, title in (("today", "Today's service"), ("opened", "Open data")):
        share = float((given.results.of(design, "nobody_share") > 0.0).mean())
        assert any(w.startswith(title) for w in words) == (share >= 0.05)


@pytest.mark.parametrize("about", ["estate", "projects", "uptake"])
def test_every_finding_names_its_design(about):
    titles = {d.title for d in commons_question(about).designs.values()}
    assert all(w.partition(":")[0] in titles for w in said(about))


def test_capital_that_others_put_in_is_said_to_be_no_public_cost():
    words = " ".join(w for w in said("estate") if w.startswith("Endowed"))
    assert "others than the council put in £300,000 a year of capital" in words
    assert "capital" not in " ".join(w for w in said("estate") if w.startswith("Today"))


def test_what_a_fund_still_held_is_said():
    poor = (("least_coverage_share: {value: 0.6,", "least_coverage_share: {value: 1.0,"),)
    words = " ".join(w for w in said("estate", "endowed", changes=poor) if w.startswith("Endowed"))
    assert "its fund then still held about £" in words
