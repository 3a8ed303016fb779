import math
import re

import pytest

from remit.briefs.commons_checks import check_estate
from remit.briefs.parse import parse_brief
from remit.ground.document import parse_document
from remit.ground.faults import Fault, Faults
from small_commons import MEASURES, commons, commons_text, file_of

GROWTH = "growth_per_year: {value: -0.02, unit: per_year, low: -0.04, high: 0.0,"
SPEND = "spend_share: {value: 0.035, unit: share,"
PLEDGES = "pledges: {value: 800, unit: per_100k_per_year, low: 300, high: 1500,"
NETWORK = "network_people: {value: 80, unit: people,"
POT = "pot:\n  gbp_per_year: {value: 60000,"


def faults_of(about: str, *changes: tuple[str, str]) -> list[Fault]:
    with pytest.raises(Faults) as raised:
        parse_brief(commons_text(about, *changes), file_of(about))
    return raised.value.faults


@pytest.mark.parametrize("about", MEASURES)
def test_the_small_briefs_are_sound(about):
    assert commons(about).family == "commons"


@pytest.mark.parametrize(
    ("old", "new", "what", "fix"),
    [
        ("[South Green, south, 5, green]", "[South Green, sooth, 5, green]", 'no zone "sooth"', '"south"'),
        (
            "[South Green, south, 5, green]",
            "[South Green, south, 5, gren]",
            'no kind of asset "gren"',
            '"green"',
        ),
    ],
)
def test_an_asset_stands_in_a_zone_and_is_of_a_kind(old, new, what, fix):
    (fault,) = faults_of("estate", (old, new))
    assert (fault.code, fault.place.path, fault.what) == ("BRF014", "assets.rows[3]", what)
    assert fix in fault.fix
    assert fault.place.line == 1 + commons_text("estate").split(old)[0].count("\n")


def test_a_stream_of_income_is_one_that_effects_know():
    (fault,) = faults_of("estate", ("\n  subsidy:\n", "\n  subsidies:\n"))
    assert (fault.code, fault.place.path) == ("BRF014", "streams.subsidies")
    assert '"subsidy"' in fault.fix


def test_an_estate_has_assets():
    table = re.search(r"assets:\n.*?(?=asset_kinds:)", commons_text("estate"), re.DOTALL).group()
    (fault,) = faults_of("estate", (table, ""))
    assert (fault.code, fault.place.path) == ("COM001", "assets")


def test_a_brief_about_projects_needs_no_assets():
    brief = commons("projects")
    doc = parse_document(commons_text("projects"), "b")
    assert check_estate(brief, doc) == []


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (GROWTH, GROWTH.replace("high: 0.0", "high: 0.24"), "streams.tax_grant.growth_per_year"),
        (GROWTH, GROWTH.replace("low: -0.04", "low: -0.24"), "streams.tax_grant.growth_per_year"),
        (
            "return_per_year: {value: 0.035, unit: per_year, low: 0.02, high: 0.05,",
            "return_per_year: {value: 0.035, unit: per_year, low: 0.02, high: 0.24,",
            "endowment.return_per_year",
        ),
        (
            "wage_growth_per_year: {value: 0.01,",
            "wage_growth_per_year: {value: 0.24,",
            "economy.wage_growth_per_year",
        ),
    ],
)
def test_a_rate_that_compounds_tenfold_is_nonsense(old, new, path):
    assert 0.24 * 10 > math.log(10.0) > 0.22 * 10
    (fault,) = faults_of("estate", (old, new))
    assert (fault.code, fault.place.path) == ("COM002", path)
    assert "11-fold" in fault.what
    parse_brief(commons_text("estate", (old, new.replace("0.24", "0.22"))), file_of("estate"))


def test_the_same_rate_over_fewer_years_is_sound():
    change = (GROWTH, GROWTH.replace("high: 0.0", "high: 0.24"))
    parse_brief(commons_text("estate", change, ("span: {years: 10}", "span: {years: 9}")), file_of("estate"))


@pytest.mark.parametrize(("share", "is_too_much"), [("0.05", False), ("0.06", True), ("0.29", True)])
def test_an_endowment_must_not_spend_above_its_best_return(share, is_too_much):
    """A share of the fund leaves a tenth of it after ln 10 / (share - 5 %) years, however long the run."""
    change = (SPEND, SPEND.replace("0.035", share))
    if not is_too_much:
        parse_brief(commons_text("estate", change), file_of("estate"))
        return
    (fault,) = faults_of("estate", change)
    assert (fault.code, fault.place.path) == ("COM003", "endowment.spend_share")
    assert f"after about {math.log(10.0) / (float(share) - 0.05):.0f} years" in fault.what


@pytest.mark.parametrize(("share", "is_too_much"), [("0.085", False), ("0.15", True)])
def test_a_fixed_sum_is_paid_from_what_the_fund_earns_with_inflation(share, is_too_much):
    changed = (SPEND, f"rule: {{value: 0, unit: factor, assumption: x}}\n  {SPEND.replace('0.035', share)}")
    if is_too_much:
        (fault,) = faults_of("estate", changed)
        assert fault.code == "COM003"
        assert "earns 8.5 % in pounds of the day" in fault.what
    else:
        parse_brief(commons_text("estate", changed), file_of("estate"))


def test_a_floor_above_the_best_return_is_refused_too():
    floor = "rule: {value: 2, unit: factor, assumption: x}\n  floor_share: {value: 0.5, unit: share, assumption: x}\n  "
    (fault,) = faults_of("estate", (SPEND, floor + SPEND))
    assert (fault.code, fault.place.path) == ("COM003", "endowment.floor_share")


def test_a_stream_does_not_run_down_over_longer_than_it_lasts():
    (fault,) = faults_of("estate", ("taper_years: {value: 8,", "taper_years: {value: 9,"))
    assert (fault.code, fault.place.path) == ("QTY006", "streams.subsidy.taper_years")
    assert "it runs down over 9 years and lasts 8" in fault.what


def test_friends_who_do_not_pledge_are_nobody():
    nobody = (PLEDGES, "pledges: {value: 0, unit: per_100k_per_year,")
    friends = ("friends_share: {value: 0.5,", "friends_share: {value: 0,")
    assert [f.code for f in faults_of("projects", nobody, friends)] == ["COM004"]
    nearby = ("reach_km: {value: 5,", "reach_km: {value: 0.02,")
    assert [f.code for f in faults_of("projects", nearby, friends)] == ["COM004"]


def test_somebody_must_be_able_to_pledge():
    nobody = (PLEDGES, "pledges: {value: 0, unit: per_100k_per_year,")
    lonely = (NETWORK, "network_people: {value: 0, unit: people,")
    (fault,) = faults_of("projects", nobody, lonely)
    assert (fault.code, fault.place.path) == ("COM004", "crowd.pledges")
    for one in (nobody, lonely):
        parse_brief(commons_text("projects", one), file_of("projects"))


def test_a_pot_is_no_larger_than_matches_could_use():
    # 500 ideas for 100,000 people of 25,000, each of 8000 pounds, 40 per cent of it matched
    most = 500 * 0.25 * 8000 * 0.4
    parse_brief(commons_text("projects", (POT, POT.replace("60000", f"{most:.0f}"))), file_of("projects"))
    (fault,) = faults_of("projects", (POT, POT.replace("60000", f"{most + 1:.0f}")))
    assert (fault.code, fault.place.path) == ("COM005", "pot.gbp_per_year")
    assert "£400,000" in fault.what


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("cost_least_gbp: {value: 500,", "cost_least_gbp: {value: 60001,", "projects.cost_least_gbp"),
        ("gift_least_gbp: {value: 2,", "gift_least_gbp: {value: 5001,", "crowd.gift_least_gbp"),
        ("size_least_gbp: {value: 50,", "size_least_gbp: {value: 100001,", "offer.size_least_gbp"),
    ],
)
def test_the_least_lies_under_the_most(old, new, path):
    (fault,) = faults_of("projects", (old, new))
    assert (fault.code, fault.place.path) == ("QTY006", path)
    assert "lies above" in fault.what


def test_users_never_drive_others_away():
    imitate = "imitate_per_week: {value: 0.03,"
    (fault,) = faults_of("uptake", (imitate, imitate.replace("0.03", "-0.01")))
    assert (fault.code, fault.place.path) == ("QTY006", "uptake.imitate_per_week")


@pytest.mark.parametrize("about", MEASURES)
def test_a_zone_outside_is_refused(about):
    (fault,) = faults_of(about, ("[south, South, true,", "[south, South, false,"))
    assert (fault.code, fault.place.path) == ("BRF024", "place.zones.rows[1]")


def test_only_numbers_of_an_uptake_change_on_a_date():
    change = "changes:\n  - {{day: 30, why: x, multiply: {{{}: 2}}}}\ntoday:\n"
    for about, name, codes in (
        ("uptake", "uptake.churn_per_week", []),
        ("uptake", "uptake.saved_minute", ["MEC004"]),
        ("uptake", "uptake.makers_at_start", ["MEC007"]),
        ("estate", "work.wage_gbp_per_hour", ["MEC007"]),
        ("estate", "uptake.churn_per_week", ["MEC007"]),
        ("projects", "uptake.churn_per_week", ["MEC007"]),
    ):
        changes = ("today:\n", change.format(name))
        if codes:
            assert [f.code for f in faults_of(about, changes)] == codes
        else:
            assert commons(about, changes).changes[0].day == 30
