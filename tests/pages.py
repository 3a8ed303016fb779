"""A page of Remit, read strictly: well formed, and nothing in it that needs a network."""

import re
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link"}
LOADS = {"src", "srcset", "poster", "data", "action", "background", "formaction"}


class Page(HTMLParser):
    """The words, tags, ids and table rows of a page; every element must be closed by its own end, in order."""

    def __init__(self, text: str):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self._text = [], [], [], [], []
        self.rows = []
        self.feed(text)
        self.close()
        self.words = " ".join(" ".join(self._text).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name not in LOADS, (tag, name)
            if name == "id":
                self.ids.append(value)
            if name in ("href", "xlink:href"):
                self.links.append(value)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if "style" in self.open:
            return
        self._text.append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def read_page(text: str) -> Page:
    """Return a page after all that must hold of any."""
    page = Page(text)
    assert page.open == []
    assert text.startswith("<!doctype html>")
    assert not {"script", "iframe", "link", "img"} & set(page.tags)
    assert page.links
    assert all(link.startswith("#") for link in page.links), page.links
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)
    assert "default-src 'none'" in text
    assert set(re.findall(r"https?://[^\s\"'<]*", text)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(?:nan|inf|None)\b", page.words)
    return page
