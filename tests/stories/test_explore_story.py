"""Thousands of futures through the real command line: killed, gone on with, sharded, asked."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

PATIENCE = 120.0
WANTED = (
    "cardiac-arrest",
    "--scenarios",
    "40",
    "--replicates",
    "2",
    "--threads",
    "1",
    "--designs",
    "one_crew_more",
)


def remit(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "remit", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=PATIENCE, check=False)


def killed(folder: Path, after_parts: int) -> None:
    """Run the ensemble and kill it without warning once it has kept so many parts."""
    command = [sys.executable, "-m", "remit", "explore", *WANTED, "--into", "store"]
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    parts = folder / "store" / "parts"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.poll() is None:
        if parts.is_dir() and len(list(parts.glob("*.parquet"))) >= after_parts:
            os.kill(running.pid, signal.SIGKILL)
            break
        time.sleep(0.02)
    running.wait(PATIENCE)


def outcomes(folder: Path) -> object:
    """Return every outcome of every run of a store, in a fixed order."""
    parts = sorted((folder / "store" / "parts").glob("*.parquet"))
    every = pa.concat_tables([pq.read_table(p).replace_schema_metadata(None) for p in parts])
    every = every.set_column(1, "design", every.column("design").cast(pa.string()))
    return every.sort_by("run_id")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    said = remit("explore", *WANTED, "--into", "store", cwd=folder)
    assert said.returncode == 0, said.stderr
    return folder


def test_killed_twice_without_warning_it_goes_on_and_equals_an_unbroken_one(whole, tmp_path):
    killed(tmp_path, 2)
    killed(tmp_path, 5)
    kept = {p.name for p in (tmp_path / "store" / "parts").glob("*.parquet")}
    assert 0 < outcomes(tmp_path).num_rows < 2 * 40 * 2
    assert remit("explore", *WANTED, "--into", "store", cwd=tmp_path).returncode == 0
    names = {p.name for p in (tmp_path / "store" / "parts").glob("*.parquet")}
    assert kept <= names, "nothing that was kept is made again"
    assert outcomes(tmp_path).equals(outcomes(whole)), "the same to the last bit"


def test_two_shards_copied_together_equal_an_unbroken_one(whole, tmp_path):
    for part in ("1/2", "2/2"):
        where = tmp_path / part[0]
        where.mkdir()
        assert remit("explore", *WANTED, "--into", "store", "--shard", part, cwd=where).returncode == 0
    for path in (tmp_path / "2" / "store" / "parts").glob("*.parquet"):
        shutil.copy(path, tmp_path / "1" / "store" / "parts")
    assert outcomes(tmp_path / "1").equals(outcomes(whole))


def test_worker_processes_give_the_same_table(whole, tmp_path):
    wanted = ("cardiac-arrest", "--scenarios", "40", "--replicates", "2", "--designs", "one_crew_more")
    said = remit("explore", *wanted, "--processes", "2", "--into", "store", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert outcomes(tmp_path).equals(outcomes(whole))


def test_a_cluster_gives_the_same_table(whole, tmp_path):
    distributed = pytest.importorskip("distributed")
    wanted = ("cardiac-arrest", "--scenarios", "40", "--replicates", "2", "--designs", "one_crew_more")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        address = cluster.scheduler_address
        said = remit("explore", *wanted, "--cluster", address, "--into", "store", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert outcomes(tmp_path).equals(outcomes(whole))


def test_a_scheduler_that_is_not_there_is_told_in_seconds(tmp_path):
    began = time.monotonic()
    said = remit("explore", *WANTED[:-4], "--cluster", "tcp://127.0.0.1:9", "--into", "store", cwd=tmp_path)
    assert said.returncode == 2
    assert "CLU001" in said.stderr
    assert time.monotonic() - began < PATIENCE / 2


@pytest.mark.parametrize(
    "words",
    [("conditions", "--prefer", "one_crew_more"), ("drivers",), ("robust",), ("worth",)],
    ids=lambda w: w[0],
)
def test_each_question_is_answered_in_words_and_on_a_page(whole, words):
    verb, *rest = words
    said = remit(verb, "store", *rest, cwd=whole)
    assert said.returncode in (0, 1), said.stderr
    assert said.stdout.strip()
    (page,) = (whole / "store").glob(f"{verb}*.html")
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_a_run_is_made_again_bit_for_bit(whole):
    part = min((whole / "store" / "parts").glob("*.parquet"))
    run = pq.read_table(part).column("run_id")[0].as_py()
    said = remit("rerun", "store", run, "--events", "5", cwd=whole)
    assert said.returncode == 0, said.stderr
    assert "the same to the last bit" in said.stdout
