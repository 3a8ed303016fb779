import pytest

from remit.ground.identity import canonical, digest


def test_the_order_of_keys_does_not_matter():
    assert canonical({"b": 1, "a": {"d": 2, "c": 3}}) == '{"a":{"c":3,"d":2},"b":1}'


def test_the_order_of_a_list_matters():
    assert digest([1, 2]) != digest([2, 1])


def test_letters_stay_letters():
    assert canonical("é £") == '"é £"'


def test_a_float_keeps_its_last_bit():
    assert digest(0.1 + 0.2) != digest(0.3)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_a_number_has_no_identity(value):
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": value})


@pytest.mark.parametrize("size", [8, 16, 32])
def test_a_digest_is_as_long_as_asked(size):
    assert len(digest({"a": 1}, size)) == size


def test_a_digest_is_the_same_on_every_machine():
    assert digest({"a": [1, "b", None, True, 0.5]}) == "a10553fe2ad3c472"
