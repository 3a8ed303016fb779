"""Breeding: designs as rows of numbers that a search can cross and change, always mended to consistent ones.

A gene is a variable that acts in this family of service; its number is one of a list of settings: today's, those of
the brief's designs, then each option (or band of a level) in turn. Variables whose own cost the model does not know
stay as today unless they are let go, for a search would take what seems free.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from remit.catalogue.schema import Variable
from remit.consistency.nearest import Wish, nearest_designs
from remit.consistency.space import Space, choices_of, level_in, values_of
from remit.design.design import Design, Setting, Several, Solved, plain
from remit.mechanism.effect import Effects
from remit.questions.evolve import Genome
from remit.workbench.designs import Standpoint
from remit.workbench.thinking import judge


class Breeding:
    """The designs to search, and the design behind each row of genes."""

    def __init__(
        self,
        place: Standpoint,
        known: Mapping[str, Design],
        effects: Effects,
        let_go: Collection[str] = (),
        only_open: bool = False,
    ) -> None:
        self.place = place
        self.known = known  # today first; none with a level still to be worked out
        self.only_open = only_open
        self.held_as_today = effects.uncosted - set(let_go)
        acts = {variable for variable, _ in effects.by_option} - self.held_as_today
        self.genes = tuple(v for v in place.catalogue.variables if v in acts)
        self.settings = {v: self._settings(place.catalogue.variables[v]) for v in self.genes}
        self._designs: dict[Genome, Design | None] = {}

    @property
    def sizes(self) -> Sequence[int]:
        """How many settings each gene has."""
        return [len(self.settings[v]) for v in self.genes]

    @property
    def today(self) -> Genome:
        """The genes of today's service: the first setting of each."""
        return (0,) * len(self.genes)

    @cached_property
    def starts(self) -> Sequence[Genome]:
        """Genomes of the known designs that are consistent."""
        coded = (self._coded(design) for design in self.known.values())
        return [g for g in dict.fromkeys(coded) if g is not None and self.design(g) is not None]

    def repair(self, genomes: list[Genome]) -> list[Genome | None]:
        """Return for each a consistent genome near it, or None; a consistent one unchanged."""
        return [self._mended(genome) for genome in genomes]

    def design(self, genome: Genome) -> Design | None:
        """Return the design with these genes, its other settings as today's or, where rules ask, near them."""
        if genome not in self._designs:
            self._designs[genome] = self._whole(genome)
        return self._designs[genome]

    def _settings(self, variable: Variable) -> list[Setting]:
        """Return the settings of a gene: those known, then each option or band by itself and beside today's."""
        given = [d.settings[variable.id] for d in self.known.values()]
        today = given[0]
        if variable.kind == "level":
            base = today if isinstance(today, float) else None
            given += [level_in(variable, band, base) for band in values_of(variable)]
        elif isinstance(today, Several):
            beside = [o for o in variable.options if o not in today.present]
            given += [Several(today.main, (*today.also, o)) for o in beside]
            given += [Several(today.main, tuple(a for a in today.also if a != o)) for o in today.also]
            given += [Several(o) for o in variable.options]
            given += [Several(o, tuple(p for p in today.present if p != o)) for o in variable.options]
        else:
            given += list(variable.options)
        return list({repr(plain(s)): s for s in given if not isinstance(s, Solved)}.values())

    def _wanted(self, genome: Genome) -> Design:
        genes = zip(self.genes, genome, strict=True)
        return self.place.today.changed(**{v: self.settings[v][i] for v, i in genes})

    def _coded(self, design: Design) -> Genome | None:
        """Return the genes of a design; None if one has a setting that is not in its list."""
        genome = []
        for v in self.genes:
            listed = [plain(s) for s in self.settings[v]]
            if plain(design.settings[v]) not in listed:
                return None
            genome.append(listed.index(plain(design.settings[v])))
        return tuple(genome)

    def _is_allowed(self, design: Design) -> bool:
        verdict = judge(design, self.place)
        return verdict.is_open if self.only_open else verdict.is_consistent

    def _whole(self, genome: Genome) -> Design | None:
        wanted = self._wanted(genome)
        if self._is_allowed(wanted):
            return wanted
        keep = tuple(choices_of(wanted, self.place.catalogue, self.genes))
        found = self._nearest(wanted, Wish(keep=keep, n=1))
        if found is None or self._coded(found) != genome or not self._holds(found):
            return None
        return found

    def _holds(self, design: Design) -> bool:
        """Tell whether what seems free is as today."""
        today = self.place.today.settings
        return all(plain(design.settings[v]) == plain(today[v]) for v in self.held_as_today)

    def _mended(self, genome: Genome) -> Genome | None:
        if self.design(genome) is not None:
            return genome
        found = self._nearest(self._wanted(genome), Wish(n=1))
        near = self._coded(found) if found is not None else None
        return near if near is not None and self.design(near) is not None else None

    def _nearest(self, wanted: Design, wish: Wish) -> Design | None:
        ground = self.place.ground
        if self.only_open:
            wish = replace(wish, granted=tuple(ground.met), met=tuple(ground.met))
        found = nearest_designs(wanted, wish, self._space, ground.changes)
        return found[0].design if found and self._is_allowed(found[0].design) else None

    @cached_property
    def _space(self) -> Space:
        return self.place.space()
