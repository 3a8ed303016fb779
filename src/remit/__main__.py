"""``python -m remit``."""

from remit.cli.main import main

main()
