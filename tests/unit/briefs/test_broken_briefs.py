from collections import Counter
from pathlib import Path

import pytest

from remit.ground.faults import Faults
from remit.workbench.briefs import check_text

FILES = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
WITHOUT_LINE = {"BRF003"}  # a key missing at the top stands nowhere


def faults_in(path: Path) -> Faults:
    text = path.read_text("utf-8").replace("[MANY]", "[" + "1, " * 200_001 + "]")
    with pytest.raises(Faults) as raised:
        check_text(text, path.name, Path.read_text)
    return raised.value


def expected(path: Path) -> Counter[str]:
    return Counter(path.read_text("utf-8").splitlines()[0].removeprefix("# expect:").split())


def test_there_are_ten_of_them():
    assert len(FILES) == 10


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_broken_brief_tells_all_its_faults_at_once(path):
    assert Counter(f.code for f in faults_in(path).faults) == expected(path)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_fault_has_its_file_and_line(path):
    for fault in faults_in(path).faults:
        assert fault.place.file == path.name
        assert fault.place.line > 0 or (fault.code in WITHOUT_LINE and "." not in fault.place.path)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_message_holds_file_and_line_and_what_to_do(path):
    raised = faults_in(path)
    message = str(raised)
    for fault in raised.faults:
        where = f"{path.name}:{fault.place.line}" if fault.place.line else path.name
        assert f"{fault.code} {where}" in message
        assert fault.as_dict()["fix"] in message
        assert fault.as_dict()["why"] in message


@pytest.mark.parametrize(
    ("stem", "advice"),
    [
        ("units", 'Did you mean "hour"'),
        ("units", '"per_week"'),
        ("units", "Use one of: m_per_minute, m_per_s, km_per_hour, mph."),
        ("sources", 'Did you mean "survey"?'),
        ("sources", "Known: survey, study."),
        ("meaning", 'Did you mean "kinds.fall.need_factor"'),
        ("meaning", 'Did you mean "arrest"?'),
        ("meaning", 'Did you mean "straight"?'),
        ("structure", "Put text with commas into quotes."),
        ("structure", 'Did you mean "title"'),
        ("structure", 'Did you mean "turnout_minutes"'),
        ("designs", 'Did you mean "neighbours"?'),
        ("designs", 'Did you mean "siloed"?'),
        ("designs", 'Did you mean "distributed_responders"?'),
    ],
)
def test_the_message_says_what_was_meant(stem, advice):
    assert advice in str(faults_in(Path(__file__).parent / "broken" / f"{stem}.yaml"))


def test_form_comes_first_so_that_nothing_is_read_from_a_text_that_breaks_off():
    assert "km_an_hour" in (Path(__file__).parent / "broken" / "tab.yaml").read_text("utf-8")
    assert "km_an_hour" not in str(faults_in(Path(__file__).parent / "broken" / "tab.yaml"))
