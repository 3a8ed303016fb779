import tomllib
from pathlib import Path

import remit
from remit.ground.version import VERSION


def test_there_is_one_version():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    assert remit.__version__ == VERSION == project["version"]
