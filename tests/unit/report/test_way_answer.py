import ways as made


def test_it_counts_futures_and_courses_by_its_results():
    told = made.told("neighbours", n_scenarios=4, n_replicates=2)
    assert (told.n_scenarios, told.n_replicates) == (4, 2)
