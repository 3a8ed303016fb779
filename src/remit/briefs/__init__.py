"""A need in a place, as data: zones, demand, people who can help, money, sourced numbers, and what is not known."""
