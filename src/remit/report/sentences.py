"""Plain sentences that follow from the numbers; each says no more than they do."""

from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.ensemble.comparison import LEAST_SCENARIOS, Compared
from remit.mechanism.effect import load_effects
from remit.questions.drivers import Driver
from remit.report.answer import Answer
from remit.report.figures import change, error_figure, figure, many
from remit.report.settings_text import change_lines, uncosted_settings

NINE_IN_TEN = "nine futures in ten"
POINTS = " percentage points"
LUCK_OF = {"month": "a year's luck", "year": "the luck of one course"}
QUESTIONS = {"outcome.curve": "which survival curve holds"}


def verdicts(answer: Answer) -> list[str]:
    """Return what the comparison says: one sentence a design, one on rivals for the same money, one on why."""
    others = [d for d in answer.designs if d != TODAY]
    sentences = [_verdict(answer, d) for d in others]
    sentences += [_rival(answer, r) for r in answer.rivals]
    return [*sentences, *_why(answer, others)]


def _verdict(answer: Answer, design: str) -> str:
    headline, words = answer.headline, answer.outcomes.words
    row, title = answer.row(design, headline.id), answer.designs[design].title
    cost = _cost(answer, design) + _failing(answer, design)
    span = f"{change(row.low, headline)} to {change(row.high, headline)}"
    difference = f"{change(row.difference, headline)} {words.unit}"
    if row.n_scenarios == 0 or row.difference != row.difference:
        return f"{title} could not be computed: none of its runs finished."
    if row.is_same:
        return f"{title} {words.nothing}{cost}. {_reasons(answer, design)}".rstrip()
    if row.monte_carlo_error != row.monte_carlo_error:
        cost += "; its computing error is not known from one replicate"
    elif not row.is_computed_enough and not _is_wide(row):
        return (
            f"{title} differs so little from today that more replicates would be needed to see it: "
            f"{difference}, computing error {error_figure(row.monte_carlo_error, headline, 1)}{cost}."
        )
    if row.n_scenarios < LEAST_SCENARIOS:
        return (
            f"{title}: {difference} against today "
            f"in {many(row.n_scenarios, 'future')}, too few to say how sure that is{cost}."
        )
    if row.is_settled:
        told = words.better if _is_better(row, answer) else words.worse
        size = figure(abs(row.difference), headline)
        return f"{title} {told.format(size=size)} ({span} in {NINE_IN_TEN}){cost}."
    return (
        f"{title} cannot be told apart from today: {difference} on average, "
        f"{span} in {NINE_IN_TEN}; better in {_per_cent(_share_better(row, answer))} of futures{cost}."
    )


def _failing(answer: Answer, design: str) -> str:
    """Say how often the body that a design gives the service runs out of money, where one may."""
    if not answer.outcomes.lasting:
        return ""
    chance = answer.row(design, "insolvent").value
    if not chance > 0.0:
        return ""
    return f"; in {_per_cent(chance)} of runs its body runs out of money and the council has it back"


def _is_wide(row: Compared) -> bool:
    """Tell whether a difference lies on either side of none far beyond its computing error: more runs tell no more."""
    return row.low < 0.0 < row.high and row.high - row.low > 4.0 * row.monte_carlo_error


def _is_better(row: Compared, answer: Answer) -> bool:
    return (row.difference > 0) == (answer.headline.better == "up")


def _share_better(row: Compared, answer: Answer) -> float:
    return row.share_higher if answer.headline.better == "up" else row.share_lower


def _reasons(answer: Answer, design: str) -> str:
    """Say what the changed settings do here, or why nothing."""
    effects = load_effects(answer.brief.family)
    return " ".join(change_lines(answer.designs[design], answer.designs[TODAY], load_catalogue(), effects))


def _cost(answer: Answer, design: str) -> str:
    """Say what it costs the public purse more than today, with its range, and what that leaves out."""
    row = answer.row(design, "cost_public")
    if row.difference != row.difference:
        return ""
    if abs(row.difference) < 0.5:
        said = ", at no extra public cost"
    else:
        word = "more" if row.difference > 0 else "less"
        ends = sorted((abs(row.low), abs(row.high)))
        if row.low * row.high < 0.0:
            spread = f" (£{_money(-row.low)} less to £{_money(row.high)} more)"
        else:
            spread = f" (£{_money(ends[0])} to £{_money(ends[1])})"
        said = f", for about £{_money(abs(row.difference))}{spread} a year {word}"
    uncosted = uncosted_settings(
        answer.designs[design], answer.designs[TODAY], load_effects(answer.brief.family)
    )
    names = load_catalogue().variables
    left_out = ", ".join(names[v].name.lower() for v in uncosted)
    return f"{said} (what changing {left_out} costs is not counted)" if left_out else said


def _money(gbp: float) -> str:
    return f"{float(f'{gbp:.2g}'):,.0f}"


def _rival(answer: Answer, row: Compared) -> str:
    """Say how two designs of equal expected cost compare; ``row.group`` names the rival."""
    ours, theirs = answer.designs[row.design].title, answer.designs[row.group[1]].title
    headline, words = answer.headline, answer.outcomes.words
    span = f"{change(row.low, headline)} to {change(row.high, headline)} {words.unit} in {NINE_IN_TEN}"
    if row.is_settled and row.is_computed_enough:
        better, worse = (ours, theirs) if _is_better(row, answer) else (theirs, ours)
        return f"For the same expected money, “{better}” {words.beats} “{worse}” ({span})."
    return f"For the same expected money, “{ours}” and “{theirs}” cannot be told apart ({span})."


def _why(answer: Answer, others: list[str]) -> list[str]:
    clear: dict[str, Driver] = {}
    for design in others:
        for driver in answer.drivers.get(design, ()):
            if driver.is_clear:
                clear.setdefault(driver.name, driver)
    if not clear:
        n = answer.results.n_scenarios
        return [f"No single unknown stands out clearly as what moves these differences in {n} futures."]
    said = dict.fromkeys(spoken(n) + (" (assumed)" if d.is_assumption else "") for n, d in clear.items())
    names = ", ".join(list(said)[:3])
    return [
        f"What moves these differences most: {names}. Finding out about that would tell the designs apart better."
    ]


def gains_by_fifth(answer: Answer, design: str) -> str:
    """Return who gains: the most against the least deprived fifth, and whether that can be told apart."""
    headline = answer.headline
    most = answer.fifth(design, headline.id, "own_fifth", "1")
    least = answer.fifth(design, headline.id, "own_fifth", "5")
    if most is None or least is None or most.n_scenarios == 0 or least.n_scenarios == 0:
        return ""
    said = (
        f"{answer.designs[design].title}: {change(most.difference, headline)} {answer.outcomes.words.unit} in the most "
        f"deprived fifth, {change(least.difference, headline)} in the least"
    )
    if most.is_same and least.is_same:
        return f"{said}."
    apart = most.low > least.high or most.high < least.low
    return f"{said}{'' if apart else '; their ranges overlap, so who gains more cannot be told'}."


def not_knowing(answer: Answer) -> list[tuple[str, str]]:
    """Return the three kinds of not-knowing, each named and said."""
    results = answer.results
    headline, words = answer.headline, answer.outcomes.words
    told = answer.outcomes.by_id[answer.outcomes.luck]
    luck = answer.row(TODAY, told.id).year_luck
    errors = [answer.row(d, headline.id).monte_carlo_error for d in answer.designs if d != TODAY]
    worst = max(errors, default=0.0)
    computed = (
        f"Up to {error_figure(worst, headline)} {words.unit} on a difference"
        if worst == worst
        else "Not known from one replicate"
    )
    strayed = (
        f"by about {figure(luck, told)}{POINTS if told.unit == 'share' else f' {told.unit}'} either way"
        if luck == luck
        else "by more than one replicate can show"
    )
    return [
        (
            "What we do not know (the interval)",
            f"Nine in ten of {many(results.n_scenarios, 'future')}, each a draw of everything uncertain, lie within "
            "it; every design meets the same futures.",
        ),
        (
            "What we did not compute (Monte Carlo error)",
            f"{computed}, from {many(results.n_replicates, 'replicate')} a future; "
            f"more replicates shrink it, and it alone decides when to stop ({answer.stopped}).",
        ),
        (
            f"What nobody can know ({LUCK_OF[answer.outcomes.period]})",
            words.luck.format(strayed=strayed),
        ),
    ]


def spoken(name: str) -> str:
    """Return a parameter's name as words.

    >>> spoken("kinds.arrest.scene_minutes")
    'arrest: scene minutes'
    """
    if name in QUESTIONS:
        return QUESTIONS[name]
    parts = name.split(".")
    if parts[0] == "effects":
        return f"effect of {parts[1].replace('_', ' ')} on {' '.join(parts[3:]).replace('_', ' ')}".replace(
            " * ", " "
        )
    head = parts[-2] if len(parts) > 1 else ""
    return f"{head.replace('_', ' ')}: {parts[-1].replace('_', ' ')}" if head else parts[-1].replace("_", " ")


def _per_cent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
