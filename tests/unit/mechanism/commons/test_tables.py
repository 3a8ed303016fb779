import pytest

from remit.briefs.vocabulary import spec_of, vocabulary
from remit.kernel.commons.campaign_layout import CAMPAIGN, OFFER, PANEL
from remit.kernel.commons.campaign_layout import Scalar as Campaign
from remit.kernel.commons.estate_layout import Asset, Income
from remit.kernel.commons.estate_layout import Scalar as Estate
from remit.mechanism.commons import tables
from remit.mechanism.commons.tables import told

WHOLE = 1.0
FACTORS = {  # what a number of a dimension may be multiplied by
    "time": {1.0 / 60.0, 1.0 / 10_080.0, 52.0 / 525_600.0},
    "incidence": {1.0 / 52.0 / 100_000.0},
    "rate": {WHOLE, 1.0 / 52.0},
}
UNDER = {"INCOME": "streams.events.", "ASSET": "asset_kinds.park."}
RULES = [
    (head, column, rule)
    for head in ("ESTATE", "OWN_BODY", "COUNCILS_BODY", "INCOME", "ASSET", "CAMPAIGN")
    for column, rule in getattr(tables, head).items()
]


@pytest.mark.parametrize(("head", "column", "rule"), RULES, ids=lambda x: getattr(x, "name", None))
def test_a_rule_is_about_a_number_of_the_family_and_turns_it_as_its_dimension_asks(head, column, rule):
    spec = spec_of(UNDER.get(head, "") + rule[0], "commons")
    assert rule[1] in FACTORS.get(spec.dimension, {WHOLE})


def test_what_happens_at_random_in_a_week_is_a_weekly_hazard():
    weekly = {c for _, c, rule in RULES if rule[1] == 1.0 / 52.0}
    assert weekly == {Estate.LAPSE, Estate.VOLUNTEER_LAPSE, Asset.DECAY, Campaign.FAIL}


def test_every_column_of_a_plan_is_set_by_a_table_or_by_hand():
    by_hand = {
        Estate: {
            "INDEPENDENT",
            "CAPITAL",
            "CAPITAL_PAYER",
            "SPEND",
            "FALLBACK",
            "FALLBACK_GROWTH",
            "FALLBACK_INDEX",
            "GIVERS_START",
            "VOLUNTEERS_START",
        },
        Income: {"PAYER"},
        Asset: {"SIZE", "HOURS", "MATERIALS", "RECOVER", "COST_SIGMA", "PERIOD", "FIRST_DUE"},
        Campaign: {"IDEAS", "POT", "BORN_UNTIL"},
    }
    listed = {
        Estate: {*tables.ESTATE, *tables.OWN_BODY},
        Income: set(tables.INCOME),
        Asset: set(tables.ASSET),
        Campaign: {*tables.CAMPAIGN, *tables.CAMPAIGN_SPREADS, *tables.CAMPAIGN_WEEKS},
    }
    for columns, names in by_hand.items():
        assert {c.name for c in columns} == names | {c.name for c in listed[columns]}
        assert not names & {c.name for c in listed[columns]}


def test_the_councils_body_is_told_only_what_an_own_body_is_told_too():
    assert set(tables.COUNCILS_BODY) < set(tables.OWN_BODY)
    assert not set(tables.OWN_BODY) & set(tables.ESTATE)


def test_no_number_feeds_two_columns_but_for_the_councils_own_after_hand_back():
    names = [r[0] for head, _, r in RULES if head in ("ESTATE", "OWN_BODY", "COUNCILS_BODY", "CAMPAIGN")]
    assert {n for n in names if names.count(n) > 1} == {
        "council.fixed_gbp_per_year",
        "council.least_coverage_share",
    }


def test_every_number_of_a_stream_is_used():
    keys = {p.split(".")[-1] for p in vocabulary("commons") if p.startswith("streams.")}
    assert {rule[0] for rule in tables.INCOME.values()} == keys


def test_spreads_and_whole_weeks_are_of_their_dimensions():
    assert {spec_of(n, "commons").dimension for n in tables.CAMPAIGN_SPREADS.values()} == {"factor"}
    assert {spec_of(n, "commons").dimension for n in tables.CAMPAIGN_WEEKS.values()} == {"time"}


def test_routes_are_named_in_the_engines_order():
    assert [tables.ROUTE_NAMES[r] for r in (PANEL, CAMPAIGN, OFFER)] == ["panel", "crowd", "offer"]


def test_a_year_of_a_brief_is_52_weeks_of_the_engine():
    assert told(("x", tables.WEEKS_OF_A_YEAR), {"x": 525_600.0}) == pytest.approx(52.0)
    assert told(("lapse", 0.5), {"givers.lapse": 4.0}, "givers.") == 2.0
