import ways as made
from remit.cli.way_tables import print_ways


def test_each_way_has_a_table_and_sentences(capsys):
    print_ways(made.told("neighbours", "one_more"))
    said = capsys.readouterr().out
    assert said.count("The way to: ") == 2
    assert said.count("Takes effect") == 2, "one table a way"
    assert "* " in said
    assert "nan" not in said
