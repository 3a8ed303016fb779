from numba import float64

from remit.kernel import CACHE, is_compiled
from remit.kernel.compiling import OPTIONS, compiled, inlined


def twice(x):
    return 2.0 * x


def test_a_signature_compiles_at_once():
    assert compiled(float64(float64))(twice).signatures == [(float64,)]


def test_without_a_signature_it_waits_for_the_first_call():
    lazy = compiled()(twice)
    assert lazy.signatures == []
    assert lazy(1.5) == 3.0


def test_an_inlined_function_gives_what_the_plain_one_does():
    assert inlined(twice)(1.5) == 3.0


def test_compiled_code_holds_no_lock_and_is_kept():
    assert OPTIONS["nogil"]
    assert OPTIONS["cache"]


def test_division_by_nothing_is_as_in_arrays_and_raises_nothing():
    @compiled(float64(float64))
    def inverse(x):
        return 1.0 / x

    assert inverse(0.0) == float("inf")


def test_machine_code_is_kept_under_a_digest_of_the_sources():
    assert "kernel-" in CACHE
    assert isinstance(is_compiled(), bool)
