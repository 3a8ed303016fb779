"""Findings: what follows from a comparison beyond its outcomes - the law, prices below cost, who is left out."""

from collections.abc import Callable
from functools import partial

import numpy as np

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY
from remit.ensemble.question import Question
from remit.ensemble.results import Results
from remit.ground.faults import Faults
from remit.mechanism.caseload.hour import paid_hours
from remit.mechanism.caseload.lower import MARKET
from remit.mechanism.caseload.statutory import laws
from remit.mechanism.values import Values
from remit.simulate.family import family_of

SMALL = 0.005  # of the help delivered: as good as nothing
TRIFLE = 0.01  # of what the provider is paid


def findings(question: Question, results: Results) -> tuple[str, ...]:
    """Return what a reader must know beside the numbers, in plain sentences."""
    told = [f"From day {c.day} of the year: {c.why}" for c in question.brief.changes]
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
        mean = partial(_mean, results, design)
        for find in (_wage, _pay, _loss, _market, _status):
            said = find(values, mean, question.brief.price_year)
            told += [f"{one.title}: {said}"] if said else []
    return tuple(told)


Mean = Callable[[str], float]


def _mean(results: Results, design: str, column: str) -> float:
    """Return the mean of an outcome; of today's where the column is ``today.outcome``."""
    of, _, name = column.rpartition(".")
    values = results.of(of or design, name)
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else float("nan")


def _wage(values: Values, _: Mean, year: int) -> str:
    wage, law = values["provider.wage_gbp_per_hour"], laws().get(year)
    if law is None or wage >= law.wage_gbp or values["provider.oncosts_on"] < 1.0:
        return ""
    return (
        f"pay of £{wage:.2f} an hour lies under the legal minimum of £{law.wage_gbp:.2f} ({year}). It is simulated as "
        "written."
    )


def _pay(_: Values, mean: Mean, year: int) -> str:
    pay, law = mean("pay_per_hour"), laws().get(year)
    if law is None or not pay < law.wage_gbp:
        return ""
    return (
        f"over all time worked, travel between visits included, carers get £{pay:.2f} an hour on average, under the "
        f"legal minimum of £{law.wage_gbp:.2f} ({year}). Employers must pay at least that for travel too; for the "
        "self-employed it does not hold."
    )


def _loss(values: Values, mean: Mean, _: int) -> str:
    """Return what the provider loses beyond today, where that is more than a trifle of what it is paid."""
    surplus, todays = mean("surplus_provider"), mean(f"{TODAY}.surplus_provider")
    trifle = TRIFLE * mean("price") * mean("delivered_hours")
    if not surplus < min(0.0, todays - trifle):
        return ""
    loss, passed = float(f"{-surplus:.2g}"), 100.0 * values["price.pass_on_share"]
    return (
        f"the provider loses about £{loss:,.0f} a year: the price of an hour follows {passed:.0f} % of what it costs "
        f"more, and {paid_hours(values.numbers):.2f} hours are paid for each hour with a client. Without more for an "
        "hour it would cut help or hand the contract back, which is not simulated."
    )


def _market(values: Values, mean: Mean, _: int) -> str:
    if values.route != MARKET:
        return ""
    share = mean("chosen_share")
    if not share > SMALL:
        return (
            "hardly anyone finds help by choosing: no carers in reach, or none accepts. Those who look are left "
            "without, and count as undelivered."
        )
    return (
        f"{100.0 * share:.0f} % of the help delivered is found by choosing; everybody else stays with today's "
        "provider, at today's terms, and is counted here too."
    )


def _status(values: Values, _: Mean, __: int) -> str:
    if values.route != MARKET or values["platform.oncost_share"] >= 0.05:
        return ""
    return (
        "carers on the platform are taken as self-employed: no holiday, sick pay or pension from anyone, and VAT only "
        "on the commission, which holds it. If a tribunal found them workers, the platform would owe holiday and the "
        "minimum wage; if it supplied the care itself, it would have to register."
    )
