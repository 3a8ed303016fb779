"""Pilots: trying a change on a small scale so that what is found can be believed."""
