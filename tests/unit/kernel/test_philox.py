import numpy as np
import pytest

from remit.kernel.philox import philox, uniforms

U = np.uint64


def words(*values: int) -> tuple[int, ...]:
    return tuple(int(w) for w in philox(*(U(v) for v in values)))


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
    ids=["nought", "ones", "pi"],
)
def test_the_published_known_answers_of_random123(counter, key, answer):
    assert words(*counter, *key) == answer


def test_a_draw_is_the_word_and_a_half_over_two_to_the_32():
    entity, block, luck, stream, seed = 5, 3, 9, 7, (2 << 32) | 1
    drawn = uniforms(U(seed), U(luck), U(stream), U(entity), U(block))
    assert drawn == tuple((w + 0.5) / 2**32 for w in words(entity, block, luck, stream, 1, 2))


def test_the_high_half_of_the_luck_stands_beside_the_stream():
    luck, stream = (6 << 32) | 4, 7
    drawn = uniforms(U(1), U(luck), U(stream), U(5), U(0))
    assert drawn == tuple((w + 0.5) / 2**32 for w in words(5, 0, 4, stream | 6 << 8, 1, 0))


def test_the_same_question_has_the_same_answer():
    asked = [U(v) for v in (1, 2, 3, 4, 5)]
    assert uniforms(*asked) == uniforms(*asked)


@pytest.mark.parametrize("changed", range(5))
def test_every_part_of_the_question_matters(changed):
    first, second = [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]
    second[changed] += 1
    assert not set(uniforms(*map(U, first))) & set(uniforms(*map(U, second)))


def test_draws_lie_strictly_between_nought_and_one_and_are_even():
    drawn = np.array([uniforms(U(1), U(0), U(1), U(i), U(0)) for i in range(5000)])
    assert drawn.min() > 0.0
    assert drawn.max() < 1.0
    assert np.abs(drawn.mean(0) - 0.5).max() < 5 * np.sqrt(1 / 12 / 5000)
    assert np.abs(np.corrcoef(drawn.T) - np.eye(4)).max() < 5 / np.sqrt(5000)
