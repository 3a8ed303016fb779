"""Scenario: one point of what is not known, the same for every design compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from remit.ground.quantity import Choice, Quantity


@dataclass(frozen=True)
class Scenario:
    """A draw from every uncertain quantity, as its quantile by name.

    Number -1 without quantiles is the central scenario: every best value, and the
    likeliest (first) answer of every choice.
    """

    number: int = -1
    quantiles: Mapping[str, float] = field(default_factory=dict)
    at_means: bool = False  # every quantity at its mean: expected costs, which are products, come out exactly

    def value(self, quantity: Quantity) -> float:
        """Return the value of a quantity here, in its canonical unit."""
        if quantity.is_uncertain and quantity.name in self.quantiles:
            return quantity.draw(self.quantiles[quantity.name])
        return quantity.mean if self.at_means else quantity.value

    def answer(self, choice: Choice) -> str:
        """Return the answer of a choice here."""
        if choice.is_uncertain and choice.name in self.quantiles:
            return choice.draw(self.quantiles[choice.name])
        return choice.options[choice.weights.index(max(choice.weights))]
