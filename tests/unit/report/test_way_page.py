import re
from dataclasses import replace
from html.parser import HTMLParser

import ways as made
from remit.report.way_page import render_ways

PAGE = render_ways(
    made.told("neighbours", "one_more", stop="response_mean>today+0.01@30"), "remit compare <small>"
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.ids += [v for k, v in attrs if k == "id" and v]


def test_it_stands_alone_and_nothing_in_it_runs():
    tags = Tags()
    tags.feed(PAGE)
    assert "script" not in tags.names
    assert not re.search(r'(src|href)="(?!#)', PAGE.replace('href="#', "#"))
    assert len(tags.ids) == len(set(tags.ids))


def test_what_is_typed_is_escaped():
    assert "remit compare &lt;small&gt;" in PAGE


def test_each_picture_is_there_as_a_table_too():
    assert PAGE.count("<figure>") == 8, "four pictures a way"
    assert PAGE.count("<table>") >= 8


def test_it_says_what_it_must_not_be_used_for_and_that_it_is_not_complete():
    answer = made.told("neighbours")
    assert answer.brief.not_for[0] in PAGE
    assert "Not complete" in render_ways(replace(answer, is_complete=False), "remit")
    assert "Not complete" not in PAGE
