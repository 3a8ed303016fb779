"""What a design changes, said with what each change does in this family of service."""

from remit.catalogue.catalogue import Catalogue
from remit.design.design import Design, changes_from, in_words
from remit.mechanism.effect import MAIN, Effects
from remit.mechanism.values import options_in


def change_lines(design: Design, today: Design, catalogue: Catalogue, effects: Effects) -> list[str]:
    """Return one line a changed setting: its words, and what it acts on here or why it does not."""
    lines = []
    for variable in changes_from(design, today):
        new = options_in(design, variable, catalogue)
        old = options_in(today, variable, catalogue)
        gone = [o for o in old if o not in new]
        acting = [e for o in (*new, *gone) for e in effects.by_option.get((variable, o), ())]
        words = in_words(variable, design.settings[variable], catalogue)
        if acting:
            parameters = dict.fromkeys(e.parameter.replace("kinds.*.", "").replace("_", " ") for e in acting)
            lines.append(f"{words}. Acts on {', '.join(parameters)}.")
        else:
            own = [o for o in new if not o.startswith(MAIN)]
            reasons = (effects.none.get((variable, o), "") for o in own if o not in old or len(own) == 1)
            lines.append(f"{words}. Nothing here: {' '.join(r for r in reasons if r)}")
    return lines


def uncosted_settings(design: Design, today: Design, effects: Effects) -> list[str]:
    """Return the changed settings that act here and whose own cost is not in the model."""
    return [v for v in changes_from(design, today) if v in effects.uncosted]
