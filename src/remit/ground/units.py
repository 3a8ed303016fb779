"""The closed vocabulary of units: every unit has a dimension and a factor to its canonical unit."""

from typing import NamedTuple

from remit.ground.faults import nearest


class Unit(NamedTuple):
    """A unit: what it measures, and how many canonical units one of it is."""

    name: str
    dimension: str
    factor: float
    words: str


_TABLE = """
minute time 1 minutes
second time 0.016666666666666666 seconds
hour time 60 hours
day time 1440 days
week time 10080 weeks
month time 43800 months
year time 525600 years
m length 1 metres
km length 1000 kilometres
mile length 1609.344 miles
km2 area 1 square kilometres
ha area 0.01 hectares
m_per_minute speed 1 metres a minute
m_per_s speed 60 metres a second
km_per_hour speed 16.666666666666668 kilometres an hour
mph speed 26.8224 miles an hour
share share 1 share
percent share 0.01 per cent
factor factor 1 times
index factor 1 (index)
odds_ratio factor 1 (odds ratio)
logit logit 1 log odds
logit_per_minute logit_slope 1 log odds a minute
share_per_minute share_slope 1 a minute
percent_per_minute share_slope 0.01 percentage points a minute
per_100k_per_year incidence 1 per 100,000 people a year
per_1000_per_year incidence 100 per 1,000 people a year
per_person_per_year incidence 100000 per person a year
per_year rate 1 a year
per_month rate 12 a month
per_week rate 52.142857142857146 a week
per_day rate 365 a day
per_km2 density 1 per square kilometre
people count 1 people
number count 1 in number
crews count 1 crews
alerts count 1 alerts
incidents count 1 incidents
lives count 1 lives
point score 1 points
per_alert per_alert 1 per alert
gbp money 1 pounds
gbp_thousand money 1000 thousand pounds
gbp_million money 1000000 million pounds
gbp_per_year money_rate 1 pounds a year
gbp_thousand_per_year money_rate 1000 thousand pounds a year
gbp_million_per_year money_rate 1000000 million pounds a year
gbp_per_hour money_per_hour 1 pounds an hour
gbp_per_call money_per_call 1 pounds a call
gbp_per_km money_per_length 1 pounds a kilometre
gbp_per_mile money_per_length 0.6213711922373339 pounds a mile
"""


def _read(table: str) -> dict[str, Unit]:
    units = {}
    for line in table.strip().splitlines():
        name, dimension, factor, words = line.split(" ", 3)
        units[name] = Unit(name, dimension, float(factor), words)
    return units


UNITS = _read(_TABLE)
CANONICAL = {u.dimension: u.name for u in reversed(UNITS.values()) if u.factor == 1.0}
PLURALS = {
    f"{name}s": name for name in ("minute", "second", "hour", "day", "week", "month", "year", "mile", "point")
}
MONEY = frozenset(u.name for u in UNITS.values() if u.dimension.startswith("money"))


def find_unit(name: str) -> Unit | None:
    """Return the unit of that name (a plural of time or distance will do), or None.

    >>> find_unit("minutes").factor, find_unit("percent").dimension
    (1.0, 'share')
    """
    return UNITS.get(PLURALS.get(name, name))


READABLE = {"time": ("minute", "hour", "week", "year"), "length": ("m", "km")}  # from small to large


def readable(value: float, unit: str) -> str:
    """Return a number of a canonical unit in the largest usual unit of which it is at least one and a half.

    >>> readable(20160.0, "minute"), readable(0.2, "share")
    ('2 weeks', '0.2')
    >>> readable(140000.0, "gbp_per_year")
    '140,000'
    """
    spec = UNITS.get(unit)
    usual = READABLE.get(spec.dimension) if spec else None
    if spec is None or usual is None:
        return f"{float(f'{value:.3g}'):,.10g}"
    best = max(
        (UNITS[n] for n in usual if abs(value) >= 1.5 * UNITS[n].factor), key=lambda u: u.factor, default=spec
    )
    return f"{float(f'{value * spec.factor / best.factor:.3g}'):,.10g} {best.words}"


def nearest_unit(name: str, dimension: str | None = None) -> str:
    """Return advice on what was meant: near names, or those of the wanted dimension."""
    if dimension is None:
        advice = nearest(name.replace(" ", "_"), list(UNITS))
        if not advice and name.startswith("per"):
            advice = "Rates need a unit of time: per_day, per_week, per_year, per_100k_per_year."
        return advice
    return "Use one of: " + ", ".join(u.name for u in UNITS.values() if u.dimension == dimension) + "."
