from decimal import Decimal, localcontext

import numpy as np
import pytest

from remit.kernel.tables import FIRST_HALVED, INVERSE, MINUS_LOG, POWER

DIGITS = 50


def nearest(exact: Decimal) -> float:
    """Return the float nearest to a number."""
    return float(exact)


@pytest.mark.parametrize("j", range(32))
def test_a_power_is_right_to_the_last_bit(j):
    with localcontext() as exactly:
        exactly.prec = DIGITS
        assert POWER[j] == nearest(Decimal(2) ** (Decimal(j) / 32))


@pytest.mark.parametrize("j", range(64))
def test_a_logarithm_is_right_to_the_last_bit(j):
    with localcontext() as exactly:
        exactly.prec = DIGITS
        assert MINUS_LOG[j] == nearest(-Decimal(float(INVERSE[j])).ln())


@pytest.mark.parametrize("j", range(64))
def test_an_inverse_is_near_one_over_the_middle_of_its_part(j):
    middle = (1.0 + (j + 0.5) / 64.0) / (2.0 if j >= FIRST_HALVED else 1.0)
    assert INVERSE[j] * middle == pytest.approx(1.0, abs=1 / 64)


def test_an_inverse_has_24_bits_so_that_a_product_with_it_is_exact():
    assert (INVERSE.astype(np.float32) == INVERSE).all()


def test_at_one_the_tables_are_exact_from_both_sides():
    assert INVERSE[0] == INVERSE[-1] == 1.0
    assert MINUS_LOG[0] == MINUS_LOG[-1] == 0.0


def test_tables_have_a_row_for_each_part():
    assert (len(POWER), len(INVERSE), len(MINUS_LOG)) == (32, 64, 64)
