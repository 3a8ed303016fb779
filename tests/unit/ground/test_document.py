import pytest

from remit.ground.document import MOST_BYTES, MOST_DEPTH, MOST_VALUES, dotted, parse_document
from remit.ground.faults import Faults
from small_brief import codes_of


def values(text: str) -> object:
    return parse_document(text, "t.yaml").values


def fault_codes(text: str) -> list[str]:
    with pytest.raises(Faults) as raised:
        parse_document(text, "t.yaml")
    return codes_of(raised.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("2.5", 2.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("'true'", "true"),
        ("text", "text"),
    ],
)
def test_a_scalar_is_what_yaml_1_2_says(written, meant):
    found = values(f"a: {written}")["a"]
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    "written", ["yes", "no", "on", "off", "1_000", "12:30", "0x1F", "0o17", ".inf", ".nan"]
)
def test_what_yaml_1_1_would_bend_stays_a_word(written):
    assert values(f"a: {written}")["a"] == written


def test_a_whole_number_too_long_to_be_exact_becomes_a_float():
    assert isinstance(values("a: 1234567890123456789012")["a"], float)


def test_a_key_is_always_text():
    assert values("1: x\ntrue: y") == {"1": "x", "true": "y"}


def test_flow_and_block_style_are_the_same():
    assert values("a: {b: [1, 2], c: x}") == values("a:\n  b:\n  - 1\n  - 2\n  c: x")


def test_every_key_and_item_knows_its_line():
    doc = parse_document("a: 1\nb:\n  c: 2\n  d:\n  - x\n  - y\n", "t.yaml")
    lines = {("a",): 1, ("b",): 2, ("b", "c"): 3, ("b", "d"): 4, ("b", "d", 0): 5, ("b", "d", 1): 6}
    assert {path: doc.lines[path] for path in lines} == lines


def test_a_path_that_is_not_there_stands_at_its_nearest_ancestor():
    doc = parse_document("a: 1\nb:\n  c: 2\n", "t.yaml")
    assert str(doc.place(("b", "c", "x", 3))) == "t.yaml:3 b.c.x[3]"


def test_a_path_with_no_ancestor_has_no_line():
    assert parse_document("a: 1", "t.yaml").place(("z",)).line == 0


def test_a_path_is_written_with_dots_and_brackets():
    assert dotted(("a", 2, "b")) == "a[2].b"
    assert dotted(()) == ""


def test_two_million_bytes_are_read_and_no_more():
    body = "a: "
    assert values(body + "x" * (MOST_BYTES - len(body)))["a"].startswith("x")
    assert fault_codes(body + "x" * (MOST_BYTES - len(body) + 1)) == ["DOC002"]


def test_the_limit_counts_bytes_and_not_letters():
    assert fault_codes("a: " + "é" * (MOST_BYTES // 2)) == ["DOC002"]


def test_the_deepest_nesting_is_read_and_one_more_is_not():
    assert values("[" * MOST_DEPTH + "]" * MOST_DEPTH)
    assert fault_codes("[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1)) == ["DOC006"]


def test_depth_is_refused_before_the_end_is_looked_for():
    assert fault_codes("[" * 100_000) == ["DOC006"]


def test_too_many_values_are_refused():
    assert fault_codes("[" + "1," * MOST_VALUES + "]") == ["DOC009"]


def test_a_bomb_of_aliases_is_refused_and_nothing_grows():
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    assert set(fault_codes("\n".join(lines))) == {"DOC005"}


def test_an_anchor_alone_is_refused():
    assert fault_codes("a: &b 1") == ["DOC005"]


def test_a_merge_is_refused_as_an_alias():
    assert fault_codes("a: &b {x: 1}\nc:\n  <<: *b") == ["DOC005", "DOC005"]


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!!str", "!mine", "!<tag:x>"])
def test_a_tag_is_refused(tag):
    assert fault_codes(f"a: {tag} b") == ["DOC007"]


def test_a_bare_mark_asks_for_nothing():
    assert values("a: ! x") == {"a": "x"}


def test_a_key_twice_is_told_at_the_second():
    with pytest.raises(Faults) as raised:
        parse_document("a: 1\nb: 2\na: 3", "t.yaml")
    (fault,) = raised.value.faults
    assert (fault.code, str(fault.place)) == ("DOC004", "t.yaml:3 a")


def test_a_key_may_stand_again_elsewhere():
    assert values("a: {x: 1}\nb: {x: 1}") == {"a": {"x": 1}, "b": {"x": 1}}


def test_all_faults_of_form_are_told_together():
    assert fault_codes("a: 1\na: 2\nb: &c 3\nd: *c\ne: !x y") == ["DOC004", "DOC005", "DOC005", "DOC007"]


@pytest.mark.parametrize("text", ["a: [1", "a: 1\n\tb: 2", 'a: "x', "a: b: c", "a: @x", "a: {b: 1\nc: 2"])
def test_what_is_not_yaml_is_told_with_its_line(text):
    with pytest.raises(Faults) as raised:
        parse_document(text, "t.yaml")
    (fault,) = raised.value.faults
    assert fault.code == "DOC003"
    assert fault.place.line > 0


def test_a_control_character_is_not_yaml():
    assert fault_codes("a: \x01") == ["DOC003"]


def test_a_key_that_is_not_a_word_is_refused():
    assert fault_codes("? [a, b]\n: 1") == ["DOC003"]


@pytest.mark.parametrize("text", ["", "   \n", "# only a remark\n", "---\n", "null"])
def test_an_empty_text_is_told_so(text):
    assert fault_codes(text) == ["DOC008"]
