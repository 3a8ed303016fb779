"""The main job, through the real command line: one process a command, files on a real disk."""

import contextlib
import csv
import itertools
import json
import math
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest

from remit.adapters.run_store import RunFolder
from shared_data import shared_file

BRIEF = "cardiac-arrest"
FEW = ("--scenarios", "4", "--replicates", "1")
LONG = (BRIEF, "--scenarios", "64", "--replicates", "2", "--threads", "1", "--designs", "one_crew_more")
PATIENCE = 120.0


class Ran(NamedTuple):
    """A command that has ended."""

    code: int
    out: str
    err: str
    cpu_seconds: float = math.nan


def cpu_seconds() -> float:
    """Time spent by commands that have ended, whatever else the machine was doing."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@pytest.fixture
def remit(tmp_path):
    """Run a command line in a folder of its own."""

    def run(*words: object, cwd: Path = tmp_path) -> Ran:
        before = cpu_seconds()
        done = subprocess.run(
            [sys.executable, "-m", "remit", *map(str, words)],
            cwd=cwd,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr, cpu_seconds() - before)

    return run


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The long comparison, never interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    words = [sys.executable, "-m", "remit", "compare", *LONG, "--out", "out"]
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "out"


def parts(out: Path) -> list[Path]:
    return sorted((out / "parts").glob("*.parquet"))


def run_ids(out: Path) -> list[str]:
    """Every run in every part, once for each time that it was made and kept."""
    ids = []
    for part in parts(out):
        ids += pq.read_table(part, columns=["run_id"]).column("run_id").to_pylist()
    return ids


def listen_to_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ended_early(cwd: Path, how: signal.Signals, after: int) -> Ran:
    """Begin the long comparison and send a signal once so many parts are there."""
    with (cwd / "stdout").open("w") as out, (cwd / "stderr").open("w") as err:
        words = [sys.executable, "-m", "remit", "compare", *LONG, "--out", "out"]
        # where the tests run in the background the interrupt is ignored, and children inherit that
        running = subprocess.Popen(words, cwd=cwd, stdout=out, stderr=err, preexec_fn=listen_to_interrupts)
        begun = time.monotonic()
        try:
            while len(parts(cwd / "out")) < after and running.poll() is None:
                assert time.monotonic() - begun < PATIENCE
                time.sleep(0.005)
            running.send_signal(how)
            code = running.wait(timeout=PATIENCE)
        finally:
            with contextlib.suppress(ProcessLookupError):
                running.kill()
            running.wait()
    return Ran(code, (cwd / "stdout").read_text(), (cwd / "stderr").read_text())


def test_a_first_answer(remit, tmp_path):
    ran = remit("compare", BRIEF, *FEW, "--out", "out")
    assert ran.code == 0, ran.err
    for words in (
        "Survivors a year (lives a year)",
        "volunteer_resp",
        "against today",
        "most deprived",
        "What we do not know",
        "What we did not compute",
        "What nobody can know",
        "†",
    ):
        assert words in ran.out
    assert "For the same expected money" in ran.out
    page = (tmp_path / "out" / "report.html").read_text()
    loads = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            loads.extend(
                v for k, v in attrs if k in ("src", "srcset", "href", "data") and not v.startswith("#")
            )

    Reader().feed(page)
    assert loads == []
    assert "Claiming that a scheme" in page, "what it must not be used for"


def test_the_same_seed_gives_the_same_bytes_for_any_number_of_threads(remit, tmp_path):
    tables = []
    for name, threads in (("a", "1"), ("b", "1"), ("c", "2")):
        assert remit("compare", BRIEF, *FEW, "--threads", threads, "--out", name).code == 0
        tables.append((tmp_path / name / "runs.csv").read_bytes())
    assert tables[0] == tables[1] == tables[2]
    assert remit("compare", BRIEF, *FEW, "--seed", "2", "--out", "d").code == 0
    assert (tmp_path / "d" / "runs.csv").read_bytes() != tables[0]


def test_json_says_what_the_table_of_runs_says(remit, tmp_path):
    ran = remit("compare", BRIEF, *FEW, "--replicates", "2", "--out", "out", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out, parse_constant=pytest.fail)
    rows = [r for r in csv.DictReader((tmp_path / "out" / "runs.csv").open()) if r["group_kind"] == "all"]
    assert len(rows) == 5 * 4 * 2

    def mean(design, outcome):
        values = [float(r[outcome]) for r in rows if r["design"] == design]
        return sum(values) / len(values)

    for row in told["compared"]:
        if row["value"] is not None:
            today = mean("today", row["outcome"])
            assert row["value"] == pytest.approx(mean(row["design"], row["outcome"]))
            assert row["difference"] == pytest.approx(row["value"] - today, rel=1e-6, abs=1e-9 * abs(today))
    printed = remit("compare", BRIEF, *FEW, "--replicates", "2", "--out", "out").out
    (lives,) = (r for r in told["compared"] if (r["design"], r["outcome"]) == ("today", "survivors"))
    assert re.search(rf"^today +{lives['value']:.2f}\b", printed, re.MULTILINE)
    for sentence in told["sentences"]:
        assert " ".join(sentence.split())[:60] in " ".join(printed.split())


def test_a_turned_setting_joins_the_same_folder(remit, tmp_path):
    assert remit("compare", BRIEF, *FEW, "--designs", "one_crew_more").code == 0
    ran = remit("compare", BRIEF, *FEW, "--set", "staff=1.1", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert list(told["designs"]) == ["today", "staff=1.1"]
    (lives,) = (r for r in told["compared"] if (r["design"], r["outcome"]) == ("staff=1.1", "response_mean"))
    assert lives["difference"] < 0.0, "more staff come sooner"
    (folder,) = (tmp_path / "remit-results").iterdir()
    ids = run_ids(folder)
    assert len(ids) == len(set(ids)) == 3 * 4


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("cardiac-arest",), 'Did you mean "cardiac-arrest"?'),
        ((BRIEF, "--designs", "volunteers_responders"), 'Did you mean "volunteer_responders"'),
        ((BRIEF, "--set", "stff=1"), 'Did you mean "staff"'),
        ((BRIEF, "--set", "relationship=hierarchicl"), 'Did you mean "hierarchical"'),
        ((BRIEF, "--sceanrios", "4"), "--scenarios"),
        ((BRIEF, "--place", "nowhere"), "PLC001"),
        (("nowhere.yaml",), "DOC001"),
    ],
)
def test_bad_input_ends_with_two_names_the_nearest_and_writes_nothing(remit, tmp_path, words, near):
    ran = remit("compare", *words, "--out", "out")
    assert ran.code == 2
    assert near in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_killed_comparison_goes_on_to_the_same_table(remit, tmp_path, whole):
    ran = ended_early(tmp_path, signal.SIGKILL, 2)
    assert ran.code == -signal.SIGKILL
    out = tmp_path / "out"
    kept = {p: p.stat().st_mtime_ns for p in parts(out)}
    assert len(kept) >= 2
    assert len(run_ids(out)) < 64 * 2 * 2
    assert not (out / "runs.csv").exists()
    assert len(RunFolder(out).read()) == len(kept)
    done = remit("compare", *LONG, "--out", "out")
    assert done.code == 0, done.err
    assert (out / "runs.csv").read_bytes() == (whole / "runs.csv").read_bytes()
    assert {p: p.stat().st_mtime_ns for p in parts(out) if p in kept} == kept, "no kept part was made again"
    ids = run_ids(out)
    assert len(ids) == len(set(ids)) == 64 * 2 * 2


@pytest.mark.parametrize("after", [1, 3])
def test_an_interrupted_comparison_tells_what_finished_and_goes_on(remit, tmp_path, whole, after):
    ran = ended_early(tmp_path, signal.SIGINT, after)
    assert ran.code == 3, ran.err
    out = tmp_path / "out"
    assert "the same command goes on" in ran.err
    assert "Survivors a year" in ran.out
    assert len(RunFolder(out).read()) == len(parts(out)) >= after
    assert "Not complete" in (out / "report.html").read_text()
    done = remit("compare", *LONG, "--out", "out")
    assert done.code == 0, done.err
    assert (out / "runs.csv").read_bytes() == (whole / "runs.csv").read_bytes()
    ids = run_ids(out)
    assert len(ids) == len(set(ids))


SOME = ("compare", BRIEF, "--scenarios", "8", "--replicates", "1", "--designs", "one_crew_more")
PAGE = 4


def kilobytes(path: Path) -> int:
    """What a file takes of a disk in memory."""
    return PAGE * math.ceil(path.stat().st_size / (1024 * PAGE))


@pytest.fixture
def small_disk():
    """A disk in memory, and a way to make it as large as wanted.

    It lies outside pytest's own folders: a mount left by a killed run would stop pytest from tidying them.
    """
    place = Path(tempfile.mkdtemp(prefix="remit-disk-"))

    def resize(size, *options):
        words = ["mount", "-t", "tmpfs", "-o", ",".join([f"size={size}k", *options]), "tmpfs", str(place)]
        return subprocess.run(words, capture_output=True, check=False).returncode

    if shutil.which("mount") is None or resize(60) != 0:
        place.rmdir()
        pytest.skip("a small disk can be mounted by root only; tests/unit/cli/test_compare.py fakes one")
    yield place, lambda size: resize(size, "remount")
    subprocess.run(["umount", "--lazy", str(place)], check=False)
    place.rmdir()


@pytest.mark.parametrize("missing", ["parts", "runs.parquet", "runs.csv", "report.html"])
def test_a_full_disk_ends_with_three_and_goes_on_once_there_is_room(remit, tmp_path, small_disk, missing):
    place, resize = small_disk
    assert remit(*SOME, "--out", "whole").code == 0
    written = [[tmp_path / "whole" / "question.json"], parts(tmp_path / "whole")]
    written += [[tmp_path / "whole" / name] for name in ("runs.parquet", "runs.csv", "report.html")]
    room = 0
    for files in written:
        size = sum(kilobytes(f) for f in files)
        if files[0].name == missing or (missing == "parts" and len(files) > 1):
            room += size // 2
            break
        room += size
    resize(room)
    ran = remit(*SOME, "--out", place / "out")
    assert ran.code == 3, ran.err[-500:]
    assert "ENS002" in ran.err
    assert "No space left on device" in ran.err
    assert "goes on where it stopped" in ran.err
    kept = RunFolder(place / "out").read()
    assert len(kept) == len(parts(place / "out")) > 0
    assert not list((place / "out").rglob(".part-*"))
    resize(8_000)
    assert remit(*SOME, "--out", place / "out").code == 0
    ids = run_ids(place / "out")
    assert len(ids) == len(set(ids)) == 16


def test_another_place(remit, tmp_path):
    ran = remit("compare", BRIEF, *FEW, "--place", shared_file("data/geo_trafford"), "--out", "out")
    assert ran.code == 0, ran.err
    assert "Trafford" in ran.out
    page = (tmp_path / "out" / "report.html").read_text()
    assert "stations are assumed" in page
    assert "Lewisham" not in re.sub(r"<code>.*?</code>", "", page.split('id="numbers"')[0])
    assert "Held against" not in page
    assert json.loads((tmp_path / "out" / "question.json").read_text())["place"] == "Trafford"


def test_a_brief_of_ones_own(remit, tmp_path):
    assert remit("init", "mine.yaml").code == 0
    checked = remit("check", "mine.yaml")
    assert (checked.code, checked.err) == (0, "")
    assert checked.out.startswith("ok: brief ")
    ran = remit("compare", "mine.yaml", *FEW, "--out", "out")
    assert ran.code == 0, ran.err
    assert (tmp_path / "out" / "report.html").is_file()
    assert remit("init", "mine.yaml").code == 2


def huge(path):
    with path.open("wb") as file:
        file.truncate(100_000_000)


def bomb(path):
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    names = "abcdefghijklmnop"
    for last, name in itertools.pairwise(names):
        lines.append(f"{name}: &{name} [{', '.join([f'*{last}'] * 10)}]")
    path.write_text("\n".join(lines))


def deep(path):
    path.write_text("[" * 200_000)


def deep_by_indent(path):
    path.write_text("".join(" " * i + "a:\n" for i in range(1_900)))


def many_aliases(path):
    path.write_text("a: &a 1\nb: [" + "*a, " * 400_000 + "]")


def many_keys(path):
    path.write_text("\n".join(f"key_{i}: 1" for i in range(120_000)))


def long_word(path):
    path.write_text("id: " + "x" * 1_900_000)


def code(path):
    path.write_text("a: !!python/object/apply:os.system [touch ran]")


def directory(path):
    path.mkdir()


def pipe(path):
    os.mkfifo(path)


def binary(path):
    path.write_bytes(bytes(range(256)) * 100)


ATTACKS = (
    huge,
    bomb,
    deep,
    deep_by_indent,
    many_aliases,
    many_keys,
    long_word,
    code,
    directory,
    pipe,
    binary,
)


@pytest.mark.parametrize("make", ATTACKS, ids=lambda f: f.__name__)
def test_whatever_is_in_a_file_it_is_refused_quickly(remit, tmp_path, make):
    make(tmp_path / "bad.yaml")
    ran = remit("check", "bad.yaml")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert ran.out == ""
    assert len(ran.err) < 1_000_000
    assert ran.cpu_seconds < 2.0
    assert [p.name for p in tmp_path.iterdir()] == ["bad.yaml"]


@pytest.mark.parametrize(
    "name", ["/dev/zero", "/dev/null", "../" * 30 + "etc/shadow", "x" * 5_000, "~", "a\nb"]
)
def test_path_tricks_are_refused_quickly(remit, name):
    for words in (("check", name), ("compare", name)):
        ran = remit(*words)
        assert ran.code == 2, ran.err
        assert "Traceback" not in ran.err
        assert ran.cpu_seconds < 2.0


def test_a_reader_that_stops_reading_is_no_ending_of_its_own(tmp_path):
    words = [sys.executable, "-m", "remit", "show", BRIEF]
    running = subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.stdout.close()
    err = running.stderr.read().decode()
    running.stderr.close()
    assert running.wait(timeout=PATIENCE) == 0, "1 would be: the answer is no"
    assert "Traceback" not in err


def test_an_old_terminal_gets_what_it_can_show(remit, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    ran = remit(
        "compare", BRIEF, "--scenarios", "1", "--replicates", "1", "--designs", "today", "--out", "out"
    )
    assert ran.code == 0, ran.err[-300:]
    assert (tmp_path / "out" / "report.html").is_file()


def test_help_is_quick(remit):
    assert min(remit("--help").cpu_seconds for _ in range(3)) < 0.4
