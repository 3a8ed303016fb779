import numpy as np

from caseloads import run_small
from remit.kernel.caseload.bookings import employer_of
from remit.kernel.caseload.layout import Log, Total
from twin.caseload_worlds import WORLDS


def test_routes_have_their_employer():
    assert [employer_of(route) for route in (0, 1, 2)] == [0, 0, 1]


def test_bookings_of_clients_and_of_carers_are_the_same():
    for plan in WORLDS.values():
        work = run_small(plan, 40).work
        rows = work.active[: work.state[0]]
        by_carer = np.zeros_like(work.taken)
        for row in rows:
            for h, helper in enumerate(work.helpers[row]):
                if helper["carer"] >= 0:
                    by_carer[helper["carer"]] += work.hours[row, h]
                else:
                    assert not work.hours[row, h].any()
            assert work.booked[row].tolist() == work.hours[row].sum(axis=0).tolist()
            assert (work.booked[row] <= work.granted[row]).all()
            assert work.clients[row]["helpers"] == (work.helpers[row]["carer"] >= 0).sum()
        np.testing.assert_array_equal(by_carer, work.taken)


def test_matches_are_held_or_lost():
    ran = run_small(WORLDS["plain rota"], 40)
    held = ran.work.clients["helpers"][ran.work.active[: ran.work.state[0]]].sum()
    matches, losses = ran.tape.totals[0, [Total.MATCHES, Total.LOSSES]]
    assert matches == len(ran.rows(Log.MATCH))
    assert matches == losses + held
