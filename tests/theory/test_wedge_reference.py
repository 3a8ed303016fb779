"""A stepped wedge analysed by lme4 in R: given its variance components, ours has its estimate and standard error."""

import json

import numpy as np
import pytest

from remit.adapters.pilot_data import read_data
from remit.pilots.analysis.wedge import Correlation, Wedge, wedge_gls
from shared_data import shared_file


def test_the_estimate_of_lme4():
    cases = json.loads(shared_file("cases/power_cases.json").read_text())["cases"]
    known = next(c["expected"] for c in cases if c["id"] == "sw_lmm_example")
    data = read_data(shared_file("cases/sw_example.csv"))
    cell = (data.numbers("cl").astype(int), data.numbers("t").astype(int))
    total, size, on = np.zeros((12, 5)), np.zeros((12, 5)), np.zeros((12, 5))
    np.add.at(total, cell, data.numbers("y"))
    np.add.at(size, cell, 1.0)
    on[cell] = data.numbers("x")
    lasting, passing, rest = (known[k] ** 2 for k in ("sd_cluster", "sd_cluster_period", "sd_resid"))
    between = lasting + passing
    wedge = Wedge(total / size, size, 5 - on.sum(axis=1).astype(np.int64), np.zeros(12, np.int64))
    found = wedge_gls(wedge, Correlation(between / (between + rest), lasting / between), 999)
    assert found.value == pytest.approx(known["beta"], abs=1e-6)
    assert found.se == pytest.approx(known["se"], abs=1e-5)
    assert found.p_random < 0.05
