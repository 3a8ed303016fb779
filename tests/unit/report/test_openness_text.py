from remit.consistency.count import Estimate, Opened
from remit.report.openness_text import openness_lines
from remit.workbench.thinking import Openness
from small_brief import CATALOGUE

COUNTS = Openness(
    met=("own_purchase",),
    granted=(),
    six_all=776_160,
    six_met=1_065,
    six_granted=1_065,
    six_every=244_488,
    by_each=(
        Opened("risk_appetite", 2_000),
        Opened("raising_rules", 1_500),
        Opened("data_access", 1_065),
        Opened("lawful_award", 1_065),
        Opened("own_purchase", 1_065),
    ),
    all_24=8.5e18,
    all_met=Estimate(6.7e13, 1e12, 400),
    all_granted=Estimate(6.7e13, 1e12, 400),
)
GRANTED = Openness(
    **{
        **vars(COUNTS),
        "granted": ("role_willingness",),
        "six_granted": 1_600,
        "all_granted": Estimate(2.0e14, 1e13, 400),
    }
)


def words(counts, place="Small town"):
    return " ".join(" ".join(openness_lines(counts, place, CATALOGUE)).split())


def test_what_the_place_has_is_said_first():
    assert words(COUNTS).startswith("In Small town, with what it has: People may buy their own service.")
    assert "no condition" in words(Openness(**{**vars(COUNTS), "met": ()}))


def test_counts_run_from_what_is_open_to_all_there_are():
    said = words(COUNTS)
    places = [said.index(n) for n in ("1,065", "244,488", "776,160", "6.7 x 10^13", "8.5 x 10^18")]
    assert places == sorted(places)
    assert "exact" in said
    assert "estimated" in said


def test_grants_are_named_and_counted_only_when_asked_about():
    said = words(GRANTED)
    assert "Willing and able to play another role" in said
    assert "1,600" in said
    assert "2.0 x 10^14" in said
    assert "Willing and able" not in words(COUNTS)


def test_a_condition_that_opens_something_is_told_and_the_rest_are_counted():
    said = words(COUNTS)
    assert "2,000 Room to try and to be wrong (risk_appetite)" in said
    assert said.index("risk_appetite") < said.index("raising_rules")
    assert "(data_access)" not in said
    assert "other 3 " in said
    # with the grants 1,600 are open already: one that leaves fewer opens nothing more
    assert "(raising_rules)" not in words(GRANTED)


def test_it_says_that_counts_are_not_probabilities():
    assert "not probabilities" in words(COUNTS)
