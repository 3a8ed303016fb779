"""Real experiments with known answers: data from the shared folder, protocols from docs/pilots."""

import math
from pathlib import Path

import numpy as np
import pytest

from remit.adapters.pilot_data import read_data
from remit.pilots.analysis.analyse import analyse
from remit.pilots.analysis.data import Table
from remit.pilots.analysis.staggered import cohorts_of, staggered
from remit.pilots.parse import parse_pilot
from shared_data import shared_file

PILOTS = Path(__file__).parents[2] / "docs" / "pilots"
ARMS = {
    "Control": "control",
    "Water": "water",
    "Sanitation": "sanitation",
    "Handwashing": "handwashing",
    "WSH": "wsh",
    "Nutrition": "nutrition",
    "Nutrition + WSH": "nutrition-wsh",
}


def _pilot(name):
    path = PILOTS / f"{name}.yaml"
    return parse_pilot(path.read_text(), str(path))


@pytest.mark.parametrize("path", sorted(PILOTS.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_protocol_can_be_read(path):
    assert _pilot(path.stem).id == path.stem


def _letters():
    raw = read_data(shared_file("data/experiments/karlan_list_2007_matching.csv.gz"))
    arm = tuple("matched" if t == "1" else "plain" for t in raw.words("treatment"))
    names = {"gave": "out_gavedum", "amount": "out_amountgive"}
    ids = tuple(str(n) for n in range(raw.n))
    return Table(raw.file, {**raw.renamed(names).columns, "arm": arm, "id": ids})


def test_matching_letters_raise_giving():
    found = analyse(_pilot("matching-letters"), _letters(), n_draws=199)
    gave, amount = found.comparisons
    assert (gave.level_old, gave.level_new) == (
        pytest.approx(0.0179, abs=5e-5),
        pytest.approx(0.0220, abs=5e-5),
    )
    assert amount.level_old == pytest.approx(0.813, abs=5e-4)
    assert amount.level_new == pytest.approx(0.967, abs=2e-3)
    # the paper: response up by .004 (standard error .001), t 3.1 - dollars by .154 (.083), t 1.9
    assert gave.found.value == pytest.approx(0.0042, abs=5e-5)
    assert gave.found.se == pytest.approx(0.0013, abs=5e-5)
    assert gave.found.p_random <= 0.01
    assert amount.found.value == pytest.approx(0.1536, abs=2e-3)
    assert amount.found.se == pytest.approx(0.083, abs=5e-3)
    assert 0.02 < amount.found.p_random < 0.15
    assert amount.found.n == 50_081
    assert [f.rows for f in found.flows] == [16_687, 33_396]
    assert found.departures == ()


@pytest.fixture(scope="module")
def diarrhoea():
    raw = read_data(shared_file("data/experiments/washb_bangladesh_diarrhoea.csv.gz"))
    svy, sibling, old = raw.numbers("svy"), raw.numbers("sibnewbirth"), raw.numbers("gt36mos")
    kept = np.flatnonzero((svy > 0) & (sibling == 0) & (old == 0) & np.isfinite(raw.numbers("diar7d")))
    rows = {
        name: tuple(raw.columns[name][i] for i in kept) for name in ("clusterid", "block", "tr", "diar7d")
    }
    rows["arm"] = tuple(ARMS[t] for t in rows.pop("tr"))
    return Table(raw.file, rows).renamed({"id": "clusterid", "diarrhoea": "diar7d"})


def test_diarrhoea_by_arm_is_what_was_published(diarrhoea):
    pilot = _pilot("wash-benefits")
    found = analyse(pilot, diarrhoea, n_draws=199)
    by_arm = {c.new: c for c in found.comparisons}
    assert by_arm["sanitation"].level_old == pytest.approx(200 / 3517)
    counts = {
        "water": (90, 1824),
        "sanitation": (61, 1760),
        "handwashing": (62, 1796),
        "wsh": (74, 1902),
        "nutrition": (61, 1767),
        "nutrition-wsh": (66, 1861),
    }
    for arm, (hits, rows) in counts.items():
        assert by_arm[arm].level_new == pytest.approx(hits / rows)
    # Luby 2018: prevalence ratios .61 sanitation, .60 handwashing, .69 wsh, .64 nutrition, .62 all; water .89
    for arm, ratio in {
        "sanitation": 0.61,
        "handwashing": 0.60,
        "wsh": 0.69,
        "nutrition": 0.64,
        "water": 0.89,
    }.items():
        assert by_arm[arm].level_new / by_arm[arm].level_old == pytest.approx(ratio, abs=0.04)
    for arm in ("sanitation", "handwashing", "nutrition", "nutrition-wsh"):
        assert by_arm[arm].found.p_random <= 0.04
        assert by_arm[arm].found.high < 0.0
        assert by_arm[arm].found.p_model < 0.01
    assert by_arm["water"].found.p_random > 0.05
    assert {f.units for f in found.flows} <= {90, 180, 89, 179}


@pytest.fixture(scope="module")
def officers():
    raw = read_data(shared_file("data/experiments/chicago_procedural_justice_panel.parquet"))
    return raw.renamed({"id": "uid", "start": "first_trained"})


@pytest.mark.parametrize(
    ("question", "value", "se"),
    [("simple", -0.001127, 0.002115), ("cohort", -0.001085, 0.002261), ("calendar", -0.001872, 0.002559)],
)
def test_training_of_officers_is_what_its_authors_found(officers, question, value, se):
    panel, start = _panel(officers)
    found = staggered(cohorts_of(panel, start)[0], question)
    assert found.value == pytest.approx(value, abs=1e-6)
    assert found.se == pytest.approx(se, abs=1e-6)


def test_the_difference_in_differences_is_theirs_too(officers):
    panel, start = _panel(officers)
    found = staggered(cohorts_of(panel, start)[0], "simple", beta=1.0)
    assert found.value == pytest.approx(-0.005177, abs=1e-6)
    assert found.se == pytest.approx(0.003929, abs=1e-6)


def _panel(officers):
    uid, when = officers.numbers("id"), officers.numbers("period")
    order = np.lexsort((when, uid))
    panel = officers.numbers("complaints")[order].reshape(-1, 72)
    return panel, officers.numbers("start")[order].reshape(-1, 72)[:, 0].astype(int) - 1


def test_the_whole_way_gives_the_same_answer(officers):
    found = analyse(_pilot("procedural-justice"), officers, n_draws=99)
    first = found.comparisons[0]
    assert first.found.value == pytest.approx(-0.001127, abs=1e-6)
    assert first.found.se == pytest.approx(0.002115, abs=1e-6)
    assert first.found.p_random > 0.2
    assert math.isfinite(found.comparisons[2].found.p_random)
    assert found.flows[0].units == 7_785
    assert found.departures == ()
