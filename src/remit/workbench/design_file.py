"""The form of a design file: its keys, and a name that is no more than a name."""

import re

from remit.ground.document import Document
from remit.ground.faults import Fault, nearest

KEYS = ("design", "title", "why", "settings")
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")


def design_file_faults(doc: Document) -> list[Fault]:
    """Return what is wrong with the form of a design file, its settings apart.

    Faults: BRF001 a name that is none, BRF002 an unknown key, BRF003 a missing one.
    """
    raw = doc.values
    if not isinstance(raw, dict):
        return [Fault("BRF001", doc.place(()), "a design file has design: NAME and settings:")]
    faults = [
        Fault("BRF002", doc.place((k,)), f'"{k}" is not known here', nearest(str(k), KEYS))
        for k in raw
        if k not in KEYS
    ]
    wanted = ("design", "settings")
    faults += [Fault("BRF003", doc.place(()), f'"{k}" is missing') for k in wanted if k not in raw]
    name = raw.get("design")
    if "design" in raw and not (isinstance(name, str) and PLAIN_NAME.fullmatch(name)):
        what = f"a name has letters, digits, - and _ only, found {name!r}"
        faults.append(Fault("BRF001", doc.place(("design",)), what))
    faults += [
        Fault("BRF001", doc.place((key,)), f"{key} is text, found {raw[key]!r}")
        for key in ("title", "why")
        if not isinstance(raw.get(key) or "", str)
    ]
    return faults
