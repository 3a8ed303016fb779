import random

import numpy as np

from remit.kernel.calendar import pop, push
from remit.kernel.layout import SLOT_BITS


def filled(keys: list[int]) -> np.ndarray:
    heap = np.zeros(len(keys), np.int64)
    for size, key in enumerate(keys):
        push(heap, size, key)
    return heap


def emptied(heap: np.ndarray) -> list[int]:
    taken = []
    for size in range(len(heap), 0, -1):
        taken.append(int(heap[0]))
        pop(heap, size)
    return taken


def test_keys_come_out_in_order():
    keys = [random.Random(1).randrange(10**12) for _ in range(500)]
    assert emptied(filled(keys)) == sorted(keys)


def test_the_same_key_may_stand_twice():
    assert emptied(filled([5, 3, 5, 3, 5])) == [3, 3, 5, 5, 5]


def test_ties_of_time_fall_to_the_lower_slot():
    keys = [(7 << SLOT_BITS) | slot for slot in (9, 2, 4)]
    assert [k & ((1 << SLOT_BITS) - 1) for k in emptied(filled(keys))] == [2, 4, 9]


def test_the_order_put_in_does_not_matter():
    keys = [random.Random(2).randrange(1000) for _ in range(60)]
    assert emptied(filled(keys)) == emptied(filled(keys[::-1]))


def test_putting_in_and_taking_out_may_alternate():
    rng, heap, held, taken = random.Random(3), np.zeros(100, np.int64), [], []
    for _ in range(400):
        if held and (len(held) == 100 or rng.random() < 0.5):
            taken.append((int(heap[0]), min(held)))
            held.remove(min(held))
            pop(heap, len(held) + 1)
        else:
            key = rng.randrange(10**9)
            push(heap, len(held), key)
            held.append(key)
    assert all(got == least for got, least in taken)


def test_taking_the_last_key_is_allowed():
    assert emptied(filled([42])) == [42]
