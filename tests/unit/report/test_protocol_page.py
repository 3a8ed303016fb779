from lots import lot_text
from pages import read_page
from remit.ground.document import parse_document
from remit.pilots.register.chain import next_event, next_protocol, read_register
from remit.pilots.register.entry import protocol_digest
from remit.report.protocol_page import render_protocol

NASTY = "<script>alert(1)</script>"
WHEN = "2026-11-24T09:30:00Z"


def register_of(*texts, drawn=False, reason="Two teams merged"):
    data = b""
    for n, text in enumerate(texts):
        plain = parse_document(text, "p").values
        step = next_protocol(read_register(data, "r"), "p", plain, WHEN, reason if n else "")
        data += f"{step.entry.line}\n".encode()
        if drawn and n == 0:
            event = {"seed": "s", "text": "Lotto 3 11"}
            found = next_event(
                read_register(data, "r"), "randomised", "p", protocol_digest(plain), event, WHEN
            )
            data += f"{found.entry.line}\n".encode()
    return read_register(data, "r")


def test_the_page_says_what_was_promised():
    register = register_of(lot_text(extra="alpha: 0.05\nother_outcomes: []\n"))
    page = read_page(render_protocol(register, "p"))
    for word in (
        "Evening visits",
        "Two serious incidents in one team.",
        "0.05",
        register.head,
        "was not changed since",
    ):
        assert word in page.words
    assert ["t1", "north", "20", "4"] in page.rows
    assert page.ids.index("register") < page.ids.index("question") < page.ids.index("stopping")


def test_amendments_are_told_with_what_changed_and_when():
    page = read_page(
        render_protocol(register_of(lot_text(), lot_text(extra="alpha: 0.1\n"), drawn=True), "p")
    )
    assert "Two teams merged; changed: alpha; after it was randomised" in page.words
    assert "from the text: Lotto 3 11" in page.words
    assert "It was amended, times: 1." in page.words


def test_what_a_person_wrote_is_escaped():
    text = lot_text(extra=f'notes: "{NASTY}"\n').replace("Two serious", NASTY)
    page = render_protocol(register_of(text, text + "alpha: 0.1\n", reason=NASTY), "p")
    assert "<script" not in page
    assert read_page(page).words.count(NASTY) >= 3


def test_keys_not_yet_known_are_shown_too():
    page = read_page(
        render_protocol(register_of(lot_text(extra="new_key: {is_on: true, parts: [1, {a: b}]}\n")), "p")
    )
    assert "New key" in page.words
    assert ["is on", "yes"] in page.rows
    assert ["parts", "1, a: b"] in page.rows
