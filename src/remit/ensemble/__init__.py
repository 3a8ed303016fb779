"""Many runs: scenarios drawn, runs registered, failures kept as data, comparisons made in pairs."""
