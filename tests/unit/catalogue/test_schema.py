import pytest
from pydantic import ValidationError

from remit.catalogue.schema import Clause, Multi, Rule, SourceSpec, Variable

LEVEL = {
    "id": "pace",
    "order": 1,
    "name": "Pace",
    "asks": "How fast?",
    "provenance": "recovered",
    "family": "resources",
    "kind": "level",
    "typical": 3,
    "min": 0,
    "max": 10,
    "bands": {"slow": 0, "brisk": 4, "fast": 8},
    "acts_on": {},
    "today": "Slow.",
    "sources": ["seed"],
}


@pytest.mark.parametrize(
    ("level", "band"), [(0, "slow"), (3.999, "slow"), (4, "brisk"), (7.9, "brisk"), (8, "fast"), (99, "fast")]
)
def test_a_level_lies_in_the_band_whose_lower_bound_it_reaches(level, band):
    assert Variable.model_validate(LEVEL).band_of(level) == band


def test_below_the_first_bound_is_the_first_band():
    assert Variable.model_validate(LEVEL).band_of(-1) == "slow"


def test_only_the_operating_model_is_higher_order():
    assert not Variable.model_validate(LEVEL).is_higher
    assert Variable.model_validate({**LEVEL, "family": "operating_model"}).is_higher


def test_an_entry_takes_nothing_extra():
    with pytest.raises(ValidationError, match="extra"):
        Variable.model_validate({**LEVEL, "colour": "red"})


def test_an_entry_is_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        Variable.model_validate(LEVEL).id = "other"


def test_a_clause_is_written_with_in():
    assert Clause.model_validate({"v": "pace", "in": ["slow"]}).in_ == ("slow",)


def test_a_rule_is_logical_empirical_or_normative():
    with pytest.raises(ValidationError, match="kind"):
        Rule.model_validate({"id": "R", "kind": "odd", "forbid": [], "why": "", "sources": []})


def test_a_source_is_graded_a_to_d():
    with pytest.raises(ValidationError, match="grade"):
        SourceSpec.model_validate({"status": "seen", "grade": "E", "cite": "x"})


def test_several_options_may_stand_alone():
    assert Multi(main="a").also == ()
