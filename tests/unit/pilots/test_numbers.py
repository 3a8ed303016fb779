import math

from remit.ground.units import CANONICAL, UNITS
from remit.pilots.numbers import NUMBERS, OUTCOME


def test_every_number_has_a_known_dimension_and_a_default_inside_its_bounds():
    for spec in NUMBERS.values():
        assert spec.dimension == OUTCOME or spec.dimension in CANONICAL
        assert not spec.unit or UNITS[spec.unit].dimension == spec.dimension
        assert math.isnan(spec.default) or spec.least <= spec.default <= spec.most
        assert spec.meaning
