import pytest
from pydantic import ValidationError

from remit.briefs.parse import schema
from remit.briefs.schema import HoursIn, KindIn, ResponseIn, ShiftIn, SpanIn, TogetherIn
from remit.ground.document import parse_document
from small_brief import small_text


def test_the_small_brief_has_the_shape():
    given = ResponseIn.model_validate(parse_document(small_text(), "t").values)
    assert (given.id, given.family) == ("small-town", "response")


def test_a_shift_not_described_is_round_the_clock_every_day():
    shift = ShiftIn()
    assert (shift.start_hour, shift.hours, len(shift.days)) == (0.0, 24.0, 7)


@pytest.mark.parametrize(
    "bad", [{"hours": 0}, {"hours": 25}, {"start_hour": 24}, {"start_hour": -1}, {"days": ["monday"]}]
)
def test_a_shift_lies_within_a_day(bad):
    with pytest.raises(ValidationError):
        ShiftIn.model_validate(bad)


@pytest.mark.parametrize("n", [0, 23, 25])
def test_a_day_has_twenty_four_hours(n):
    with pytest.raises(ValidationError, match="weekday"):
        HoursIn.model_validate({"weekday": [1.0] * n, "weekend": [1.0] * 24, "assumption": "flat"})


@pytest.mark.parametrize("bad", [{"days": 0}, {"days": 3661}, {"warm_up_days": -1}, {"warm_up_days": 367}])
def test_a_span_is_a_day_to_ten_years(bad):
    hours = {"weekday": [1.0] * 24, "weekend": [1.0] * 24, "assumption": "flat"}
    with pytest.raises(ValidationError):
        SpanIn.model_validate({"hours": hours, **bad})


@pytest.mark.parametrize("priority", [-1, 8])
def test_priorities_run_from_nought_to_seven(priority):
    with pytest.raises(ValidationError, match="priority"):
        KindIn.model_validate({"name": "x", "priority": priority, "numbers": {}})


@pytest.mark.parametrize("name", ["", "Small", "small town", "-small", "a" * 62])
def test_an_id_is_small_letters_digits_and_hyphens(name):
    values = {**parse_document(small_text(), "t").values, "id": name}
    with pytest.raises(ValidationError, match="id"):
        ResponseIn.model_validate(values)


def test_a_brief_says_what_it_is_not_for():
    with pytest.raises(ValidationError, match="not_for"):
        ResponseIn.model_validate({**parse_document(small_text(), "t").values, "not_for": []})


def test_only_version_one_is_read():
    with pytest.raises(ValidationError, match="remit"):
        ResponseIn.model_validate({**parse_document(small_text(), "t").values, "remit": 2})


@pytest.mark.parametrize("good", [0.5, 0, -1, [["a", "b", 0.5]], [["a", "b", 0], ["b", "a", -0.2]]])
def test_a_rank_correlation_is_a_number_or_a_list_of_pairs(good):
    assert TogetherIn.model_validate({"names": ["a", "b"], "rank_correlation": good}).rank_correlation == good


@pytest.mark.parametrize(
    "bad",
    ["0.5", True, None, [], [0.5], [["a", "b"]], [["a", "b", "c"]], [["a", "b", True]], [["a", 1, 0.5]], {}],
)
def test_any_other_rank_correlation_is_told_once(bad):
    with pytest.raises(ValidationError) as raised:
        TogetherIn.model_validate({"names": ["a", "b"], "rank_correlation": bad})
    assert [e["loc"] for e in raised.value.errors()] == [("rank_correlation",)]


@pytest.mark.parametrize("names", [[], ["a"], "ab", [1, 2]])
def test_a_group_is_two_names_or_more(names):
    with pytest.raises(ValidationError, match="names"):
        TogetherIn.model_validate({"names": names, "rank_correlation": 0.5})


def test_editors_are_told_what_a_rank_correlation_may_be():
    shape = schema()["$defs"]["TogetherIn"]["properties"]["rank_correlation"]
    assert [one["type"] for one in shape["anyOf"]] == ["number", "array"]
    assert "Spearman" in shape["description"]


def test_editors_are_told_every_number_of_a_section():
    assert "speed_km_per_hour" in schema()["properties"]["crews"]["properties"]
    assert "scene_minutes" in schema()["$defs"]["KindIn"]["properties"]["numbers"]["properties"]
