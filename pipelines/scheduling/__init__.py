"""Runs by the clock: when they are due, one run in a process of its own, and what keeps them coming."""
