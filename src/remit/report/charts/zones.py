"""A map of zones, each filled by its value; zones without an outline are circles by population."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from remit.report.charts.colouring import Classes, classes
from remit.report.charts.digits import known, number, short, signed, with_unit
from remit.report.charts.drawing import MARGIN, Sheet, clean, nothing, tag
from remit.report.charts.geometry import Ground, Point, Ring, fit, on_globe, room_inside, thinned, valid
from remit.report.charts.lettering import width_of, wrap
from remit.report.charts.spacing import Box, Crowd
from remit.report.charts.tables import Table
from remit.report.charts.tokens import INK, LEADING, PAPER, RING, SMALL, WIDE, words_on
from remit.report.charts.zone_key import Sides, hatch, write_key

_LETTERS_PX = SMALL
_MOST_RADIUS, _LEAST_RADIUS = 40.0, 3.0


@dataclass(frozen=True)
class ZoneShape:
    """One zone: its value, and its outline or else its middle and how many people live there."""

    name: str
    value: float
    rings: tuple[Ring, ...] = ()
    centroid: Point | None = None
    population: float = math.nan
    measured: bool = True

    @property
    def outline(self) -> tuple[Ring, ...]:
        """The rings that can be drawn."""
        return tuple(r for r in self.rings if valid(r))

    @property
    def drawable(self) -> bool:
        """Whether the zone has a place on the map."""
        return bool(self.outline) or on_globe(self.centroid)

    def points(self) -> list[Point]:
        """Return every longitude and latitude the zone is drawn by."""
        if self.outline:
            return [p for r in self.outline for p in r]
        return [self.centroid] if self.centroid is not None else []


@dataclass(frozen=True)
class _Laid:
    """A zone laid out in the picture: rings, or a circle's middle and radius."""

    zone: ZoneShape
    rings: tuple[list[Point], ...]
    middle: Point
    radius: float


def zone_map(
    zones: Sequence[ZoneShape],
    *,
    title: str,
    unit: str,
    diverging: bool = True,
    value_label: str = "",
    breaks: Sequence[float] | None = None,
    sides: Sides | None = None,
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return a map of zones filled by value, with its key and a scale bar; north is up."""
    about = _description(zones, unit, diverging)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    drawn = [z for z in zones if z.drawable]
    if not drawn:
        return nothing(sheet, about)
    measured = [z for z in drawn if z.measured]
    ramp = classes([z.value for z in measured], diverging=diverging, breaks=breaks)
    laid, ground = _lay(sheet, drawn)
    if any(not known(z.value) for z in measured):
        hatch(sheet)
    for one in laid:
        _zone(sheet, one, ramp, unit)
    _names(sheet, laid, ramp)
    people = [z.population for z in drawn if not z.outline and known(z.population) and z.population > 0]
    write_key(
        sheet,
        ramp,
        label=_label(value_label, unit),
        sides=sides or Sides(),
        known_values=any(known(z.value) for z in measured),
        no_data=any(not known(z.value) for z in measured),
        ring=len(measured) < len(drawn),
        largest=(max(people), max(o.radius for o in laid)) if people else None,
        pixels_a_km=ground.scale if len({p for z in drawn for p in z.points()}) > 1 else None,
    )
    missing = len(zones) - len(drawn)
    if missing:
        said = "zone is" if missing == 1 else "zones are"
        sheet.note(f"{missing} {said} not drawn: no known place.")
    return sheet.svg()


def zone_map_table(zones: Sequence[ZoneShape], *, unit: str, value_label: str = "") -> Table:
    """Return the same as a table: zone, value, people, and whether it is inside the measured place."""
    people = any(known(z.population) for z in zones)
    ring = any(not z.measured for z in zones)
    header = ("Zone", _label(value_label, unit) or "Value", *(["People"] if people else []))
    body = [
        (
            z.name,
            number(z.value),
            *([number(z.population)] if people else []),
            *(["yes" if z.measured else "no"] if ring else []),
        )
        for z in zones
    ]
    return Table((*header, *(["In the measured place"] if ring else [])), tuple(body))


def _label(value_label: str, unit: str) -> str:
    """Return the name of the values with their unit."""
    return f"{value_label} ({unit})" if value_label and unit else value_label or unit


def _lay(sheet: Sheet, zones: Sequence[ZoneShape]) -> tuple[list[_Laid], Ground]:
    """Return the zones laid out: those outside first, outlines before circles, large before small."""
    circles = [z for z in zones if not z.outline]
    room = sheet.width - 2 * MARGIN
    tall = 460.0 if not sheet.narrow else 380.0
    most = min(_MOST_RADIUS, max(6.0, 0.42 * math.sqrt(room * tall / max(1, len(zones))))) if circles else 0.0
    top = sheet.bottom + most + 2.0
    points = [p for z in zones for p in z.points()]
    ground, used = fit(points, room - 2 * most - 4.0, tall - 2 * most, MARGIN + most + 2.0, top)
    largest = max((z.population for z in circles if known(z.population)), default=0.0)
    laid = []
    for z in zones:
        if z.outline:
            rings = tuple(thinned([ground.at(p) for p in r]) for r in z.outline)
            laid.append(_Laid(z, rings, (0.0, 0.0), 0.0))
        elif z.centroid is not None:
            share = z.population / largest if largest > 0 and known(z.population) else 0.0
            radius = max(_LEAST_RADIUS, most * math.sqrt(max(0.0, share)))
            laid.append(_Laid(z, (), ground.at(z.centroid), radius))
    sheet.reach(top + used + most + 6.0)
    return sorted(laid, key=lambda o: (o.radius > 0, o.zone.measured, -o.radius)), ground


def _zone(sheet: Sheet, one: _Laid, ramp: Classes, unit: str) -> None:
    """Draw one zone with its name and value for the pointer."""
    zone = one.zone
    said = tag("title", clean(f"{zone.name}: {_said(zone, unit, ramp.diverging)}"))
    edge, width = INK, 0.75
    if not zone.measured:
        fill, edge, width = PAPER, RING, 1.5
    elif known(zone.value):
        fill = ramp.colour(zone.value)
    else:
        fill = f"url(#{sheet.prefix}-none)"
    if one.rings:
        path = "".join(sheet.path(r, closed=True) for r in one.rings)
        sheet.mark(
            "path", said, d=path, fill=fill, fill_rule="evenodd", stroke=edge, stroke_width=width,
            stroke_linejoin="round",
        )  # fmt: skip
        return
    x, y = one.middle
    sheet.mark("circle", said, cx=x, cy=y, r=one.radius, fill=fill, stroke=edge, stroke_width=width)


def _names(sheet: Sheet, laid: Sequence[_Laid], ramp: Classes) -> None:
    """Write names, values or signs where they fit inside their zones, on free ground."""
    crowd = Crowd(Box(0.0, 0.0, sheet.width, sheet.bottom))
    circles = [o for o in laid if o.radius > 0]
    for one in reversed(laid):
        zone = one.zone
        if not zone.measured:
            continue
        value = _brief(zone.value, ramp.diverging)
        signs = ramp.signs(ramp.index(zone.value)) if known(zone.value) else ""
        for lines in _choices(zone.name, value, signs):
            box = _settle(one, lines, crowd, circles)
            if box is not None:
                _write(sheet, lines, box, ramp.colour(zone.value) if known(zone.value) else "")
                break


def _choices(name: str, value: str, signs: str) -> list[tuple[str, ...]]:
    """Return what may stand in a zone, the fullest first."""
    broken = wrap(name, max(60.0, width_of(name, _LETTERS_PX) * 0.6), _LETTERS_PX, most=3)
    choices = [(name, value), (*broken.lines, value)] if not broken.full else [(name, value)]
    kept = [tuple(line for line in c if line) for c in (*choices, (value,), (signs,))]
    return [c for c in kept if c]


def _settle(one: _Laid, lines: Sequence[str], crowd: Crowd, circles: Sequence[_Laid]) -> Box | None:
    """Return free ground inside a zone for some lines, ``None`` if there is none."""
    wide = max(width_of(line, _LETTERS_PX) for line in lines) + 4.0
    tall = _LETTERS_PX * LEADING * len(lines) + 2.0
    if one.rings:
        spots = room_inside(one.rings, wide, tall)
        hidden = [_around(c) for c in circles]
        return crowd.settle(s for s in spots if not any(s.meets(h) for h in hidden))
    if math.hypot(wide, tall) > 2 * one.radius:
        return None
    x, y = one.middle
    spot = Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
    above = circles[circles.index(one) + 1 :]
    return None if any(spot.meets(_around(c)) for c in above) else crowd.settle([spot])


def _around(one: _Laid) -> Box:
    """Return the rectangle around a circle."""
    (x, y), r = one.middle, one.radius
    return Box(x - r, y - r, x + r, y + r)


def _write(sheet: Sheet, lines: Sequence[str], box: Box, fill: str) -> None:
    """Write lines in the middle of a rectangle, dark or white as its colour asks."""
    x = (box.left + box.right) / 2
    for k, line in enumerate(lines):
        y = box.top + 1.0 + _LETTERS_PX * (LEADING * k + 0.95)
        colour = words_on(fill) if fill else INK
        sheet.words(x, y, line, size=_LETTERS_PX, anchor="middle", fill=colour, halo=not fill)


def _brief(value: float, diverging: bool) -> str:
    """Return a value in two digits, to stand inside a zone."""
    if not known(value):
        return ""
    return signed(value, 2) if diverging else short(value, 2)


def _said(zone: ZoneShape, unit: str, diverging: bool) -> str:
    """Return a zone's value in words."""
    if not zone.measured:
        return "outside the measured place"
    if not known(zone.value):
        return "no data"
    return with_unit(signed(zone.value) if diverging else short(zone.value), unit)


def _description(zones: Sequence[ZoneShape], unit: str, diverging: bool) -> str:
    """Return the picture in words."""
    if not zones:
        return "Nothing to show: no zones were given."
    if not any(z.drawable for z in zones):
        return "Nothing to show: no zone has a known place on the map."
    seen = sorted((z for z in zones if z.measured and known(z.value)), key=lambda z: z.value)
    outside = sum(not z.measured for z in zones)
    empty = sum(z.measured and not known(z.value) for z in zones)
    said = [f"Map of {len(zones)} {'zone' if len(zones) == 1 else 'zones'}, north up."]
    if seen:
        ends = ((f"{z.name}, {_said(z, unit, diverging)}") for z in (seen[0], seen[-1]))
        said.append("Lowest: {}. Highest: {}.".format(*ends))
    if diverging and seen:
        up, down = sum(z.value > 0 for z in seen), sum(z.value < 0 for z in seen)
        said.append(f"{up} above zero, {down} below zero, {len(seen) - up - down} at zero.")
    said += [f"{empty} without data."] if empty else []
    said += [f"{outside} outside the measured place."] if outside else []
    return " ".join(said)
