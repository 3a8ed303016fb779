"""Design: what a user proposes; immutable, with a canonical form and a digest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from remit.catalogue.catalogue import Catalogue
from remit.ground.identity import digest

TODAY = "today"


@dataclass(frozen=True)
class Several:
    """A setting with one main option and any number beside it."""

    main: str
    also: tuple[str, ...] = ()

    @property
    def present(self) -> tuple[str, ...]:
        """The main option and those beside it."""
        return (self.main, *self.also)


@dataclass(frozen=True)
class Solved:
    """A level that is worked out from the brief: same cost as another design, or some crews more."""

    equal_cost_to: str = ""
    more_crews: float = 0.0

    def __str__(self) -> str:
        if self.equal_cost_to:
            return f"as much as costs the same as {self.equal_cost_to}"
        return f"{self.more_crews:g} more"


Setting = float | str | Several | Solved


@dataclass(frozen=True)
class Design:
    """A setting for each variable."""

    id: str
    title: str
    settings: Mapping[str, Setting]
    why: str = ""

    @property
    def digest(self) -> str:
        """Identity of what it sets; its name does not count."""
        return digest({v: plain(s) for v, s in self.settings.items()})

    def options(self, variable: str, catalogue: Catalogue) -> tuple[str, ...]:
        """Return the options (or the band of the level) that this design has for a variable."""
        setting = self.settings[variable]
        if isinstance(setting, Several):
            return setting.present
        if isinstance(setting, str):
            return (setting,)
        if isinstance(setting, Solved):
            return ()
        return (catalogue.variables[variable].band_of(setting),)

    def changed(self, **changes: Setting) -> "Design":
        """Return this design with some settings changed."""
        return replace(self, settings=MappingProxyType({**self.settings, **changes}))


def plain(setting: Setting) -> Any:
    """Return a setting as plain values."""
    if isinstance(setting, Several):
        return {"main": setting.main, "also": sorted(setting.also)}
    if isinstance(setting, Solved):
        return {"equal_cost_to": setting.equal_cost_to, "more_crews": setting.more_crews}
    return setting


def changes_from(design: Design, other: Design) -> list[str]:
    """Return the variables on which two designs differ, in the catalogue's order.

    >>> a = Design("a", "A", {"time": 30.0, "data": "x"})
    >>> changes_from(a.changed(data="y"), a)
    ['data']
    """
    return [v for v, s in design.settings.items() if plain(s) != plain(other.settings[v])]


def in_words(variable: str, setting: Setting, catalogue: Catalogue) -> str:
    """Return a setting as a person would say it: the variable's name and the option or level."""
    spec = catalogue.variables[variable]
    if isinstance(setting, Several):
        beside = f" with {', '.join(_spoken(a) for a in setting.also)}" if setting.also else ""
        return f"{spec.name}: {_spoken(setting.main)}{beside}"
    if isinstance(setting, str):
        return f"{spec.name}: {_spoken(setting)}"
    if isinstance(setting, Solved):
        return f"{spec.name}: {setting}"
    return f"{spec.name}: {setting:.4g} ({_spoken(spec.band_of(setting))})"


def _spoken(option: str) -> str:
    return option.replace("_", " ")
