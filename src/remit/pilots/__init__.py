"""Pilots: the design of a trial, its allocation, its register, its analysis, and the evidence it leaves."""
