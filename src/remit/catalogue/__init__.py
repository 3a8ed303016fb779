"""The framework as data: variables, options, roles, conditions, rules, archetypes, outcomes, sources."""
