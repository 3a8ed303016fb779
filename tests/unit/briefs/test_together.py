import math

import numpy as np
import pytest

from remit.briefs.brief import Tied
from remit.briefs.parse import parse_brief
from remit.briefs.together import lower_factor
from remit.ground.faults import Fault, Faults
from small_brief import FILE, codes_of, small, small_text

TODAY = "\ntoday:\n"
LINE = small_text().splitlines().index("today:") + 1  # where "together:" comes to stand
WHY = 'assumption: "Busy towns are busy in everything."'


def told(*groups: str) -> tuple[str, str]:
    return TODAY, "\ntogether:\n" + "".join(f"  - {g}\n" for g in groups) + TODAY


def faults_of(*groups: str) -> list[Fault]:
    with pytest.raises(Faults) as raised:
        parse_brief(small_text(told(*groups)), FILE)
    return raised.value.faults


def group(names: str, rho: object, why: str = WHY) -> str:
    return f"{{names: [{names}], rank_correlation: {rho}, {why}}}"


def test_a_brief_that_ties_nothing_has_no_groups():
    assert small().together == ()


def test_one_number_ties_every_pair_alike():
    brief = small(told(group("crews.number, kinds.arrest.incidence, alert.radius_m", 0.6)))
    (tied,) = brief.together
    assert tied.names == ("crews.number", "kinds.arrest.incidence", "alert.radius_m")
    assert tied.rank_correlation == ((1.0, 0.6, 0.6), (0.6, 1.0, 0.6), (0.6, 0.6, 1.0))
    assert (tied.assumption, tied.source, tied.line) == ("Busy towns are busy in everything.", "", LINE + 1)


def test_pairs_are_tied_as_listed_and_others_not():
    pairs = "[[c.x, a.x, 0.5], [a.x, b.x, -0.25]]".replace("a.x", "crews.number")
    pairs = pairs.replace("b.x", "alert.radius_m").replace("c.x", "alert.see_share")
    brief = small(told(group("crews.number, alert.radius_m, alert.see_share", pairs, "source: study")))
    assert brief.together == (
        Tied(
            ("crews.number", "alert.radius_m", "alert.see_share"),
            ((1.0, -0.25, 0.5), (-0.25, 1.0, 0.0), (0.5, 0.0, 1.0)),
            "study",
            "",
            LINE + 1,
        ),
    )


def test_names_of_effects_and_roles_are_left_for_when_the_question_is_posed():
    names = (
        "effects.data.siloed.kinds.*.call_minutes, roles.broker.cost_gbp_per_year, change.structure.cost_gbp"
    )
    assert (
        len(small(told(group(f"'{names.split(', ')[0]}', {', '.join(names.split(', ')[1:])}", 0.3))).together)
        == 1
    )


@pytest.mark.parametrize(
    ("names", "code", "what"),
    [
        ("crews.number, crews.nmber", "BRF014", 'no number "crews.nmber"'),
        ("crews.number, cruws.turnout_minutes", "BRF014", 'no number "cruws.turnout_minutes"'),
        ("crews.number, crews", "BRF014", 'no number "crews"'),
        ("crews.number, crews.circuity", "BRF018", '"crews.circuity"'),
        ("crews.number, call.dispatch_minutes", "BRF018", '"call.dispatch_minutes"'),
        ("crews.number, outcome.curve", "BRF019", '"outcome.curve"'),
        ("crews.number, crews.number", "BRF021", '"crews.number" stands in the same group'),
    ],
)
def test_a_name_that_cannot_be_tied_is_told_at_its_line(names, code, what):
    (fault,) = faults_of(group(names, 0.5))
    assert (fault.code, fault.what) == (code, what)
    assert str(fault.place) == f"{FILE}:{LINE + 1} together[0].names[1]"


def test_an_unknown_name_is_told_with_its_nearest_uncertain_one():
    assert faults_of(group("crews.numbr, alert.radius_m", 0.5))[0].fix == 'Did you mean "crews.number"?'


def test_a_name_in_two_groups_is_told_where_it_stands_again():
    (fault,) = faults_of(
        group("crews.number, alert.radius_m", 0.5), group("alert.see_share, crews.number", 0.5)
    )
    assert (fault.code, fault.place.path) == ("BRF021", "together[1].names[1]")
    assert fault.place.line == LINE + 2
    assert "in group 1 and here" in fault.what


@pytest.mark.parametrize("rho", [1, -1, 1.5, -7, 60])
def test_a_correlation_lies_between_minus_one_and_one(rho):
    (fault,) = faults_of(group("crews.number, alert.radius_m", rho))
    assert (fault.code, fault.what) == ("BRF020", f"a rank correlation of {rho:g}")
    (fault,) = faults_of(group("crews.number, alert.radius_m", f"[[crews.number, alert.radius_m, {rho}]]"))
    assert (fault.code, fault.place.path) == ("BRF020", "together[0].rank_correlation[0]")


@pytest.mark.parametrize(
    "pairs",
    [
        "[[crews.number, alert.see_share, 0.5]]",
        "[[crews.number, crews.number, 0.5]]",
        "[[crews.number, alert.radius_m, 0.5], [alert.radius_m, crews.number, 0.4]]",
    ],
)
def test_a_pair_is_two_names_of_the_group_listed_once(pairs):
    (fault,) = faults_of(group("crews.number, alert.radius_m", pairs))
    assert fault.code == "BRF023"
    assert fault.place.line == LINE + 1


@pytest.mark.parametrize(
    "rho",
    [
        -0.5,
        "[[crews.number, alert.radius_m, 0.9], [alert.radius_m, alert.see_share, 0.9],"
        " [crews.number, alert.see_share, -0.9]]",
    ],
)
def test_correlations_that_cannot_hold_together_are_refused(rho):
    (fault,) = faults_of(group("crews.number, alert.radius_m, alert.see_share", rho))
    assert (fault.code, fault.place.path) == ("BRF022", "together[0].rank_correlation")


def test_where_a_tie_comes_from_is_asked():
    names = "names: [crews.number, alert.radius_m], rank_correlation: 0.5"
    (fault,) = faults_of(f"{{{names}}}")
    assert (fault.code, fault.place.path) == ("QTY003", "together[0]")
    (fault,) = faults_of(f"{{{names}, source: surveys}}")
    assert (fault.code, fault.place.path) == ("QTY004", "together[0].source")


def test_everything_wrong_is_told_at_once():
    with pytest.raises(Faults) as raised:
        parse_brief(
            small_text(
                told(
                    "{names: [crews.nmber, outcome.curve, crews.circuity], rank_correlation: 2}",
                    group("alert.radius_m, alert.see_share, crews.number", -0.9, "source: nowhere"),
                    group("crews.number, alert.radius_m", "[[crews.number, x, 0.5]]"),
                ),
                ("headline: {kind: arrest", "headline: {kind: arest"),
            ),
            FILE,
        )
    assert codes_of(raised.value) == sorted(
        ["BRF014", "BRF014", "BRF018", "BRF019", "BRF020", "QTY003"]
        + ["BRF022", "QTY004"]
        + ["BRF021", "BRF021", "BRF023"]
    )


@pytest.mark.parametrize("bad", ["{names: [crews.number, alert.radius_m], assumption: x}", "7", "{names: x}"])
def test_a_group_of_another_shape_is_a_fault_of_form(bad):
    assert {f.code for f in faults_of(bad)} <= {"BRF001", "BRF003"}


def test_the_factor_times_itself_is_the_normal_correlation():
    ranks = np.array([[1.0, 0.5, -0.2], [0.5, 1.0, 0.3], [-0.2, 0.3, 1.0]])
    lower = np.array(lower_factor(ranks.tolist()))
    wanted = 2.0 * np.sin(math.pi * ranks / 6.0)
    np.fill_diagonal(wanted, 1.0)
    assert lower @ lower.T == pytest.approx(wanted, abs=1e-15)
    assert lower == pytest.approx(np.linalg.cholesky(wanted), abs=1e-15)


@pytest.mark.parametrize(("size", "rho"), [(2, -0.999), (2, 0.999), (3, -0.48), (30, 0.9), (10, 0.0)])
def test_possible_correlations_are_found_possible(size, rho):
    assert lower_factor([[1.0 if i == j else rho for j in range(size)] for i in range(size)]) is not None
