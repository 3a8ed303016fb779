"""Charts as inline SVG with a text alternative, and each the same as a table.

Every chart is a string of one self-contained picture: no script, no style, no
outside font. Each takes ``width``, ``id_prefix`` and ``heading``; the same
input gives the same picture, letter for letter.
"""

from remit.report.charts.both_widths import STYLESHEET, both_widths
from remit.report.charts.colouring import Classes, classes
from remit.report.charts.forest import IntervalRow, Meaning, intervals, intervals_table
from remit.report.charts.kinship import Spot, Tie, kinship_map, kinship_table
from remit.report.charts.pair_matrix import pair_matrix, pair_matrix_table
from remit.report.charts.share_curves import Distribution, distributions, distributions_table
from remit.report.charts.stacks import StackRow, stacked_bars, stacked_bars_table
from remit.report.charts.tables import Table
from remit.report.charts.timetable import Task, timetable, timetable_table
from remit.report.charts.tokens import NARROW, WIDE
from remit.report.charts.tornado import DriverRow, drivers, drivers_table
from remit.report.charts.trade_off import TradeOffPoint, trade_off, trade_off_table
from remit.report.charts.trends import LineSeries, lines, lines_table
from remit.report.charts.zone_key import Sides
from remit.report.charts.zones import ZoneShape, zone_map, zone_map_table

__all__ = [
    "NARROW",
    "STYLESHEET",
    "WIDE",
    "Classes",
    "Distribution",
    "DriverRow",
    "IntervalRow",
    "LineSeries",
    "Meaning",
    "Sides",
    "Spot",
    "StackRow",
    "Table",
    "Task",
    "Tie",
    "TradeOffPoint",
    "ZoneShape",
    "both_widths",
    "classes",
    "distributions",
    "distributions_table",
    "drivers",
    "drivers_table",
    "intervals",
    "intervals_table",
    "kinship_map",
    "kinship_table",
    "lines",
    "lines_table",
    "pair_matrix",
    "pair_matrix_table",
    "stacked_bars",
    "stacked_bars_table",
    "timetable",
    "timetable_table",
    "trade_off",
    "trade_off_table",
    "zone_map",
    "zone_map_table",
]
