"""Every example in a docstring is run, those of compiled functions too."""

import doctest
import importlib
import pkgutil

import pytest

import remit

MODULES = [m.name for m in pkgutil.walk_packages(remit.__path__, "remit.") if not m.name.endswith("__main__")]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(name)
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    found = finder.find(module)
    for label, thing in vars(module).items():
        compiled = getattr(thing, "py_func", None)
        if compiled is not None and compiled.__module__ == name:
            found += finder.find(compiled, f"{name}.{label}", globs=dict(vars(module)))
    for test in found:
        runner.run(test)
    assert runner.failures == 0
