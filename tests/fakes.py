"""Fakes of the ports, tested like product (tests/unit/ensemble/test_ports.py)."""

from remit.ensemble.ports import RunBatch
from remit.ground.faults import fail


class MemoryStore:
    """A store that forgets when the test ends."""

    def __init__(self) -> None:
        self.question: dict[str, str] | None = None
        self.batches: list[RunBatch] = []

    def open(self, question: dict[str, str]) -> None:
        """Begin, or go on with the same question."""
        if self.question is not None and self.question["digest"] != question["digest"]:
            raise fail("ENS001", "it holds another question")
        self.question = question

    def write(self, batch: RunBatch) -> None:
        """Keep a batch; failures are kept like runs."""
        if batch.keys or batch.failures:
            self.batches.append(batch)

    def read(self) -> list[RunBatch]:
        """Return every batch kept so far."""
        return list(self.batches)


class CountedStore(MemoryStore):
    """A store that interrupts once it has taken so many batches."""

    def __init__(self, most: int, ending: BaseException) -> None:
        super().__init__()
        self.most = most
        self.ending = ending

    def write(self, batch: RunBatch) -> None:
        """Keep a batch, or end as asked."""
        if len(self.batches) >= self.most:
            raise self.ending
        super().write(batch)
