"""The catalogue in print, with what was recovered and what was reconstructed kept visible."""

import textwrap
from typing import Any

from remit.briefs.vocabulary import FAMILIES
from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Variable
from remit.ground.faults import fail, nearest
from remit.mechanism.effect import LEVEL, MAIN, ROUTES_OF, Effect, Effects, load_effects

PROVENANCE = {
    "recovered": "named by Copeland (2018)",
    "partial": "a fragment of Copeland (2018), our reading",
    "reconstructed": "ours, not Copeland's",
}
ROUTE_REFUSED = " (not in this family of service, and refused there)"


def catalogue_as_text(catalogue: Catalogue) -> str:
    """Return the 24 variables by family, then archetypes, roles and conditions, one line each."""
    lines = [
        "The 24 settings of a service. The first 18 tune it; the last 6 change what kind of system it is.",
        "",
    ]
    for family, words in catalogue.families.items():
        lines += [words, "-" * len(words)]
        for v in (v for v in catalogue.variables.values() if v.family == family):
            choices = ", ".join(v.options) or f"{v.min:g} to {v.max:g} {v.unit}"
            lines += _wrap(f"{v.id:<18} {v.asks} [{PROVENANCE[v.provenance]}]")
            lines += _wrap(f"{'':<18} {choices}")
        lines.append("")
    lines += ["Archetypes", "----------"]
    lines += [
        f"{a.id:<26} {a.name}: {a.gist} [{a.status}; {a.confidence}]" for a in catalogue.archetypes.values()
    ]
    lines += ["", "Roles of the public body", "------------------------"]
    lines += [f"{r.id:<18} {r.does} [{PROVENANCE[r.provenance]}]" for r in catalogue.roles.values()]
    lines += ["", "Conditions that must be granted first", "-------------------------------------"]
    lines += [f"{c.id:<22} {c.plain} [{PROVENANCE[c.provenance]}]" for c in catalogue.conditions.values()]
    n = len(catalogue.rules)
    lines += [
        "",
        f"{n} rules that may not be broken and {len(catalogue.tensions)} tensions. One entry: remit catalogue ENTRY",
    ]
    return "\n".join(lines)


def entry_as_plain(name: str, catalogue: Catalogue) -> dict[str, Any]:
    """Return one entry of any kind as plain values.

    Raises:
        Faults: CAT002 no such entry, with the nearest.
    """
    groups = {
        "variable": catalogue.variables,
        "archetype": catalogue.archetypes,
        "role": catalogue.roles,
        "condition": catalogue.conditions,
        "rule": catalogue.rules,
        "tension": catalogue.tensions,
        "outcome": catalogue.outcomes,
        "source": catalogue.sources,
    }
    for kind, group in groups.items():
        if name in group:
            return {"kind_of_entry": kind, "id": name, **group[name].model_dump(by_alias=True)}
    known = [n for group in groups.values() for n in group]
    raise fail("CAT002", f'"{name}"', fix=nearest(name, known))


def entry_as_text(name: str, catalogue: Catalogue) -> str:
    """Return one entry explained; a variable with what its options do in each family."""
    if name in catalogue.variables:
        return "\n".join(_variable(catalogue.variables[name], catalogue))
    plain = entry_as_plain(name, catalogue)
    lines = [f"{plain.pop('kind_of_entry')}: {plain.get('name', name)}"]
    for key, value in plain.items():
        if value not in ("", (), [], {}, None):
            lines += _wrap(f"{key.replace('_', ' ')}: {_flat(value)}")
    return "\n".join(lines)


def _variable(v: Variable, catalogue: Catalogue) -> list[str]:
    lines = [f"{v.name}: {v.asks}", f"[{PROVENANCE[v.provenance]}; {catalogue.families[v.family]}]", ""]
    if v.kind == "level":
        lines += _wrap(f"A number: {v.min:g} to {v.max:g} {v.unit}.")
        lines += _wrap("Bands: " + ", ".join(f"{b} from {least:g}" for b, least in v.bands.items()))
    lines += _wrap("Acts on: " + "; ".join(f"{k.replace('_', ' ')} ({w})" for k, w in v.acts_on.items()))
    lines += _wrap(f"Today: {v.today}")
    for family in FAMILIES:
        lines += _in_family(v, family)
    lines += ["", "Sources:"]
    for s in v.sources:
        lines += _wrap(f"  {s}: {catalogue.sources[s].cite} [{catalogue.sources[s].status}]", "    ")
    return lines


def _in_family(v: Variable, family: str) -> list[str]:
    effects = load_effects(family)
    lines = ["", f"What it does in a {family} service:"]
    for option in list(v.options) or [LEVEL]:
        words = f"{option}: {v.options[option]}" if option in v.options else "the number"
        lines += _wrap(f"  {words}", "    ")
        for effect in effects.by_option.get((v.id, option), ()):
            lines += _wrap(f"      {_effect_words(effect, effects)}", "        ")
        for effect in effects.by_option.get((v.id, MAIN + option), ()):
            lines += _wrap(f"      as the main one: {_effect_words(effect, effects)}", "        ")
        if (v.id, option) in effects.none:
            lines += _wrap(f"      nothing here: {effects.none[v.id, option]}", "        ")
    return lines


def _effect_words(effect: Effect, effects: Effects) -> str:
    words, q = effects.words_of(effect), effect.amount
    if q is None:
        refused = "" if effect.route in ROUTES_OF[effects.family] else ROUTE_REFUSED
        return f"help is found by: {words}{refused}"
    note = f" ({q.note})" if q.note else ""
    return f"{effect.parameter}: {words}; {q.source or '† ' + q.assumption}{note}"


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{k} {_flat(x)}" for k, x in value.items() if x not in ("", (), [], {}, None))
    if isinstance(value, list | tuple):
        return ", ".join(_flat(x) for x in value)
    return str(value)


def _wrap(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, 110, subsequent_indent=indent) or [""]
