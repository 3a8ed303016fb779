import pytest

from remit.cli.compare import compare
from remit.cli.ensembles import explore
from remit.cli.options import names_in


@pytest.mark.parametrize("name", ["designs", "turns", "place", "seed", "threads"])
def test_what_two_commands_share_is_the_same_in_both(name):
    one, other = ({p.name: p for p in command.params}[name] for command in (compare, explore))
    assert one.opts == other.opts
    assert one.help == other.help
    assert one.default == other.default


def test_a_list_of_names_may_have_blanks_and_nothing_between_commas():
    assert names_in(" a ,b,, ") == ("a", "b")
    assert names_in("") == ()
