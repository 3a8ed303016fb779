"""Rules read plainly: does a clause hold of a design, which rules break, which conditions are needed."""

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Clause, Condition, Rule
from remit.design.design import Design, Several


def holds(clause: Clause, design: Design, catalogue: Catalogue) -> bool:
    """Tell whether every part of a clause is true of a design."""
    present = design.options(clause.v, catalogue)
    setting = design.settings[clause.v]
    main = setting.main if isinstance(setting, Several) else (present[0] if present else "")
    return (
        (not clause.in_ or main in clause.in_)
        and (not clause.not_in or main not in clause.not_in)
        and (not clause.main_in or main in clause.main_in)
        and (not clause.main_not_in or main not in clause.main_not_in)
        and (not clause.has_any or any(o in clause.has_any for o in present))
        and (not clause.has_none or not any(o in clause.has_none for o in present))
    )


def broken_rules(design: Design, catalogue: Catalogue) -> list[Rule]:
    """Return the hard rules whose every clause holds: what may not stand together, and does."""
    return [r for r in catalogue.rules.values() if all(holds(c, design, catalogue) for c in r.forbid)]


def tensions(design: Design, catalogue: Catalogue) -> list[Rule]:
    """Return the tensions that a design is in."""
    return [r for r in catalogue.tensions.values() if all(holds(c, design, catalogue) for c in r.forbid)]


def conditions_needed(design: Design, today: Design, catalogue: Catalogue) -> list[Condition]:
    """Return what must be granted for a design: by what it sets, or by what it changes."""
    needed = []
    for condition in catalogue.conditions.values():
        by_setting = any(all(holds(c, design, catalogue) for c in option) for option in condition.required_by)
        by_change = any(_main(design, v) != _main(today, v) for v in condition.required_by_change_of)
        if by_setting or by_change:
            needed.append(condition)
    return needed


def _main(design: Design, variable: str) -> object:
    setting = design.settings[variable]
    return setting.main if isinstance(setting, Several) else setting
