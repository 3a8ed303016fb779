"""Findings: what follows from a comparison beyond its outcomes - the law, prices below cost, who is left out."""

from dataclasses import dataclass

import numpy as np

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY
from remit.ensemble.comparison import compare
from remit.ensemble.question import Question
from remit.ensemble.results import Results, means_of
from remit.ground.faults import Faults
from remit.kernel.layout import Floats
from remit.mechanism.caseload.lower import MARKET, PARTNERS
from remit.mechanism.caseload.statutory import laws
from remit.mechanism.values import Values
from remit.simulate.family import family_of

SMALL = 0.005  # of the help delivered: as good as nothing
TRIFLE = 0.01  # of what the provider is paid


def findings(question: Question, results: Results) -> tuple[str, ...]:
    """Return what a reader must know beside the numbers, in plain sentences."""
    told = [
        f"From day {c.day} of the year{', only for ' + ' and '.join(c.only) if c.only else ''}: {c.why}"
        for c in question.brief.changes
    ]
    if question.brief.family != "caseload":
        return tuple(told)
    for design in results.designs:
        if design not in question.designs:
            continue
        one, today = question.designs[design], question.today
        try:
            values = (
                family_of(question.brief.family)
                .lower(one, today, question.brief, Scenario(), question.effects, question.catalogue)
                .values
            )
        except Faults:
            continue
        about = Told(results, design)
        for find in FINDERS[question.brief.measures]:
            said = find(values, about, question.brief.price_year)
            told += [f"{one.title}: {said}"] if said else []
    return tuple(told)


@dataclass(frozen=True)
class Told:
    """What came out for one design, a scenario at a time."""

    results: Results
    design: str

    @property
    def is_today(self) -> bool:
        """Whether it is today's service."""
        return self.design == TODAY

    def mean(self, column: str) -> float:
        """Return the mean of an outcome; NaN where nothing is known."""
        return _mean(self.results.of(self.design, column))

    def beyond_today(self, column: str) -> float:
        """Return the mean difference to today."""
        return _mean(self.results.of(self.design, column) - self.results.of(TODAY, column))

    def ends(self, column: str) -> tuple[float, float]:
        """Return between what an outcome lies in nine scenarios in ten."""
        row = compare(self.results, self.design, column)
        return row.value_low, row.value_high

    def share_below_none(self, column: str) -> float:
        """Return the share of scenarios in which an outcome is below 0 on average over replicates."""
        means = means_of(self.results.of(self.design, column))
        return float((means[np.isfinite(means)] < 0.0).mean()) if np.isfinite(means).any() else float("nan")


def _mean(values: Floats) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else float("nan")


def _rounded(gbp: float) -> str:
    return f"{float(f'{abs(gbp):.2g}'):,.0f}"


def balance(gbp: float) -> str:
    """Return a balance in words.

    >>> balance(-1_234_567.0), balance(1_234.0)
    ('a loss of £1,200,000', 'a surplus of £1,200')
    """
    return f"a {'loss' if gbp < 0.0 else 'surplus'} of £{_rounded(gbp)}"


def change_of(gbp: float) -> str:
    """Return in words how a price differs from today's.

    >>> change_of(1.25), change_of(0.0)
    ('£1.25 above today', 'as today')
    """
    if abs(gbp) < 0.005:
        return "as today"
    return f"£{abs(gbp):.2f} {'above' if gbp > 0.0 else 'below'} today"


def _wage(values: Values, _: Told, year: int) -> str:
    wage, law = values["provider.wage_gbp_per_hour"], laws().get(year)
    if law is None or wage >= law.wage_gbp or values["provider.oncosts_on"] < 1.0:
        return ""
    return (
        f"pay of £{wage:.2f} an hour lies under the legal minimum of £{law.wage_gbp:.2f} ({year}). It is simulated as "
        "written."
    )


def _pay(values: Values, told: Told, year: int) -> str:
    pay, law = told.mean("pay_per_hour"), laws().get(year)
    # on a platform pay is after own holiday and pension, and no minimum holds
    if law is None or values.route == MARKET or not pay < law.wage_gbp:
        return ""
    return (
        f"over all time worked, travel between visits included, carers get £{pay:.2f} an hour on average, under the "
        f"legal minimum of £{law.wage_gbp:.2f} ({year}). Employers must pay at least that for travel too."
    )


def _loss(_: Values, told: Told, __: int) -> str:
    """Return what the provider loses beyond today, where that is more than a trifle of what it is paid."""
    surplus, beyond = told.mean("surplus_provider"), told.beyond_today("surplus_provider")
    trifle = TRIFLE * told.mean("price") * told.mean("delivered_hours")
    if told.is_today or not (surplus < 0.0 and beyond < -trifle):
        return ""
    low, high = told.ends("surplus_provider")
    dearer = told.beyond_today("price")
    return (
        f"the provider makes {balance(surplus)} a year ({balance(low)} to {balance(high)} in nine futures in ten), "
        f"£{_rounded(beyond)} less than today, with the price of an hour {change_of(dearer)}. Without more for an "
        "hour it would cut help or hand the contract back, which is not simulated."
    )


def _platform_loss(values: Values, told: Told, _: int) -> str:
    if values.route != MARKET:
        return ""
    share = told.share_below_none("surplus_platform")
    if not share > 0.25:
        return ""
    return (
        f"the platform does not cover its own running costs in {100.0 * share:.0f} % of futures; who would pay the "
        "rest is not simulated."
    )


def _market(values: Values, told: Told, _: int) -> str:
    if values.route != MARKET:
        return ""
    share = told.mean("chosen_share")
    if not share > SMALL:
        return (
            "hardly anyone finds help by choosing: no carers in reach, or none accepts. Those who look are left "
            "without, and count as undelivered."
        )
    return (
        f"{100.0 * share:.0f} % of the help delivered is found by choosing; everybody else stays with today's provider "
        "at today's terms and pay, and is counted here too. Of the hours that people who choose need, "
        f"{100.0 * told.mean('undelivered_market'):.0f} % are not delivered: nobody steps in where they find no one."
    )


def _status(values: Values, _: Told, __: int) -> str:
    if values.route != MARKET:
        return ""
    some = "" if values["platform.oncost_share"] <= 0.0 else "most "
    return (
        f"{some}carers on the platform are taken as self-employed: no holiday, sick pay or pension from anyone, and "
        "VAT only on the commission, which holds it. If a tribunal found them workers, the platform would owe holiday "
        "and the minimum wage; if it supplied the care itself, it would have to register."
    )


def _neighbours(values: Values, told: Told, _: int) -> str:
    if values.route != PARTNERS:
        return ""
    idle, active = told.mean("cooks_idle"), told.mean("cooks_active")
    share = told.mean("neighbour_share")
    if not share > SMALL:
        return (
            "hardly anyone cooks for a neighbour: too few cooks, or none within reach of those who would like one. "
            "Today's service brings nearly every meal."
        )
    return (
        f"{100.0 * share:.0f} % of the meals are cooked by neighbours; today's provider brings the rest at today's "
        f"terms. Of {active:.0f} active cooks {idle:.0f} have nobody to cook for on an average week. About "
        f"{told.mean('cooks_not_reached'):.0f} people who might cook are offline and never reached."
    )


def _saving(values: Values, told: Told, _: int) -> str:
    if values.route != PARTNERS:
        return ""
    saved, platform = values["neighbours.saved_share"], told.mean("cost_platform")
    return (
        f"for each paid meal that a neighbour's replaces, {100.0 * saved:.0f} % of its price is taken as saved: an "
        f"assumption. The platform costs £{_rounded(platform)} a year, of which grants and gifts are assumed to pay "
        f"{100.0 * values['neighbours.grant_share']:.0f} %; the council pays the rest, and all of it if they end."
    )


FINDERS = {
    "caseload": (_wage, _pay, _loss, _platform_loss, _market, _status),
    "meals": (_wage, _pay, _neighbours, _saving),
}
