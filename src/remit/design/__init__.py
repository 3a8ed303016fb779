"""Design: a setting for each of the 24 variables, and nothing else."""
