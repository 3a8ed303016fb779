"""Sobol' points whose dimension is a name's own: scrambled by Owen's nested scrambling, extended point by point.

A dimension is a primitive polynomial over the field of two elements and some
odd starting numbers (Sobol' 1967; the recurrence as in Bratley and Fox 1988).
Polynomials are found here by search and picked by the name; starting numbers
are drawn by name and seed. So a quantity more or less moves no other, and two
names never share a dimension, even where they share a polynomial.

What that costs: nobody chose starting numbers that go well together, as published
tables do. One pair of names in 2**(m - 1) is halved alike by its first 2**m
points, and is then correlated by 0.75 or more: 15 pairs among six names hardly
ever at 4,096 points, but about 400 of the 12,720 pairs of 160 names at 64. No
table avoids that: 64 points of such a sequence can be halved in 63 ways, so of
64 dimensions two are halved alike (tests/theory/test_sampling.py). And one pair
in 630, of the same polynomial, is filled no more evenly beyond 8,192 points.
"""

from functools import cache

import numpy as np
from numba import types

from remit.ensemble.draws import CELL_52, F1, W1, U, Words, i64, name_key, name_uniforms, u64
from remit.kernel.compiling import compiled
from remit.kernel.layout import Floats

BITS = 32
DEGREE = 13  # 2**13 - 1 is prime: of this degree whatever divides x**8191 - 1 is primitive
STREAM_NUMBERS = 106
STREAM_SCRAMBLE = 107
GOLDEN = U(0x9E3779B97F4A7C15)
MIX_A = U(0xBF58476D1CE4E5B9)
MIX_B = U(0x94D049BB133111EB)
ONE = U(1)


def sobol_quantiles(name: str, start: int, stop: int, seed: int) -> Floats:
    """Return ``(stop - start,)`` scrambled Sobol' quantiles of one name, strictly between 0 and 1.

    Source: Owen 1995, "Randomly permuted (t, m, s)-nets and (t, s)-sequences".

    Args:
        name: Whose quantiles they are.
        start: Number of the first scenario.
        stop: Number after the last scenario, at most 2**32.
        seed: Root seed.
    """
    polynomials = primitive_polynomials(DEGREE)
    polynomial = polynomials[name_key(name) % len(polynomials)]
    drawn = name_uniforms(name, STREAM_NUMBERS, 0, DEGREE, seed)
    odd = [
        2 * int(u * 2**k) + 1 for k, u in enumerate(drawn)
    ]  # number k, from 0, is odd and below 2**(k + 1)
    a, b = name_uniforms(name, STREAM_SCRAMBLE, 0, 2, seed)
    values = np.empty(max(0, stop - start))
    _scrambled(values, direction_numbers(polynomial, odd), U(int(a * 2**32) << 32 | int(b * 2**32)), start)
    return values


@cache
def primitive_polynomials(degree: int) -> tuple[int, ...]:
    """Return every primitive polynomial of a degree whose 2**degree - 1 is prime, its coefficients as bits.

    >>> [bin(p) for p in primitive_polynomials(3)]
    ['0b1011', '0b1101']
    """
    # x to the power 2**degree is x again exactly if the powers of x run through a prime cycle, which is then whole
    return tuple(
        p for p in range((1 << degree) | 1, 1 << (degree + 1), 2) if _power_of_x(degree, p, degree) == 2
    )


def _power_of_x(doublings: int, polynomial: int, degree: int) -> int:
    """Return x to the power 2**doublings, modulo a polynomial."""
    value = 2
    for _ in range(doublings):
        square = sum(1 << (2 * i) for i in range(degree) if value >> i & 1)
        for high in range(2 * degree - 2, degree - 1, -1):
            if square >> high & 1:
                square ^= polynomial << (high - degree)
        value = square
    return value


def direction_numbers(polynomial: int, odd: list[int]) -> Words:
    """Return the 32 direction numbers that follow from a primitive polynomial and its starting numbers.

    Source: Bratley and Fox 1988, "Algorithm 659: implementing Sobol's quasirandom
    sequence generator", equation (2).

    Args:
        polynomial: Its coefficients as bits, the highest first.
        odd: As many odd numbers as its degree, number k (from 0) below 2**(k + 1).

    >>> [int(v) >> 29 for v in direction_numbers(0b111, [1, 3])[:3]]
    [4, 6, 3]
    """
    degree = len(odd)
    numbers = list(odd)
    for k in range(degree, BITS):
        following = numbers[k - degree] ^ numbers[k - degree] << degree
        for i in range(1, degree):
            if polynomial >> (degree - i) & 1:
                following ^= numbers[k - i] << i
        numbers.append(following)
    return np.array([m << (BITS - 1 - k) for k, m in enumerate(numbers)], np.uint64)


@compiled(u64(u64))
def _mixed(word: np.uint64) -> np.uint64:
    """Return a word all of whose bits hang on all bits of ``word`` (SplitMix64: Steele, Lea and Flood 2014)."""
    word = (word ^ (word >> U(30))) * MIX_A
    word = (word ^ (word >> U(27))) * MIX_B
    return word ^ (word >> U(31))


@compiled(types.void(F1, W1, u64, i64))
def _scrambled(values: Floats, directions: Words, key: np.uint64, start: int) -> None:
    """Write points number ``start`` on: each digit is turned or not by a coin of all the digits before it."""
    for i in range(len(values)):
        point = U(0)
        rest, k = U(start + i), 0
        while rest > U(0):
            if rest & ONE:
                point ^= directions[k]
            rest >>= ONE
            k += 1
        digits, node = U(0), ONE  # a node of the tree of digits: those before, behind a leading 1
        for b in range(BITS):
            digit = (point >> U(BITS - 1 - b)) & ONE
            digits = (digits << ONE) | (digit ^ (_mixed(key + node * GOLDEN) >> U(63)))
            node = (node << ONE) | digit
        digits = (digits << U(20)) | (_mixed(key + node * GOLDEN) >> U(44))  # what is finer, by luck
        values[i] = (np.float64(digits) + 0.5) * CELL_52
