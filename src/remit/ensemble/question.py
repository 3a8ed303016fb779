"""Question: everything that determines a run but its scenario and replicate; and a run's identity."""

import copyreg
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from remit.briefs.brief import Brief
from remit.catalogue.catalogue import Catalogue
from remit.design.design import TODAY, Design
from remit.design.transition import Transition
from remit.ensemble.plans import USUAL, Sampling
from remit.ensemble.ports import Origin
from remit.ground.identity import digest
from remit.ground.quantity import Choice, Quantity
from remit.mechanism.cost import role_quantities
from remit.mechanism.effect import Effects
from remit.mechanism.stages import ChangeBook, change_quantities


def _frozen(held: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


# a question travels to worker processes whole; settings that cannot be written to travel as what they hold
copyreg.pickle(MappingProxyType, lambda held: (_frozen, (dict(held),)))

ENGINE_VERSION = "1"  # rises whenever the same inputs give other numbers


@dataclass(frozen=True)
class Question:
    """What is compared: designs in the same scenarios of one brief."""

    brief: Brief
    designs: Mapping[str, Design]  # today first
    effects: Effects
    catalogue: Catalogue
    seed: int
    transitions: Mapping[str, Transition] = field(
        default_factory=dict
    )  # ways from today, run beside the designs
    change_book: ChangeBook | None = None  # what changing takes; needed where there are transitions
    sampling: Sampling = USUAL  # how its futures are drawn

    @property
    def arms(self) -> tuple[str, ...]:
        """Everything that is run: designs, today first, then transitions."""
        return (*self.designs, *self.transitions)

    @property
    def today(self) -> Design:
        """Today's service."""
        return self.designs[TODAY]

    def unknowns(self) -> list[Quantity | Choice]:
        """Return everything uncertain, whatever the designs, so that scenarios do not depend on them."""
        roles = role_quantities(self.catalogue, self.brief.price_year).values()
        every: list[Quantity | Choice] = [
            *self.brief.numbers.values(),
            *self.brief.choices.values(),
            *self.effects.quantities,
            *roles,
        ]
        if self.change_book is not None:
            every += change_quantities(self.catalogue, self.change_book, self.brief.price_year)
        return [q for q in every if q.is_uncertain]

    @cached_property
    def brief_digest(self) -> str:
        """The identity of place, need, numbers and effects (designs apart)."""
        plain = asdict(self.brief)
        for key in (
            "designs",
            "file",
            "given",
            "published",
            "title",
            "question",
            "not_for",
            "left_out",
            "need",
            "conditions_met",
            "soften",
            "local_rules",
            "surprises",
            "measures",
        ):
            plain.pop(key)
        if not plain["assets"]:
            plain.pop("assets")  # a brief of another family is the brief it was before there were estates
        # a brief that ties nothing is the brief it was before there were ties
        if together := plain.pop("together"):
            plain["together"] = [{k: v for k, v in group.items() if k != "line"} for group in together]
        return digest(
            [
                _plain(plain),
                [[_plain(asdict(e)) for e in listed] for listed in self.effects.by_option.values()],
                self.catalogue.digest,
            ]
        )

    @cached_property
    def digest(self) -> str:
        """The identity of the question without its designs: what a results folder holds."""
        usual = [self.brief_digest, self.seed, ENGINE_VERSION]
        return digest(usual if self.sampling.is_usual else [*usual, _plain(asdict(self.sampling))])

    @cached_property
    def arm_digests(self) -> dict[str, str]:
        """The identity of each design and transition, by name."""
        arms: dict[str, Design | Transition] = {**self.designs, **self.transitions}
        if self.change_book is None:
            return {name: arm.digest for name, arm in arms.items()}
        changing = [_plain(asdict(q)) for q in self.change_book.effects.quantities]
        return {name: digest([arm.digest, changing]) for name, arm in arms.items()}

    def run_id(self, design: str, scenario: int, replicate: int) -> str:
        """Return a run's identity: the same inputs give the same one anywhere, whatever the design is called."""
        # the digest of [question, design, scenario, replicate], its beginning worked out once for each design
        running = self._beginnings[design].copy()
        running.update(b"%d,%d]" % (scenario, replicate))
        return str(running.hexdigest())

    @cached_property
    def _beginnings(self) -> dict[str, Any]:
        return {
            name: hashlib.blake2b(f'["{self.digest}","{arm}",'.encode(), digest_size=12)
            for name, arm in self.arm_digests.items()
        }

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what cannot travel to another process and is soon worked out again."""
        return {k: v for k, v in self.__dict__.items() if k != "_beginnings"}

    @cached_property
    def origin(self) -> Origin:
        """What its runs say they were made from."""
        return Origin(self.digest, self.arm_digests)


def _plain(value: object) -> object:
    """Return nested dataclass values as JSON can hold them; infinity as a word."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return str(value)
    return value
