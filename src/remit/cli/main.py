"""remit: the commands, and what each kind of ending exits with."""

import io
import os
import sys
from typing import NoReturn

import click

from remit import __version__
from remit.cli.catalogue import catalogue
from remit.cli.compare import compare
from remit.cli.design import design
from remit.cli.ensembles import explore, rerun, runs, sharpen
from remit.cli.evidence import evidence
from remit.cli.inspect import check, gallery, init, schema, show, trace
from remit.cli.pilot import pilot
from remit.cli.pilot_allocate import check_register, randomise, register
from remit.cli.pilot_analyse import analyse, type_one
from remit.cli.questions import conditions, drivers, robust, worth
from remit.cli.route import route
from remit.cli.search import search

DONE, BAD_INPUT, INTERRUPTED, OUR_DEFECT = 0, 2, 3, 4
EPILOG = """\b
Examples:
  remit compare cardiac-arrest          a first answer, with a report
  remit show cardiac-arrest             what the brief says, with sources
  remit compare cardiac-arrest --set staff=1.1
\b
Ends with 0 done, 1 the answer is no, 2 bad input, 3 interrupted (what
finished is kept), 4 a defect of ours.
"""


@click.group(
    epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="remit")
def cli() -> None:
    """Should we run this service differently, and how would we know?

    Remit simulates ways of running a public service against today's, for a real need in a real
    place, and says how sure it is.
    """


COMMANDS = (
    compare,
    design,
    route,
    explore,
    runs,
    rerun,
    sharpen,
    conditions,
    drivers,
    robust,
    worth,
    search,
    pilot,
    gallery,
    show,
    check,
    trace,
    init,
    evidence,
    catalogue,
    schema,
)
for command in COMMANDS:
    cli.add_command(command)
for command in (randomise, register, check_register, analyse, type_one):
    pilot.add_command(command)


def main() -> NoReturn:
    """Run the command line and exit with the code of how it ended."""
    # our own threads use the cores; a second set inside the linear algebra only gets in their way
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a sign that the terminal lacks must not lose the answer
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as ending:
        sys.exit(ending.exit_code)
    except click.UsageError as error:
        error.show()
        sys.exit(BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(DONE)
    except SystemExit as ending:
        # click ends so, with 1, when the reader of a pipe has left: that is not an answer of no
        sys.exit(DONE if ending.code == 1 else ending.code)
    except Exception as error:  # the last door: everything else is a fault or our defect
        sys.exit(_tell(error))
    sys.exit(code if isinstance(code, int) else DONE)


def _tell(error: Exception) -> int:
    """Print faults as faults, anything else as a defect of ours; return the exit code."""
    from remit.ground.faults import Faults

    if isinstance(error, Faults):
        as_json = "--json" in sys.argv
        if as_json:
            import json

            click.echo(
                json.dumps(
                    {"ok": False, "faults": [f.as_dict() for f in error.faults]}, indent=2, ensure_ascii=False
                )
            )
        else:
            click.echo(str(error), err=True)
            n = len(error.faults)
            kept = error.faults[0].code == "ENS002"
            click.echo("" if kept else f"\n{n:,} fault{'s' if n > 1 else ''}. Nothing was run.", err=True)
        return INTERRUPTED if error.faults[0].code == "ENS002" else BAD_INPUT
    import traceback

    traceback.print_exception(error)
    click.echo(
        "\nThis is a defect of Remit, not of your input. Please report it with the lines above.", err=True
    )
    return OUR_DEFECT
