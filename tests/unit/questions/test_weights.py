import numpy as np
import pytest

from remit.ground.document import parse_document
from remit.ground.faults import Faults
from remit.questions.weights import Stakes, Threshold, parse_weights

OUTCOMES = ("survivors", "response_mean", "cost_public")


def read(text):
    return parse_weights(parse_document(text, "w.yaml"), OUTCOMES)


def faults(text):
    with pytest.raises(Faults) as raised:
        read(text)
    return raised.value.faults


def test_weights_are_made_to_add_to_one_and_thresholds_are_read():
    told = read(
        "stakeholders:\n"
        "  residents: {survivors: 3, response_mean: 1}\n"
        "  council: {cost_public: 5, survivors: 0}\n"
        'thresholds: {response_mean: "<=8", survivors: ">= 0.1", cost_public: "<= -1e3"}\n'
    )
    assert told.weights == {
        "residents": {"survivors": 0.75, "response_mean": 0.25},
        "council": {"cost_public": 1.0, "survivors": 0.0},
    }
    assert told.thresholds == (
        Threshold("response_mean", True, 8.0),
        Threshold("survivors", False, 0.1),
        Threshold("cost_public", True, -1000.0),
    )
    assert [str(t) for t in told.thresholds][:2] == ["response_mean <= 8", "survivors >= 0.1"]


def test_what_weighs_nothing_does_not_count_unless_it_has_a_threshold():
    assert Stakes({"a": {"survivors": 1.0, "cost_public": 0.0}}).outcomes == ("survivors",)
    held = Stakes({"a": {"survivors": 1.0}}, (Threshold("cost_public", True, 1.0),))
    assert held.outcomes == ("survivors", "cost_public")


def test_the_line_itself_is_enough():
    values = np.array([7.9, 8.0, 8.1])
    assert Threshold("response_mean", True, 8.0).met(values).tolist() == [1.0, 1.0, 0.0]
    assert Threshold("response_mean", False, 8.0).met(values).tolist() == [0.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("- 1", "BRF001", ""),
        ("stakeholders: {}", "BRF001", "stakeholders"),
        ("stakeholders: 3", "BRF001", "stakeholders"),
        ("stakeholders: {a: }", "BRF001", "stakeholders.a"),
        ("stakeholders: {a: {}}", "BRF001", "stakeholders.a"),
        ("stakeholders: {a: [1]}", "BRF001", "stakeholders.a"),
        ("stakeholders: {a: {survivors: much}}", "BRF001", "stakeholders.a.survivors"),
        ("stakeholders: {a: {survivors: true}}", "BRF001", "stakeholders.a.survivors"),
        ("stakeholders: {a: {survivors: .inf}}", "BRF001", "stakeholders.a.survivors"),
        ("stakeholders: {a: {survivors: 1, cost_public: -1}}", "BRF012", "stakeholders.a.cost_public"),
        ("stakeholders: {a: {survivors: 0, cost_public: 0}}", "BRF012", "stakeholders.a"),
        ("thresholds: {survivors: '>=1'}", "BRF003", ""),
        ("stakeholders: {a: {survivors: 1}}\nthresholds: 8", "BRF001", "thresholds"),
        ("stakeholders: {a: {survivors: 1}}\nthresholds: {survivors: 8}", "BRF001", "thresholds.survivors"),
        (
            "stakeholders: {a: {survivors: 1}}\nthresholds: {survivors: '<8'}",
            "BRF001",
            "thresholds.survivors",
        ),
        (
            "stakeholders: {a: {survivors: 1}}\nthresholds: {survivors: '<=x'}",
            "BRF001",
            "thresholds.survivors",
        ),
        (
            "stakeholders: {a: {survivors: 1}}\nthresholds: {survivors: '<=1e999'}",
            "BRF001",
            "thresholds.survivors",
        ),
    ],
)
def test_a_faulty_text_is_refused_at_its_place(text, code, path):
    (fault,) = faults(text)
    assert (fault.code, fault.place.path, fault.place.file) == (code, path, "w.yaml")


def test_all_faults_are_told_together_with_the_nearest_names():
    found = faults(
        "stakeholder: {}\n"
        "stakeholders:\n"
        "  a: {survivor: 1, cost_public: -2}\n"
        "thresholds: {response_men: '<=8'}\n"
    )
    assert [(f.code, f.place.line) for f in found] == [
        ("BRF002", 1),
        ("BRF012", 3),
        ("BRF014", 3),
        ("BRF014", 4),
    ]
    assert 'Did you mean "stakeholders"' in found[0].fix
    assert found[2].fix == 'Did you mean "survivors"?'
    assert found[3].fix == 'Did you mean "response_mean"?'


def test_very_large_and_very_small_weights_still_add_to_one():
    told = read("stakeholders: {a: {survivors: 1e308, cost_public: 1e308}, b: {survivors: 1e-320}}")
    assert told.weights == {"a": {"survivors": 0.5, "cost_public": 0.5}, "b": {"survivors": 1.0}}


def test_no_thresholds_are_no_fault():
    assert read("stakeholders: {a: {survivors: 1}}\nthresholds:\n").thresholds == ()
