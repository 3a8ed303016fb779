"""Units, quantities, sources, ids, faults and marked documents: what every other floor stands on."""
