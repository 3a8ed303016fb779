import numpy as np
import pytest

from remit.simulate.outcomes import outcome_columns
from small_streets import streets, streets_run

LUCKS = (0, 1, 2, 3)
SHARES = ("fixed_share", "reported_share", "not_reached_share", "self_share", "repeat_share", "busy_share")


def of(rows, column, kind="all", name=""):
    return rows.columns[column][:, rows.groups.index((kind, name))]


def test_every_promised_column_is_there_and_no_other():
    assert set(streets_run().columns) == set(outcome_columns(streets()))


@pytest.mark.parametrize("design", ["today", "app"])
def test_shares_are_shares(design):
    rows = streets_run(design=design)
    for name in SHARES:
        told = rows.columns[name]
        assert ((told >= 0.0) & (told <= 1.0) | np.isnan(told)).all(), name


def test_what_nobody_reports_counts_as_not_put_right():
    rows = streets_run(lucks=LUCKS)
    fixed, told = (np.nan_to_num(rows.columns[c]) for c in ("fixed_share", "reported_share"))
    assert (fixed <= told + 1e-12).all()
    lost = of(rows, "reported_share") + of(rows, "not_reached_share")
    assert (lost >= 1.0 - 1e-12).all()
    assert of(rows, "reported_share").mean() == pytest.approx(0.567, abs=0.03)


def test_the_same_holes_arise_whoever_mends_them():
    assert np.array_equal(of(streets_run(), "need"), of(streets_run(design="app"), "need"))


def test_an_app_gets_more_reported_among_the_better_off_most():
    today, app = streets_run(lucks=LUCKS), streets_run(design="app", lucks=LUCKS)
    gain = {
        f: (of(app, "reported_share", "own_fifth", f) - of(today, "reported_share", "own_fifth", f))
        for f in "15"
    }
    assert (of(app, "reported_share") > of(today, "reported_share")).all()
    assert gain["1"].mean() < gain["5"].mean()


def test_channels_add_up_and_each_costs_what_it_costs():
    rows = streets_run(design="app")
    parts = [of(rows, f"contacts_{c}") for c in ("phone", "online", "app")]
    assert of(rows, "contacts") == pytest.approx(sum(parts))
    costs = [p * gbp for p, gbp in zip(parts, (6.0, 3.0, 0.1), strict=True)]
    assert of(rows, "handling") == pytest.approx(sum(costs))
    assert of(rows, "handling_app") == pytest.approx(costs[2])
    first = of(rows, "contacts") - of(rows, "duplicate_reports")
    again = of(rows, "repeat_share") * of(rows, "reported_share")  # what comes back is reported once more
    arisen = of(rows, "need") / (1.0 - again)
    assert first == pytest.approx(of(rows, "reported_share") * arisen, rel=0.08)


def test_the_fee_of_an_app_is_paid_where_there_is_one():
    free = ("app_gbp_per_year: {value: 5000,", "app_gbp_per_year: {value: 0,")
    dear, given = (
        of(streets_run(design="app"), "cost_public"),
        of(streets_run(free, design="app"), "cost_public"),
    )
    assert dear - given == pytest.approx(5000.0)
    assert np.array_equal(of(streets_run(), "cost_public"), of(streets_run(free), "cost_public"))


def test_fifths_add_up_to_everyone():
    rows = streets_run(design="app")
    for column in ("contacts", "contacts_app", "duplicate_reports", "app_users"):
        fifths = [np.nan_to_num(of(rows, column, "own_fifth", f)) for f in "12345"]
        assert of(rows, column) == pytest.approx(sum(fifths)), column


def test_an_open_network_settles_some_without_us_and_spares_reports_of_them():
    today, open_ = streets_run(lucks=LUCKS), streets_run(relationship="open_network", lucks=LUCKS)
    assert of(open_, "self_share").mean() == pytest.approx(0.5 * 0.2 / 3.0, rel=0.4)
    assert (of(open_, "contacts") < of(today, "contacts")).all()
    assert (of(open_, "unpaid_hours") > 0.0).all()
    assert of(open_, "unpaid_value") == pytest.approx(of(open_, "unpaid_hours") * 12.0)


def test_waits_are_told_in_days():
    rows = streets_run(lucks=LUCKS)
    assert (of(rows, "wait_days") > 0.05).all()
    assert (of(rows, "wait_days_p90") > of(rows, "wait_days")).all()
    assert (of(rows, "wait_days_p90") < 75.0).all()


@pytest.mark.parametrize("way", ["decentralised_teams", "direct_matched", "federated_partners"])
def test_other_ways_of_finding_crews_run(way):
    assert (of(streets_run(relationship=way), "fixed_share") > 0.0).all()


def test_a_longer_uptake_is_told_at_its_end_and_at_its_most():
    rows = streets_run(design="app")
    assert (of(rows, "app_users_peak") >= of(rows, "app_users")).all()
    assert (of(rows, "app_users") > 0.0).all()
