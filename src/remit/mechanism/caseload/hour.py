"""An hour of the provider: what it costs to give, and the price that follows from that.

The parts are those of the trade body's minimum price (UKHCA 2014): pay, travel, on-costs, mileage, running costs,
surplus. Pay counts the hours that are paid for each hour with a client: time between visits where it is paid, and
hours that are promised and not filled.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from remit.mechanism.caseload.tables import MINUTES_AN_HOUR

ONCOSTS = ("holiday_share", "ni_share", "pension_share", "other_oncost_share")
CARRIED = ("holiday_share", "pension_share")  # what those carry themselves for whom nobody pays it

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Part:
    """One part of what an hour costs, in pounds, and the numbers it is made of."""

    what: str
    gbp: float
    of: tuple[str, ...]


def paid_hours(numbers: Numbers) -> float:
    """Return hours paid for each hour with a client, at today's roads and today's fill of rounds."""
    on_the_road = 1.0 + numbers["provider.travel_paid_share"] * numbers["work.usual_travel_ratio"]
    promised = numbers["provider.secure_share"] / numbers["work.usual_contact_share"]
    return max(on_the_road, promised)


def carried_share(numbers: Numbers) -> float:
    """Return holiday and pension as a share of pay: what a self-employed carer puts aside for the same."""
    return sum(numbers[f"provider.{key}"] for key in CARRIED)


def oncost_share(numbers: Numbers) -> float:
    """Return what the provider spends on an hour of pay beyond it, as a share of that pay."""
    shares = sum(numbers[f"provider.{key}"] for key in ONCOSTS)
    return (1.0 + numbers["provider.oncosts_on"] * shares) * numbers["provider.skill_cost_factor"] - 1.0


def net_of_carried(numbers: Numbers) -> float:
    """Return what is left of a pound of the provider's pay for a carer who carries holiday and pension alone."""
    return 1.0 / (1.0 + (1.0 - numbers["provider.oncosts_on"]) * carried_share(numbers))


def parts_of_hour(numbers: Numbers) -> list[Part]:
    """Return the parts of what an hour with a client costs the provider, surplus last."""
    wage, skill = numbers["provider.wage_gbp_per_hour"], numbers["provider.skill_cost_factor"]
    ratio = numbers["work.usual_travel_ratio"]
    road = wage * numbers["provider.travel_paid_share"] * ratio
    beyond = paid_hours(numbers) - 1.0 - numbers["provider.travel_paid_share"] * ratio
    promised = wage * beyond if beyond > 1e-12 else 0.0
    pay = wage + road + promised
    km = ratio * numbers["travel.km_per_hour"] * MINUTES_AN_HOUR / 1000.0
    parts = [
        Part("pay for the hour itself", wage, ("provider.wage_gbp_per_hour",)),
        Part("pay between visits", road, ("provider.travel_paid_share", "work.usual_travel_ratio")),
        Part(
            "pay for hours promised and not filled",
            promised,
            ("provider.secure_share", "work.usual_contact_share"),
        ),
        *(
            Part(
                words,
                pay * skill * numbers["provider.oncosts_on"] * numbers[f"provider.{key}"],
                (f"provider.{key}", "provider.oncosts_on"),
            )
            for key, words in zip(
                ONCOSTS,
                ("holiday", "National Insurance", "pension", "training, sick pay and the like"),
                strict=True,
            )
        ),
        Part("mix of skills", pay * (skill - 1.0), ("provider.skill_cost_factor",)),
        Part(
            "mileage",
            km * numbers["provider.mileage_gbp_per_km"],
            ("provider.mileage_gbp_per_km", "travel.km_per_hour"),
        ),
        Part("running costs", numbers["provider.overhead_gbp_per_hour"], ("provider.overhead_gbp_per_hour",)),
    ]
    cost = sum(p.gbp for p in parts)
    share = numbers["provider.surplus_share"]
    return [*parts, Part("surplus", cost * share / (1.0 - share), ("provider.surplus_share",))]


def built_up_gbp(numbers: Numbers) -> float:
    """Return what an hour would have to cost for the provider to keep its surplus."""
    return sum(p.gbp for p in parts_of_hour(numbers))


def provider_price(numbers: Numbers, todays: Numbers) -> float:
    """Return the price of an hour of the provider: today's, and the share passed on of what became dearer or cheaper.

    Args:
        numbers: of the design, on the date.
        todays: of today's service, before any dated change.
    """
    change = built_up_gbp(numbers) - built_up_gbp(todays)
    return max(0.0, numbers["price.provider_gbp_per_hour"] + numbers["price.pass_on_share"] * change)


def platform_parts(numbers: Numbers) -> list[Part]:
    """Return the parts of what an hour found by market costs: what the carer keeps, what the platform takes."""
    price = numbers["price.platform_gbp_per_hour"]
    taken = price * numbers["platform.commission_share"]
    kept = price - taken
    own = kept * (1.0 - 1.0 / (1.0 + carried_share(numbers)))
    return [
        Part("carer's pay, holiday and pension put aside", kept - own, ("price.platform_gbp_per_hour",)),
        Part("carer's own holiday and pension", own, tuple(f"provider.{key}" for key in CARRIED)),
        Part("commission, tax on it included", taken, ("platform.commission_share",)),
        Part("fee on top", price * numbers["platform.client_fee_share"], ("platform.client_fee_share",)),
    ]
