"""Designs: the kinds of pilot that a council can run, as a table: what each suits, needs, and falls for."""

from typing import NamedTuple


class DesignKind(NamedTuple):
    """A kind of pilot."""

    id: str
    name: str
    suits: str
    needs: tuple[str, ...]  # numbers that must be assumed, whatever is measured
    by_kind: tuple[tuple[str, tuple[str, ...]], ...]  # and by the kind of outcome
    may: tuple[str, ...]  # numbers that matter where they are told
    formula: str
    variance: str  # which variance the sd or share stands for
    estimator: str
    pitfalls: str
    fewest: str  # words on how few will do
    sources: str

    def needed(self, kind: str) -> tuple[str, ...]:
        """Return the numbers that must be assumed for an outcome of that kind."""
        return self.needs + dict(self.by_kind).get(kind, ())


_PEOPLE = (("continuous", ("sd",)), ("binary", ("baseline",)), ("rate", ("baseline",)))
_TEAMS = (
    ("continuous", ("sd", "icc")),
    ("binary", ("baseline", "icc")),
    ("rate", ("baseline", "rate_cv")),
)
_ALWAYS_SD = tuple((kind, ("sd",)) for kind in ("continuous", "binary", "rate"))

_TABLE = (
    DesignKind(
        "individual_rct",
        "people allocated one by one",
        "More people want it than can have it; letters, contacts, rules of triage.",
        (),
        _PEOPLE,
        ("attrition", "baseline_correlation", "follow_up"),
        "means: noncentral t; shares: normal, pooled under no effect; rates: normal; variance x (1 - r^2)",
        "total variance within an arm",
        "difference of arms, adjusted for what was known before; permutation test",
        "People of both arms meet the same staff; some allocated to it do not take it up.",
        "any number, but see the smallest effect",
        "Borm, Fransen and Lemmens 2007",
    ),
    DesignKind(
        "partially_nested",
        "people allocated one by one, one arm served in groups",
        "The new way is delivered in groups, or by one worker to each group; today's is not.",
        ("cluster_size",),
        (("continuous", ("sd", "icc")), ("binary", ("baseline", "icc"))),
        ("attrition",),
        "variance = s^2 (1 + (m - 1) ICC) / n of the grouped arm + s^2 / n of the other; t, Satterthwaite",
        "total variance; ICC within the grouped arm",
        "difference of arms with groups as units in one of them",
        "To leave out that people share a worker makes results look surer than they are.",
        "four groups or more",
        "Roberts and Roberts 2005",
    ),
    DesignKind(
        "cluster_rct",
        "teams, wards or homes allocated whole",
        "What is tried works on a whole team or place, or would spill over between people.",
        ("cluster_size",),
        _TEAMS,
        ("cluster_size_cv", "attrition", "baseline_correlation", "cluster_correlation", "follow_up"),
        "design effect 1 + ((cv^2 + 1) m - 1) ICC, t with clusters - 2; rates: Hayes and Bennett's k, one cluster more",
        "total variance (between and within clusters); shares: p (1 - p) of each arm",
        "difference of clusters' means; permutation test within blocks",
        "Fewer than four clusters an arm; a guessed ICC; people recruited after it is known who has what.",
        "four clusters in each arm",
        "Donner and Klar; Eldridge 2006; Hayes and Bennett 1999; Teerenstra 2012",
    ),
    DesignKind(
        "stepped_wedge",
        "everybody gets it, in waves that chance decides",
        "All are to have it in the end, and not all can begin at once.",
        ("cluster_size",),
        _TEAMS,
        ("cac", "iac", "churn", "decay", "effect_sd", "cluster_size_cv", "attrition", "follow_up"),
        "generalised least squares on means of cluster and period, periods free; t with clusters - 2",
        "total variance; shares: p (1 - p) of the mean of both",
        "periods and effect by generalised least squares; permutation of who begins when",
        "Time is in the way; a constant effect is assumed; a CAC of 1 where levels wander.",
        "four units at different steps; better eight",
        "Hussey and Hughes 2007; Hooper 2016; Kasza 2020; Kenny 2022",
    ),
    DesignKind(
        "did",
        "places that change beside places that do not, before and after",
        "The roll-out was not decided by chance and several places are measured over time.",
        (),
        _ALWAYS_SD,
        ("periods_before", "periods_after", "baseline_correlation", "attrition"),
        "factor of post, did or ancova on the variance of one measurement of a place; t with places - 2",
        "variance of one measurement between places",
        "difference in differences; staggered starts each against those not yet changed",
        "Places that were moving apart anyway; few places that change; early effects before the change.",
        "few places: use a permutation over places",
        "Frison and Pocock 1992; McKenzie 2012",
    ),
    DesignKind(
        "its",
        "one place, many measurements before and after",
        "One place with a long routine record, and a change on a known day.",
        (),
        _ALWAYS_SD,
        ("periods_before", "periods_after", "autocorrelation"),
        "step and slope of a broken line by generalised least squares, AR(1); z",
        "variance of a measurement about its line",
        "broken line with correlated rests; a place that did not change beside it",
        "Anything else that happened that day; fewer than eight measurements a side; seasons.",
        "eight measurements a side, better twenty-four",
        "Zhang, Wagner and Ross-Degnan 2011",
    ),
    DesignKind(
        "rdd",
        "a score decides who is served",
        "A score or a date already decides and cannot be set aside.",
        (),
        (("continuous", ("sd",)), ("binary", ("baseline",))),
        ("design_effect", "attrition"),
        "size of people one by one x design effect (2.75 for a normal score cut at its mean); t",
        "total variance within an arm",
        "local straight lines on both sides, bias-corrected",
        "Scores that are helped over the line; it speaks only of people near the line.",
        "about three times the people of a trial by chance",
        "Goldberger 1972; Schochet 2009",
    ),
    DesignKind(
        "switchback",
        "the same place, one way or the other by stretches of time",
        "Dispatch, routing, rotas: what can be switched on and off and is forgotten quickly.",
        (),
        _ALWAYS_SD,
        ("attrition",),
        "difference of blocks of time as units, t with blocks - 2",
        "variance between blocks of time, day of the week apart",
        "difference of blocks, their first part dropped; permutation of blocks",
        "What carries over from one block to the next: a block must be longer than a queue remembers.",
        "four blocks of each way; better fourteen",
        "Bojinov, Simchi-Levi and Zhao 2023",
    ),
    DesignKind(
        "group_sequential",
        "people allocated one by one, looked at several times",
        "People come continuously and it would be wrong to go on once the answer is known.",
        ("looks",),
        _PEOPLE,
        ("boundary", "attrition", "baseline_correlation", "follow_up"),
        "chance of crossing look by look (Armitage, McPherson and Rowe), Wang-Tsiatis boundaries; z",
        "total variance within an arm",
        "difference at the look that stops, range widened for looking",
        "To look without it; outcomes that come late.",
        "looks equally far apart",
        "Wang and Tsiatis 1987; Jennison and Turnbull 2000",
    ),
)  # fmt: skip

DESIGNS = {kind.id: kind for kind in _TABLE}
