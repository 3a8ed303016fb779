import pytest

from remit.ground.document import parse_document
from remit.ground.quantity import Choice, Quantity
from remit.ground.reading import QuantityIn, read_choice, read_quantity

SOURCES = ("survey", "study")


def read(
    text: str, dimension: str = "time", price_year: int | None = 2023
) -> tuple[Quantity | None, list[str]]:
    doc = parse_document(f"# one line above\nx: {text}", "t.yaml")
    found, faults = read_quantity(doc.values["x"], "wait", dimension, doc, ("x",), SOURCES, price_year)
    assert all(f.place.line == 2 and f.place.file == "t.yaml" for f in faults)
    return found, [f.code for f in faults]


def sound(text: str, dimension: str = "time") -> Quantity:
    found, faults = read(text, dimension)
    assert faults == []
    assert found is not None
    return found


def test_a_number_comes_in_canonical_units():
    q = sound("{value: 2, unit: hour, low: 1, high: 4, source: survey}")
    assert (q.value, q.low, q.high, q.unit) == (120.0, 60.0, 240.0, "minute")


def test_a_range_alone_is_a_triangle():
    assert sound("{value: 2, unit: hour, low: 1, high: 4, source: survey}").shape == "triangular"


def test_a_value_alone_is_fixed():
    q = sound("{value: 2, unit: minute, source: survey}")
    assert (q.shape, q.low, q.high) == ("fixed", 2.0, 2.0)


def test_one_end_alone_has_the_value_as_its_other():
    q = sound("{value: 2, unit: minute, high: 4, source: survey}")
    assert (q.low, q.high, q.shape) == (2.0, 4.0, "triangular")


def test_counts_are_a_share_with_its_own_doubt():
    q = sound("{counts: [53, 4196], unit: share, source: study}", "share")
    assert q.value == 53 / 4196
    assert (q.shape, q.counts) == ("counts", (53, 4196))


def test_money_is_carried_to_the_price_year_of_the_brief():
    q = sound("{value: 100, unit: gbp_per_hour, price_year: 2018, source: survey}", "money_per_hour")
    assert q.value == pytest.approx(100 * 100.0 / 80.9)


def test_where_no_price_year_is_asked_money_is_left_alone():
    found, faults = read("{value: 100, unit: gbp_per_hour, source: survey}", "money_per_hour", None)
    assert faults == []
    assert found is not None
    assert found.value == 100.0


def test_an_assumption_is_graded_as_own_reasoning():
    assert sound("{value: 2, unit: minute, assumption: guess}").grade == "D"
    assert sound("{value: 2, unit: minute, assumption: guess, grade: C}").grade == "C"


def test_notes_and_what_it_was_fitted_to_are_kept():
    q = sound("{value: 2, unit: minute, source: study, note: n, calibrated_to: c}")
    assert (q.source, q.note, q.calibrated_to) == ("study", "n", "c")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5", "QTY009"),
        ("{value: 1, unit: fortnight, source: survey}", "QTY001"),
        ("{value: 1, unit: km, source: survey}", "QTY002"),
        ("{value: 1, unit: minute}", "QTY003"),
        ('{value: 1, unit: minute, source: "", assumption: ""}', "QTY003"),
        ("{value: 1, unit: minute, source: servey}", "QTY004"),
        ("{value: 1, unit: minute, low: 2, high: 3, source: survey}", "QTY005"),
        ("{value: 1, unit: minute, low: 0, high: 0.5, source: survey}", "QTY005"),
        ("{value: 1, unit: minute, shape: normal, source: survey}", "QTY005"),
        ("{value: 1, unit: minute, low: 0, high: 2, shape: lognormal, source: survey}", "QTY006"),
        ("{unit: minute, source: survey}", "BRF003"),
        ("{value: 1, source: survey}", "BRF003"),
        ("{value: soon, unit: minute, source: survey}", "BRF001"),
        ("{value: 1, unit: minute, source: survey, shape: round}", "BRF001"),
        ("{value: 1, unit: minute, source: survey, hight: 3}", "BRF002"),
        ("[1, minute]", "BRF001"),
        ("soon", "BRF001"),
        ("", "BRF001"),
        ("true", "BRF001"),
    ],
)
def test_one_thing_wrong_is_one_fault(text, code):
    assert read(text) == (None, [code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{value: 1, unit: gbp, source: survey}", "QTY007"),
        ("{value: 1, unit: gbp, source: survey, price_year: 1066}", "QTY008"),
    ],
)
def test_money_says_of_which_year_it_is(text, code):
    assert read(text, "money") == (None, [code])


@pytest.mark.parametrize("counts", ["[0, 10]", "[10, 10]", "[11, 10]", "[0, 0]"])
def test_counts_without_hit_or_miss_are_refused(counts):
    assert read(f"{{counts: {counts}, unit: share, source: survey}}", "share") == (None, ["QTY006"])


def test_what_is_counted_is_a_share():
    assert read("{counts: [1, 10], unit: minute, source: survey}") == (None, ["QTY002"])


def test_a_value_beside_counts_is_refused():
    assert read("{counts: [1, 10], value: 0.2, unit: share, source: survey}", "share")[1] == ["QTY005"]


def test_a_brief_of_a_year_without_deflator_cannot_take_money():
    assert read("{value: 1, unit: gbp, source: survey, price_year: 2023}", "money", 1990)[1] == ["QTY008"]


def test_several_things_wrong_are_told_together():
    assert sorted(read("{value: 1, unit: fortnight, source: servey}")[1]) == ["QTY001", "QTY004"]


def test_an_unknown_key_is_told_its_nearest():
    doc = parse_document("x: {value: 1, unit: minute, source: survey, hihg: 3}", "t.yaml")
    _, (fault,) = read_quantity(doc.values["x"], "wait", "time", doc, ("x",), SOURCES, None)
    assert '"high"' in fault.fix


def test_a_text_with_a_comma_and_no_quotes_is_told_so():
    doc = parse_document("x: {value: 1, unit: minute, assumption: yes, so I think}", "t.yaml")
    _, (fault,) = read_quantity(doc.values["x"], "wait", "time", doc, ("x",), SOURCES, None)
    assert fault.fix == "Put text with commas into quotes."


def test_a_fault_of_a_part_stands_at_that_part():
    doc = parse_document("x:\n  value: 1\n  unit: fortnight\n  source: survey", "t.yaml")
    _, (fault,) = read_quantity(doc.values["x"], "wait", "time", doc, ("x",), SOURCES, None)
    assert str(fault.place) == "t.yaml:3 x.unit"


def choose(text: str) -> tuple[Choice | None, list[str]]:
    doc = parse_document(f"x: {text}", "t.yaml")
    found, faults = read_choice(doc.values["x"], "curve", doc, ("x",), SOURCES)
    assert all(f.place.line == 1 for f in faults)
    return found, [f.code for f in faults]


def test_a_choice_keeps_the_order_of_its_answers():
    found, faults = choose("{one_of: {b: 1, a: 3}, assumption: none better}")
    assert faults == []
    assert found == Choice("curve", ("b", "a"), (1.0, 3.0), assumption="none better")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{one_of: {a: 1}}", "QTY003"),
        ("{one_of: {a: 1}, source: nowhere}", "QTY004"),
        ("{one_of: {a: 0, b: 0}, source: survey}", "BRF012"),
        ("{one_of: {a: -1, b: 2}, source: survey}", "BRF012"),
        ("{one_of: {}, source: survey}", "BRF012"),
        ("{one_of: {a: much}, source: survey}", "BRF001"),
        ("{source: survey}", "BRF003"),
        ("a", "BRF001"),
    ],
)
def test_one_thing_wrong_with_a_choice_is_one_fault(text, code):
    assert choose(text) == (None, [code])


def test_every_field_of_a_quantity_is_described_for_editors():
    described = QuantityIn.model_json_schema()["properties"]
    assert all(
        "description" in described[f] for f in ("value", "counts", "unit", "low", "high", "shape", "source")
    )
