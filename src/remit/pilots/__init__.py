"""Pilots: how to find out in a place, fairly, whether a design does what was hoped."""
