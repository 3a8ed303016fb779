"""The composition root: ports meet adapters here and nowhere else."""

from pathlib import Path

from remit.adapters.csv_file import write_table
from remit.adapters.executors import Threads
from remit.adapters.files import passing_folder, read_text, write_text
from remit.adapters.pilot_data import read_data as pilot_data
from remit.adapters.place_files import read_place
from remit.adapters.register_file import append_line, read_bytes, utc_now
from remit.adapters.run_store import RunFolder
from remit.ensemble.ports import Executor
from remit.ground.faults import fail
from remit.workbench.briefs import OpenBrief, open_brief
from remit.workbench.designs import Standpoint, stand_on
from remit.workbench.ensembles import Ensemble, open_ensemble
from remit.workbench.place import move_brief, number_of_bases

__all__ = [
    "append_line",
    "brief_at",
    "ensemble_at",
    "executor",
    "hands",
    "lasting_name",
    "passing_folder",
    "pilot_data",
    "read_bytes",
    "read_text",
    "results_folder",
    "standpoint",
    "utc_now",
    "write_table",
    "write_text",
]


def brief_at(name: str, place: Path | None = None) -> OpenBrief:
    """Return a brief by name or file, moved to another place if a folder is given."""
    opened = open_brief(name, read_text)
    if place is None:
        return opened
    # a first reading tells how many people there are, and so how many stations to assume
    found = read_place(place, 1)
    found = read_place(place, number_of_bases(opened.brief, found.locality.population))
    return move_brief(opened, found.locality, found.crews)


def lasting_name(name: str) -> str:
    """Return how to name a brief or a folder so that it is found from any folder: in full if it is a file's."""
    path = Path(name)
    return str(path.resolve()) if name and path.exists() else name


def standpoint(brief: str | None, rules: Path | None) -> Standpoint:
    """Return where designs are judged: a brief's place, or a typical service; with a file of local rules if given."""
    opened = None if brief is None else open_brief(brief, read_text)
    return stand_on(opened, rules, read_text)


def ensemble_at(folder: Path) -> Ensemble:
    """Return the ensemble in a store, to be asked."""
    return open_ensemble(RunFolder(folder), str(folder), brief_at)


def results_folder(path: Path) -> RunFolder:
    """Return the store of a results folder."""
    return RunFolder(path)


def hands(n_threads: int | None, n_processes: int | None, cluster: str | None) -> Executor:
    """Return what runs an ensemble: a cluster, worker processes, or threads of this process.

    Raises:
        Faults: CLI001 more than one of them is asked for.
    """
    asked = {"--threads": n_threads, "--processes": n_processes, "--cluster": cluster}
    given = [name for name, value in asked.items() if value is not None]
    if len(given) > 1:
        raise fail("CLI001", " with ".join(given), fix="Choose one of them.")
    if cluster is not None:
        from remit.adapters.cluster import DaskCluster

        return DaskCluster(cluster)
    if n_processes:
        from remit.adapters.processes import Processes

        return Processes(n_processes)
    return executor(n_threads)


def executor(n_threads: int | None = None) -> Threads:
    """Return threads of this process."""
    return Threads(n_threads)
