import pytest

from remit.ground.document import parse_document
from remit.workbench.design_file import design_file_faults


def faults(text):
    return [(f.code, f.what) for f in design_file_faults(parse_document(text, "mine.yaml"))]


def test_a_design_file_is_a_name_and_settings_with_a_title_if_one_likes():
    assert faults("design: mine\nsettings: {staff: 1}") == []
    assert faults("design: mine\ntitle: Mine\nwhy: Because.\nsettings: {staff: 1}") == []
    assert faults("design: mine\ntitle:\nsettings: {staff: 1}") == [], "no title is none"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("- a", ["BRF001"]),
        ("title: x", ["BRF003", "BRF003"]),
        ("design: ../../x\nsettings: {}", ["BRF001"]),
        ("design: {a: b}\nsettings: {}", ["BRF001"]),
        ("design: mine\ntitle: [1]\nsettings: {}", ["BRF001"]),
        ("design: mine\ntitel: x\nsettings: {}", ["BRF002"]),
    ],
)
def test_everything_wrong_with_its_form_is_told(text, codes):
    assert [c for c, _ in faults(text)] == codes
