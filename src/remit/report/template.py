"""Filling a page's template: escaped throughout, with the one stylesheet of every page."""

from dataclasses import dataclass
from importlib import resources

from remit.report.charts import STYLESHEET, Table


@dataclass(frozen=True)
class Section:
    """A part of a page: words, a picture, and the same as tables."""

    id: str
    title: str
    words: str
    picture: str = ""
    tables: tuple[tuple[str, Table], ...] = ()
    lines: tuple[str, ...] = ()
    is_answer: bool = False  # the first line is what the page says above all
    is_part: bool = False  # belongs to the section before it, and is not in the contents


def fill(name: str, **parts: object) -> str:
    """Return the template of that name filled with ``parts``; text in them is escaped."""
    from jinja2 import Environment

    folder = resources.files("remit.report").joinpath("data")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(folder.joinpath(name).read_text("utf-8")).render(
        page_style=folder.joinpath("style.css").read_text("utf-8"), chart_style=STYLESHEET, **parts
    )
