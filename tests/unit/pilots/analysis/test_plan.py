import pytest

from pilot_files import TEAMS, pilot
from remit.ground.faults import Faults
from remit.pilots.analysis.plan import estimator_for
from remit.pilots.protocol import Outcome


def test_the_usual_one_of_the_design():
    assert estimator_for(pilot(), pilot().outcome) == "blocked_means"
    free = pilot(TEAMS.replace("constraints: {method: blocked, block: area}\n", ""))
    assert estimator_for(free, free.outcome) == "cluster_means"
    assert estimator_for(free, Outcome("falls", "rate", "per_year", "down")) == "cluster_log_rates"


def test_people_by_kind_of_outcome():
    one = pilot(TEAMS.replace("cluster_rct", "individual_rct"))
    kinds = {k: estimator_for(one, Outcome("x", k, "share", "up")) for k in ("continuous", "binary", "rate")}
    assert kinds == {"continuous": "difference_in_means", "binary": "two_shares", "rate": "two_rates"}


def test_the_protocol_has_the_word():
    told = pilot(TEAMS + "analysis: {primary: cluster_log_odds}\n")
    assert estimator_for(told, told.outcome) == "cluster_log_odds"
    assert estimator_for(told, Outcome("falls", "rate", "per_year", "down")) == "blocked_log_rates"


def test_what_does_not_fit_is_refused():
    told = pilot(TEAMS + "analysis: {primary: two_shares}\n")
    with pytest.raises(Faults, match="PIL204"):
        estimator_for(told, told.outcome)
    series = pilot(TEAMS.replace("cluster_rct", "its"))
    with pytest.raises(Faults, match="PIL203"):
        estimator_for(series, series.outcome)
