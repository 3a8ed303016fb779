"""Which number of a brief goes where in a plan, and into what it is turned on the way."""

from collections.abc import Mapping

from remit.kernel.commons.campaign_layout import Scalar as Campaign
from remit.kernel.commons.estate_layout import Asset, Income
from remit.kernel.commons.estate_layout import Scalar as Estate

MINUTES_AN_HOUR = 60.0
MINUTES_A_WEEK = 10_080.0
MINUTES_A_YEAR = 525_600.0
WEEKS = 52.0  # of a year of the commons engines
WEEKS_OF_A_YEAR = WEEKS / MINUTES_A_YEAR  # a time in weeks such that a year is 52 of them

Rule = tuple[str, float]  # a number, and by what it is multiplied

ESTATE: dict[Estate, Rule] = {
    Estate.INFLATION_MEAN: ("economy.inflation_per_year", 1.0),
    Estate.INFLATION_PHI: ("economy.inflation_persistence", 1.0),
    Estate.INFLATION_SIGMA: ("economy.inflation_spread_per_year", 1.0),
    Estate.INFLATION_START: ("economy.inflation_start_per_year", 1.0),
    Estate.WAGE_MEAN: ("economy.wage_growth_per_year", 1.0),
    Estate.WAGE_PHI: ("economy.wage_persistence", 1.0),
    Estate.WAGE_SIGMA: ("economy.wage_spread_per_year", 1.0),
    Estate.WAGE_WITH: ("economy.wage_with_prices", 1.0),
    Estate.RETURN_MEAN: ("endowment.return_per_year", 1.0),
    Estate.RETURN_SIGMA: ("endowment.return_spread_per_year", 1.0),
    Estate.RETURN_WITH: ("endowment.return_with_prices", 1.0),
    Estate.PROVISION: ("body.provision_gbp_per_year", 1.0),
    Estate.CARRY: ("council.carry_years", 1.0),
    Estate.BORROW: ("body.borrow_gbp", 1.0),
    Estate.INTEREST: ("body.interest_per_year", 1.0),
    Estate.GUARANTEE: ("body.guarantee_share", 1.0),
    Estate.STEP_IN: ("body.step_in_gbp", 1.0),
    Estate.FALLBACK_LEAST: ("council.least_coverage_share", 1.0),
    Estate.FALLBACK_FIXED: ("council.fixed_gbp_per_year", 1.0),
    Estate.WAGE: ("work.wage_gbp_per_hour", 1.0),
    Estate.OPEN_WEIGHT: ("work.open_weight", 1.0),
    Estate.NEGLECT: ("work.neglect_factor", 1.0),
    Estate.RULE: ("endowment.rule", 1.0),
    Estate.AVERAGE: ("endowment.average_years", 1.0),
    Estate.FLOOR: ("endowment.floor_share", 1.0),
    Estate.FEE: ("endowment.fee_per_year", 1.0),
    Estate.LAPSE: ("givers.lapse_per_year", 1.0 / WEEKS),
    Estate.GIFT_INDEX: ("givers.index_share", 1.0),
    Estate.TO_FUND: ("givers.to_fund_share", 1.0),
    Estate.GIVERS_RAISING: ("givers.raising_share", 1.0),
    Estate.VOLUNTEER_LAPSE: ("volunteers.lapse_per_year", 1.0 / WEEKS),
    Estate.VOLUNTEER_HOURS: ("volunteers.hours_per_week", 1.0 / MINUTES_AN_HOUR),
    Estate.VOLUNTEER_WORTH: ("volunteers.worth_share", 1.0),
    Estate.SUPERVISION: ("volunteers.supervision_gbp_per_hour", 1.0),
}
OWN_BODY: dict[Estate, Rule] = {  # of an independent body only
    Estate.START_RESERVES: ("body.reserves_gbp", 1.0),
    Estate.FIXED: ("body.fixed_gbp_per_year", 1.0),
    Estate.LEAST: ("body.least_coverage_share", 1.0),
    Estate.OPTIMISM: ("body.optimism", 1.0),
    Estate.KEEP: ("body.keep_years", 1.0),
    Estate.DRAW: ("body.draw_share", 1.0),
    Estate.HOLD: ("body.hold_gbp", 1.0),
}
COUNCILS_BODY: dict[Estate, Rule] = {
    Estate.FIXED: ("council.fixed_gbp_per_year", 1.0),
    Estate.LEAST: ("council.least_coverage_share", 1.0),
}
INCOME: dict[Income, Rule] = {
    Income.ON: ("on", 1.0),
    Income.AMOUNT: ("gbp_per_year", 1.0),
    Income.START: ("start_years", WEEKS_OF_A_YEAR),
    Income.END: ("end_years", WEEKS_OF_A_YEAR),
    Income.RAMP: ("ramp_years", WEEKS_OF_A_YEAR),
    Income.TAPER: ("taper_years", WEEKS_OF_A_YEAR),
    Income.GROWTH: ("growth_per_year", 1.0),
    Income.INDEX: ("index_share", 1.0),
    Income.SIGMA: ("spread_share", 1.0),
    Income.PHI: ("persistence", 1.0),
    Income.CAP: ("cap_gbp_per_year", 1.0),
    Income.LOOKS: ("condition_power", 1.0),
    Income.RENEW: ("renew_share", 1.0),
    Income.WINS: ("wins_per_year", 1.0),
    Income.LASTS: ("lasts_years", WEEKS_OF_A_YEAR),
    Income.RAISING: ("raising_share", 1.0),
    Income.STAYS: ("stays", 1.0),
}
ASSET: dict[Asset, Rule] = {  # under asset_kinds.<kind>.
    Asset.START: ("start_condition", 1.0),
    Asset.DECAY: ("decay_per_year", 1.0 / WEEKS),
    Asset.RATE: ("repairs_per_year", 1.0),
    Asset.COST: ("repair_gbp", 1.0),
    Asset.PERIODIC: ("renewal_gbp", 1.0),
}
CAMPAIGN: dict[Campaign, Rule] = {
    Campaign.COST_MEAN: ("projects.cost_gbp", 1.0),
    Campaign.COST_LEAST: ("projects.cost_least_gbp", 1.0),
    Campaign.COST_MOST: ("projects.cost_most_gbp", 1.0),
    Campaign.NETWORK_MEAN: ("projects.network_people", 1.0),
    Campaign.PANEL_ON: ("panel.on", 1.0),
    Campaign.CROWD_ON: ("crowd.on", 1.0),
    Campaign.SHARES_ON: ("offer.on", 1.0),
    Campaign.SHARES_LEAST: ("offer.least_gbp", 1.0),
    Campaign.ACCEPT: ("panel.accept_share", 1.0),
    Campaign.GRANT_MOST: ("panel.most_gbp", 1.0),
    Campaign.FEE: ("crowd.fee_share", 1.0),
    Campaign.FRIENDS: ("crowd.friends_share", 1.0),
    Campaign.EARLY: ("crowd.early_weeks", 1.0 / MINUTES_A_WEEK),
    Campaign.CROWD: ("crowd.pledges", 1.0 / WEEKS / 100_000.0),
    Campaign.MOMENTUM: ("crowd.momentum", 1.0),
    Campaign.SURGE: ("crowd.surge", 1.0),
    Campaign.GIFT_MEAN: ("crowd.gift_gbp", 1.0),
    Campaign.GIFT_LEAST: ("crowd.gift_least_gbp", 1.0),
    Campaign.GIFT_MOST: ("crowd.gift_most_gbp", 1.0),
    Campaign.OVER: ("crowd.over_factor", 1.0),
    Campaign.KEEP: ("crowd.keep", 1.0),
    Campaign.KEEP_LEAST: ("crowd.keep_least_share", 1.0),
    Campaign.MATCH_ON: ("match.on", 1.0),
    Campaign.MATCH_MOST: ("match.most_gbp", 1.0),
    Campaign.THRESHOLD: ("match.threshold_share", 1.0),
    Campaign.MATCH_RESPONSE: ("match.response", 1.0),
    Campaign.MATCH_SIZE: ("match.size", 1.0),
    Campaign.SHARE_CROWD: ("offer.pledges", 1.0 / WEEKS / 100_000.0),
    Campaign.SHARE_MEAN: ("offer.size_gbp", 1.0),
    Campaign.SHARE_SIZE_LEAST: ("offer.size_least_gbp", 1.0),
    Campaign.SHARE_SIZE_MOST: ("offer.size_most_gbp", 1.0),
    Campaign.MINIMUM: ("offer.minimum_share", 1.0),
    Campaign.SHARE_MEMBERS: ("offer.least_members", 1.0),
    Campaign.BOOSTER: ("offer.booster_share", 1.0),
    Campaign.BOOSTER_MOST: ("offer.booster_most_gbp", 1.0),
    Campaign.FAIL: ("offer.fail_per_year", 1.0 / WEEKS),
    Campaign.INTEREST: ("offer.interest_per_year", 1.0),
    Campaign.WITHDRAW: ("offer.withdraw_per_year", 1.0),
    Campaign.DELIVER: ("projects.deliver_share", 1.0),
    Campaign.LATE: ("projects.late_share", 1.0),
    Campaign.OFFICER_PANEL: ("panel.officer_gbp", 1.0),
    Campaign.OFFICER_CAMPAIGN: ("crowd.officer_gbp", 1.0),
    Campaign.OFFICER_OFFER: ("offer.officer_gbp", 1.0),
}
CAMPAIGN_SPREADS: dict[
    Campaign, str
] = {  # told as standard deviation over mean, kept as that of the logarithm
    Campaign.COST_SIGMA: "projects.cost_cv",
    Campaign.APPEAL_SIGMA: "projects.appeal_cv",
    Campaign.NETWORK_SIGMA: "projects.network_cv",
    Campaign.GIFT_SIGMA: "crowd.gift_cv",
    Campaign.SHARE_SIGMA: "offer.size_cv",
}
CAMPAIGN_WEEKS: dict[Campaign, str] = {  # whole weeks
    Campaign.LEAD: "crowd.lead_weeks",
    Campaign.WEEKS: "crowd.weeks",
    Campaign.SHARE_WEEKS: "offer.weeks",
}
ROUTE_NAMES = ("panel", "crowd", "offer")  # in the order of the engine's routes


def told(rule: Rule, numbers: Mapping[str, float], under: str = "") -> float:
    """Return what a rule makes of a brief's numbers.

    >>> told(("lapse", 0.5), {"givers.lapse": 4.0}, "givers.")
    2.0
    """
    name, factor = rule
    return numbers[under + name] * factor
