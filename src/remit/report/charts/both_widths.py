"""One chart at two widths, so that its words keep their size on a small screen and on paper.

A picture shrinks with its page, words and all. So each chart is drawn twice, and
the page's stylesheet shows the one that suits; the other is hidden from readers
of the page too.
"""

from collections.abc import Callable

from remit.report.charts.tokens import NARROW, WIDE

STYLESHEET = """\
.remit-chart { display: block; width: 100%; height: auto; max-width: 45rem; }
.remit-chart-narrow .remit-chart { max-width: 30rem; }
.remit-chart-wide { display: none; }
@media print { .remit-chart-wide { display: block; } .remit-chart-narrow { display: none; } }
@media screen and (min-width: 40rem) {
  .remit-chart-wide { display: block; }
  .remit-chart-narrow { display: none; }
}
@media print { .remit-chart { break-inside: avoid; } }
"""
"""Rules for the page's stylesheet; without them both pictures show."""


def both_widths(draw: Callable[[float, str], str], id_prefix: str) -> str:
    """Return a chart drawn wide and narrow; ``draw`` takes a width and an id prefix.

    >>> print(both_widths(lambda width, prefix: f"<svg id='{prefix}'/>", "cost")[:57])
    <div class="remit-chart-wide"><svg id='cost-wide'/></div>
    """
    wide, narrow = draw(WIDE, f"{id_prefix}-wide"), draw(NARROW, f"{id_prefix}-narrow")
    return f'<div class="remit-chart-wide">{wide}</div><div class="remit-chart-narrow">{narrow}</div>'
