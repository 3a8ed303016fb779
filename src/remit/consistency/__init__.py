"""The solver: does a design hold together, why not, what would mend it, how many there are, how to get there."""
