import hashlib

import numpy as np
import pytest

from remit.ensemble.draws import name_key, name_quantiles, name_shuffle, name_uniforms

LAST_SEED = 2**63 - 1
EFFECT = "effects.data.siloed.kinds.*.call_minutes"
# number 0, 17 and 99 of each, as drawn before anything was compiled
AS_THEY_WERE = {
    ("x", 0): ("0x1.c8fd931732a4fp-1", "0x1.63f64c5cca93cp-3", "0x1.b4fd931732a4fp-1"),
    ("x", LAST_SEED): ("0x1.9f74bb68bff3dp-1", "0x1.3dd2eda2ffcf4p-3", "0x1.8dd2eda2ffcf4p-3"),
    ("crews.number", 7): ("0x1.2418a2ecdeb80p-8", "0x1.6490628bb37aep-2", "0x1.66483145d9bd7p-1"),
    (EFFECT, 7): ("0x1.33151ed41739bp-1", "0x1.83151ed41739bp-1", "0x1.7c547b505ce6cp-3"),
    (EFFECT, LAST_SEED): ("0x1.40d8072c2ad9ep-2", "0x1.60d8072c2ad9ep-2", "0x1.746c0396156cfp-1"),
}


@pytest.mark.parametrize(("name", "seed"), AS_THEY_WERE)
def test_draws_are_those_of_every_version(name, seed):
    drawn = name_quantiles(name, 0, 100, seed)
    assert tuple(float(drawn[i]).hex() for i in (0, 17, 99)) == AS_THEY_WERE[name, seed]


def test_a_thousand_of_twenty_names_are_those_of_every_version():
    drawn = np.array([name_quantiles(f"q{i}", 3, 1000, 11) for i in range(20)])
    assert hashlib.blake2b(drawn.tobytes(), digest_size=8).hexdigest() == "c1f8c75335b02563"


@pytest.mark.parametrize(("start", "stop"), [(0, 0), (0, 1), (15, 17), (16, 32), (40, 41), (33, 200)])
def test_a_part_is_that_part_of_the_whole(start, stop):
    assert np.array_equal(name_quantiles("x", start, stop, 5), name_quantiles("x", 0, 300, 5)[start:stop])
    assert np.array_equal(
        name_uniforms("x", 105, start, stop, 5), name_uniforms("x", 105, 0, 300, 5)[start:stop]
    )


def test_uniforms_differ_by_name_stream_block_and_seed():
    first = name_uniforms("a", 105, 0, 50, 1)
    others = [
        name_uniforms("b", 105, 0, 50, 1),
        name_uniforms("a", 104, 0, 50, 1),
        name_uniforms("a", 105, 0, 50, 1, block=1),
        name_uniforms("a", 105, 0, 50, 2),
    ]
    assert not any(np.intersect1d(first, other).size for other in others)
    assert 0.0 < min(x.min() for x in others) < max(x.max() for x in others) < 1.0


def test_a_shuffle_holds_every_number_once_in_an_order_of_the_names_own():
    a, b = (name_shuffle(name, 103, 500, 1) for name in "ab")
    assert sorted(a) == sorted(b) == list(range(500))
    assert np.mean(a == b) < 0.02


def test_a_name_is_sixty_four_bits():
    keys = {name_key(f"q{i}") for i in range(1000)}
    assert len(keys) == 1000
    assert max(keys) < 2**64
