"""The solvers against trying everything: a space of 432 designs, under rules and conditions drawn at random.

What a clause means is written here once more, on plain words, and shares no code with the solvers or with
``remit.design.clauses``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, product
from types import MappingProxyType
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from design_spaces import CATALOGUE, CHANGES
from remit.catalogue.catalogue import Catalogue
from remit.catalogue.changes import Changes
from remit.catalogue.schema import Condition, Rule
from remit.consistency.count import count_six, estimate_all
from remit.consistency.explain import explain, is_possible
from remit.consistency.moves import linked_moves
from remit.consistency.nearest import Wish, nearest_designs
from remit.consistency.pairs import impossible_pairs
from remit.consistency.plan import Ground, plan_route
from remit.consistency.route import NoRoute, Route, RouteWish
from remit.consistency.rules import RuleBook
from remit.consistency.space import Choice, Space
from remit.consistency.verdict import check
from remit.design.design import Design, Setting, Several

many = settings(
    derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
few = settings(many, max_examples=40)

BANDS = {"minimal": 0.1, "thin": 0.5, "standard": 0.9, "rich": 1.2}  # a level inside each band of staff
OPTIONS = {
    "staff": tuple(BANDS),
    "relationship": ("hierarchical", "centralised", "open_network"),
    "power": ("senior_managers", "members", "service_users"),
    "who_involved": ("public_staff", "volunteers", "citizens"),
}
SEVERAL = "who_involved"
NAMES = tuple(OPTIONS)
Seen = dict[str, tuple[str, frozenset[str]]]  # main option or band, and all that is present


def _ways(variable: str) -> list[tuple[str, frozenset[str]]]:
    options = OPTIONS[variable]
    if variable != SEVERAL:
        return [(o, frozenset([o])) for o in options]
    beside = chain.from_iterable(combinations(options, n) for n in range(len(options)))
    return [(o, frozenset({o, *b})) for b in beside for o in options if o not in b]


EVERY: list[Seen] = [dict(zip(NAMES, ways, strict=True)) for ways in product(*(_ways(v) for v in NAMES))]


def is_true(clause: dict[str, Any], seen: Seen) -> bool:
    main, present = seen[clause["v"]]
    tests = {
        "in": lambda named: main in named,
        "main_in": lambda named: main in named,
        "not_in": lambda named: main not in named,
        "main_not_in": lambda named: main not in named,
        "has_any": lambda named: len(present & named) > 0,
        "has_none": lambda named: len(present & named) == 0,
    }
    return all(tests[key](set(named)) for key, named in clause.items() if key != "v")


def all_true(clauses: list[dict[str, Any]], seen: Seen) -> bool:
    return all(is_true(clause, seen) for clause in clauses)


# -- a drawn world -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """Rules, tensions and conditions in raw form, and the space made of them."""

    rules: dict[str, list[dict[str, Any]]]
    tensions: dict[str, list[dict[str, Any]]]
    conditions: dict[str, dict[str, Any]]
    space: Space
    changes: Changes

    @property
    def catalogue(self) -> Catalogue:
        return self.space.catalogue

    def broken(self, seen: Seen) -> list[str]:
        return [name for name, clauses in self.rules.items() if all_true(clauses, seen)]

    def needed(self, seen: Seen, today: Seen | None = None) -> set[str]:
        """Conditions needed by what is set, and where today is given by what changes."""
        found = set()
        for name, raw in self.conditions.items():
            if any(all_true(alternative, seen) for alternative in raw["required_by"]):
                found.add(name)
            moved = [] if today is None else raw["required_by_change_of"]
            if any(seen[v][0] != today[v][0] for v in moved):
                found.add(name)
        return found

    def consistent(self, granted: set[str] | None = None) -> list[Seen]:
        allowed = set(self.conditions) if granted is None else granted
        return [s for s in EVERY if not self.broken(s) and self.needed(s) <= allowed]


def space_of(
    rules: dict[str, list[dict[str, Any]]],
    tensions: dict[str, list[dict[str, Any]]],
    conditions: dict[str, dict[str, Any]],
) -> Space:
    variables = {}
    for name in NAMES:
        variable = CATALOGUE.variables[name]
        kept = {o: text for o, text in variable.options.items() if o in OPTIONS[name]}
        variables[name] = variable.model_copy(update={"options": kept, "family": "operating_model"})
    model = next(iter(CATALOGUE.conditions.values())).model_dump(exclude={"required_by"})
    known = {
        name: Condition.model_validate({**model, "id": name, "lead_months": (lead, lead), **rest})
        for name, raw in conditions.items()
        for lead, rest in [(raw["lead"], {k: v for k, v in raw.items() if k != "lead"})]
    }
    hard, soft = (
        MappingProxyType(
            {
                name: Rule.model_validate(
                    {"id": name, "kind": "logical", "forbid": clauses, "why": "So.", "sources": ("own",)}
                )
                for name, clauses in group.items()
            }
        )
        for group in (rules, tensions)
    )
    catalogue = replace(
        CATALOGUE,
        variables=MappingProxyType(variables),
        conditions=MappingProxyType(known),
        archetypes=MappingProxyType({}),
        rules=hard,
        tensions=soft,
    )
    return Space(catalogue, RuleBook(hard, MappingProxyType({}), soft))


@st.composite
def clauses(draw: Any) -> dict[str, Any]:
    variable = draw(st.sampled_from(NAMES))
    keys = ("main_in", "main_not_in", "has_any", "has_none") if variable == SEVERAL else ("in", "not_in")
    chosen = draw(st.sets(st.sampled_from(keys), min_size=1, max_size=2))
    subsets = st.lists(st.sampled_from(OPTIONS[variable]), min_size=1, max_size=3, unique=True)
    return {"v": variable, **{key: draw(subsets) for key in keys if key in chosen}}


FORBIDDEN = st.lists(clauses(), min_size=1, max_size=4)


@st.composite
def worlds(draw: Any, least: int = 1) -> World:
    rules = {f"R{i}": f for i, f in enumerate(draw(st.lists(FORBIDDEN, min_size=least, max_size=6)))}
    tensions = {f"T{i}": f for i, f in enumerate(draw(st.lists(FORBIDDEN, max_size=2)))}
    conditions = {
        f"c{i}": {
            "required_by": draw(st.lists(st.lists(clauses(), min_size=1, max_size=2), max_size=2)),
            "required_by_change_of": draw(st.lists(st.sampled_from(NAMES[1:]), max_size=1)),
            "lead": draw(st.integers(1, 5)),
        }
        for i in range(draw(st.integers(0, 2)))
    }
    takes = {
        name: CHANGES.by_variable[name].model_copy(
            update={"months": (months, months), "difficulty": draw(st.integers(1, 5))}
        )
        for name in NAMES
        for months in [draw(st.integers(1, 3))]
    }
    changes = replace(CHANGES, by_variable=MappingProxyType(takes), double_variables=(SEVERAL,))
    return World(rules, tensions, conditions, space_of(rules, tensions, conditions), changes)


CHOICES = st.lists(
    st.one_of(
        st.sampled_from(NAMES).flatmap(
            lambda v: st.builds(Choice, st.just(v), st.sampled_from(OPTIONS[v]), st.just("main"))
        ),
        st.builds(
            Choice, st.just(SEVERAL), st.sampled_from(OPTIONS[SEVERAL]), st.sampled_from(["has", "has_not"])
        ),
    ),
    max_size=4,
    unique=True,
)


def makes(seen: Seen, choice: Choice) -> bool:
    main, present = seen[choice.variable]
    if choice.kind == "main":
        return main == choice.option
    return (choice.option in present) == (choice.kind == "has")


def design_of(seen: Seen, name: str = "drawn") -> Design:
    made: dict[str, Setting] = {}
    for variable, (main, present) in seen.items():
        if variable == SEVERAL:
            made[variable] = Several(main, tuple(o for o in OPTIONS[variable] if o in present - {main}))
        else:
            made[variable] = BANDS[main] if variable == "staff" else main
    return Design(name, name, MappingProxyType(made))


def seen_of(design: Design) -> Seen:
    told: Seen = {}
    for variable, setting in design.settings.items():
        if isinstance(setting, Several):
            told[variable] = (setting.main, frozenset(setting.present))
        elif isinstance(setting, float):
            lower = CATALOGUE.variables[variable].bands
            band = [b for b, least in lower.items() if setting >= least][-1]
            told[variable] = (band, frozenset([band]))
        else:
            told[variable] = (str(setting), frozenset([str(setting)]))
    return told


# -- yes or no, how many -----------------------------------------------------------------------------


@many
@given(worlds(), CHOICES, st.sampled_from([None, (), ("c0",)]))
def test_choices_can_be_completed_just_where_some_design_makes_them(world, choices, granted):
    granted = granted if granted is None else tuple(c for c in granted if c in world.conditions)
    left = world.consistent(None if granted is None else set(granted))
    exists = any(all(makes(s, c) for c in choices) for s in left)
    assert is_possible(world.space, choices, granted) == exists


@few
@given(worlds())
def test_the_count_of_main_values_is_the_number_found_by_trying_all(world):
    for granted in (None, set(), {"c0"} & set(world.conditions)):
        found = {tuple(s[v][0] for v in NAMES) for s in world.consistent(granted)}
        assert count_six(world.space, granted) == len(found)


@few
@given(worlds())
def test_impossible_pairs_are_those_that_no_design_has(world):
    left = world.consistent()
    told = impossible_pairs(world.space)
    for one, other in combinations(NAMES, 2):
        stand = {(s[one][0], s[other][0]) for s in left}
        expected = set(product(OPTIONS[one], OPTIONS[other])) - stand
        assert set(told.impossible[one, other]) == expected


@few
@given(worlds())
def test_an_estimate_is_right_within_its_error(world):
    """Threshold fixed beforehand: five standard errors, with the seed of the default; exact where no walk differs."""
    exact = len({tuple(s[v][0] for v in NAMES) for s in world.consistent()})
    told = estimate_all(world.space, None, 300)
    assert abs(told.value - exact) <= 5 * told.standard_error + 1e-9


@many
@given(worlds(), st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_the_verdict_names_the_rules_and_conditions_found_by_reading(world, seen, today):
    told = check(design_of(seen), design_of(today), world.space.book, (), world.catalogue)
    assert [f.rule.id for f in told.broken] == world.broken(seen)
    assert [f.rule.id for f in told.tensions] == [
        name for name, forbidden in world.tensions.items() if all_true(forbidden, seen)
    ]
    assert {c.id for c in told.missing} == world.needed(seen, today)
    assert told.granted == ()
    had = check(design_of(seen), design_of(today), world.space.book, ("c0",), world.catalogue)
    assert {c.id for c in had.granted} == world.needed(seen, today) & {"c0"}
    assert {c.id for c in had.missing} == world.needed(seen, today) - {"c0"}


# -- why not -----------------------------------------------------------------------------------------


@many
@given(worlds(), CHOICES)
def test_the_clashes_told_are_all_the_smallest_ones_there_are(world, choices):
    parts = [*choices, *world.rules]

    def stands(seen, part):
        return makes(seen, part) if isinstance(part, Choice) else not all_true(world.rules[part], seen)

    fails = {frozenset(i for i, part in enumerate(parts) if not stands(seen, part)) for seen in EVERY}
    smallest: set[frozenset[int]] = set()
    for size in range(len(parts) + 1):
        tried = (frozenset(some) for some in combinations(range(len(parts)), size))
        smallest = {some for some in tried if all(some & failed for failed in fails)}
        if smallest:
            break
    told = explain(choices, world.space, 50)
    assert {frozenset(map(parts.index, (*c.choices, *(r.id for r in c.rules)))) for c in told} == smallest
    assert len(told) == len(smallest)
    assert all(c.is_proven for c in told)


# -- the nearest -------------------------------------------------------------------------------------


def distance(seen: Seen, base: Seen, changes: Changes) -> float:
    """How hard a change is: its difficulty, half of it for each further band, a fifth for an option beside."""
    total = 0.0
    for name in NAMES:
        weight = changes.by_variable[name].difficulty
        (new, now_present), (old, was_present) = seen[name], base[name]
        if name == "staff" and new != old:
            total += weight * (0.5 + 0.5 * abs(OPTIONS[name].index(new) - OPTIONS[name].index(old)))
        elif name == SEVERAL:
            total += weight * ((new != old) + len(now_present ^ was_present) / 5)
        else:
            total += weight * (new != old)
    return total


def facts(seen: Seen) -> set[tuple[str, str, bool | None]]:
    """What is main, what is present, what is absent."""
    told: set[tuple[str, str, bool | None]] = {(v, main, None) for v, (main, _) in seen.items()}
    return told | {(SEVERAL, o, o in seen[SEVERAL][1]) for o in OPTIONS[SEVERAL]}


@many
@given(worlds(), st.sampled_from(EVERY), CHOICES)
def test_no_design_is_nearer_than_the_answers_but_those_that_add_to_an_earlier_one(world, base, keep):
    left = [s for s in world.consistent() if all(makes(s, c) for c in keep)]
    answers = nearest_designs(design_of(base), Wish(keep=tuple(keep), n=4), world.space, world.changes)
    told: list[set[tuple[str, str, bool | None]]] = []
    for answer in answers:
        seen = seen_of(answer.design)
        assert seen in left
        assert answer.is_proven
        open_ones = [s for s in left if not any(done <= facts(s) - facts(base) for done in told)]
        assert seen in open_ones
        nearest = min(distance(s, base, world.changes) for s in open_ones)
        assert abs(distance(seen, base, world.changes) - nearest) < 1e-6
        told.append(facts(seen) - facts(base))
    rest = [s for s in left if not any(done <= facts(s) - facts(base) for done in told)]
    assert len(answers) == 4 or not rest


@few
@given(worlds(), st.sampled_from(EVERY))
def test_conditions_that_may_not_be_had_are_not_needed_by_an_answer(world, base):
    left = [seen for seen in world.consistent(set()) if not world.needed(seen, base)]
    answers = nearest_designs(design_of(base), Wish(granted=(), n=3), world.space, world.changes)
    assert bool(answers) == bool(left)
    assert all(seen_of(a.design) in left for a in answers)


def test_a_level_may_not_move_either_where_that_needs_a_condition_that_may_not_be_had():
    conditions = {"c0": {"required_by": [], "required_by_change_of": ["staff"], "lead": 1}}
    space = space_of({"R": [{"v": "staff", "in": ["minimal"]}]}, {}, conditions)
    assert nearest_designs(design_of(EVERY[0]), Wish(granted=()), space, CHANGES) == []
    assert nearest_designs(design_of(EVERY[0]), Wish(granted=("c0",)), space, CHANGES)


# -- on the way --------------------------------------------------------------------------------------


def half_way(start: Seen, goal: Seen, moved: frozenset[str]) -> Seen:
    return {v: goal[v] if v in moved else start[v] for v in NAMES}


def _subsets(names: frozenset[str]) -> Iterator[frozenset[str]]:
    for size in range(1, len(names) + 1):
        yield from (frozenset(some) for some in combinations(sorted(names), size))


def best_order(world: World, start: Seen, goal: Seen) -> tuple[int, int]:
    """Return the size of the largest step of the best order, and how many steps such an order has at most."""
    differ = frozenset(v for v in NAMES if start[v] != goal[v])
    best: dict[frozenset[str], set[tuple[int, int]]] = {frozenset(): {(0, 0)}}
    for moved in sorted(_subsets(differ), key=len):
        best[moved] = set()
        if world.broken(half_way(start, goal, moved)):
            continue
        for step in _subsets(moved):
            best[moved] |= {(max(big, len(step)), n + 1) for big, n in best[moved - step]}
    return min(best[differ], key=lambda b: (b[0], -b[1]))


@many
@given(worlds(least=2), st.data())
def test_linked_moves_are_as_small_and_as_many_as_can_be(world, data):
    left = world.consistent()
    assume(len(left) > 1)
    start, goal = (data.draw(st.sampled_from(left)) for _ in range(2))
    steps, is_proven = linked_moves(design_of(start), design_of(goal), world.space.book, world.catalogue)
    assert is_proven
    moved: frozenset[str] = frozenset()
    for step in steps:
        moved |= frozenset(step.variables)
        assert not world.broken(half_way(start, goal, moved))
    assert half_way(start, goal, moved) == goal
    largest = max((len(s.variables) for s in steps), default=0)
    assert (largest, len(steps)) == best_order(world, start, goal)


MONTHS, WEIGHT = 8, 10  # a route may take so long, and have so much in hand


def least_months(world: World, start: Seen, goal: Seen, refused: set[str]) -> int | None:
    """Return the shortest way by trying every month of effect for every setting; None if there is none."""
    takes = {v: round(world.changes.by_variable[v].months[0]) for v in NAMES if start[v] != goal[v]}
    weighs = {v: world.changes.by_variable[v].difficulty for v in takes}
    had = world.needed(start)
    best = None
    for effects in product(*(range(takes[v], MONTHS + 1) for v in takes)):
        at = dict(zip(takes, effects, strict=True))
        last = max(effects, default=0)
        if best is not None and last >= best:
            continue
        hands = (sum(weighs[v] for v in at if at[v] - takes[v] <= k < at[v]) for k in range(last))
        if any(hand > WEIGHT for hand in hands):
            continue
        for month in sorted({0, *effects}):
            seen = half_way(start, goal, frozenset(v for v in at if at[v] <= month))
            granted = had | {
                c for c, raw in world.conditions.items() if raw["lead"] <= month and c not in refused
            }
            if world.broken(seen) or not world.needed(seen, start) <= granted:
                break
        else:
            best = last
    return best


def is_sound(route: Route, world: World, start: Seen) -> bool:
    """Tell whether in every month no rule is broken, what is needed has been granted and no more is in hand."""
    for month in range(route.last_month + 1):
        seen = seen_of(route.transition.at(month))
        granted = world.needed(start) | {g.condition for g in route.grants if g.granted <= month}
        in_hand = [m.variable for m in route.moves if m.begin <= month < m.effect]
        if world.broken(seen) or not world.needed(seen, start) <= granted:
            return False
        if sum(world.changes.by_variable[v].difficulty for v in in_hand) > WEIGHT:
            return False
    in_time = all(m.effect - m.begin == world.changes.by_variable[m.variable].months[0] for m in route.moves)
    as_told = all(g.granted - g.begin == world.conditions[g.condition]["lead"] for g in route.grants)
    return in_time and as_told and min((m.begin for m in route.moves), default=0) >= 0


@few
@given(worlds(least=2), st.booleans(), st.data())
def test_the_fastest_route_is_the_shortest_found_by_trying_every_schedule(world, is_refused, data):
    left = world.consistent()
    assume(len(left) > 1)
    start = data.draw(st.sampled_from(left))
    goal = data.draw(st.sampled_from([s for s in left if sum(s[v] != start[v] for v in NAMES) <= 3]))
    refused = ({"c0"} & set(world.conditions)) - world.needed(start) if is_refused else set()
    met = tuple(world.needed(start))
    ground = Ground(world.space.book, met, world.catalogue, world.changes)
    wish = RouteWish(MONTHS, capacity=WEIGHT, refused=tuple(refused))
    found = plan_route(design_of(start), design_of(goal, "goal"), wish, ground)
    shortest = least_months(world, start, goal, refused)
    if shortest is None:
        assert isinstance(found, NoRoute)
    else:
        assert isinstance(found, Route)
        assert found.last_month == shortest
        assert not refused & {g.condition for g in found.grants}
        assert is_sound(found, world, start)


def test_what_is_refused_is_not_even_asked_for_on_the_way():
    """The goal needs no condition; one after the other, its two moves pass through a design that does."""
    before, after = (
        {"staff": band, "relationship": "hierarchical", "power": power, SEVERAL: "public_staff"}
        for band, power in (("standard", "senior_managers"), ("rich", "members"))
    )
    start, goal = ({v: (o, frozenset([o])) for v, o in one.items()} for one in (before, after))
    rules = {"R": [{"v": "staff", "in": ["standard"]}, {"v": "power", "in": ["members"]}]}
    passing = [{"v": "staff", "in": ["rich"]}, {"v": "power", "in": ["senior_managers"]}]
    conditions = {"c0": {"required_by": [passing], "required_by_change_of": [], "lead": 1}}
    takes = {
        name: CHANGES.by_variable[name].model_copy(update={"months": (2, 2), "difficulty": 5})
        for name in NAMES
    }
    changes = replace(CHANGES, by_variable=MappingProxyType(takes), double_variables=(SEVERAL,))
    world = World(rules, {}, conditions, space_of(rules, {}, conditions), changes)
    assert world.needed(goal) == world.needed(start) == set()
    ground = Ground(world.space.book, (), world.catalogue, changes)

    def route(capacity: int, *refused: str) -> Route | NoRoute:
        wish = RouteWish(MONTHS, capacity=capacity, refused=refused)
        return plan_route(design_of(start), design_of(goal, "goal"), wish, ground)

    one_by_one, together = route(5), route(10, "c0")
    assert isinstance(one_by_one, Route)
    assert [g.condition for g in one_by_one.grants] == ["c0"]
    assert isinstance(together, Route)
    assert [names for _, names in together.together()] == [("staff", "power")]
    assert together.grants == ()
    assert isinstance(route(5, "c0"), NoRoute)
