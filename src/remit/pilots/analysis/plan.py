"""Which estimator a protocol asks for: the one it names, else the usual one of its design and outcome."""

from remit.ground.faults import fail, nearest
from remit.pilots.protocol import Outcome, Protocol

PEOPLE = ("difference_in_means", "two_shares", "two_rates")
CLUSTERS = ("cluster_means", "cluster_means_weighted", "cluster_log_odds", "cluster_log_rates")
BLOCKS = ("blocked_means", "blocked_means_weighted", "blocked_log_odds", "blocked_log_rates")
WEDGES = ("wedge_gls",)
STAGGERED = ("staggered_simple", "staggered_cohort", "staggered_calendar")
OF_DESIGN = {
    "individual_rct": PEOPLE,
    "cluster_rct": CLUSTERS + BLOCKS,
    "stepped_wedge": WEDGES + STAGGERED,
    "did": STAGGERED,
}


def estimator_for(protocol: Protocol, outcome: Outcome) -> str:
    """Return the estimator of an outcome.

    Raises:
        Faults: PIL203 the design has no estimator here; PIL204 the protocol names one that does not fit it.
    """
    known = OF_DESIGN.get(protocol.design)
    if known is None:
        raise fail("PIL203", f'"{protocol.design}"', fix="Analysed are: " + ", ".join(OF_DESIGN) + ".")
    named = protocol.analysis.primary
    if named and named not in known:
        advice = nearest(named, known) or "Known: " + ", ".join(known) + "."
        raise fail("PIL204", f'"{named}"', path="analysis.primary", fix=advice)
    # what suits the primary outcome may not suit another: a share is not a rate
    return named if named and outcome.kind == protocol.outcome.kind else _usual(protocol, outcome)


def _usual(protocol: Protocol, outcome: Outcome) -> str:
    if protocol.design == "individual_rct":
        return {"continuous": PEOPLE[0], "binary": PEOPLE[1], "rate": PEOPLE[2]}[outcome.kind]
    if protocol.design == "cluster_rct":
        kinds = BLOCKS if protocol.constraints.method in ("blocked", "matched") else CLUSTERS
        return kinds[3] if outcome.kind == "rate" else kinds[0]
    return WEDGES[0] if protocol.design == "stepped_wedge" else STAGGERED[0]
