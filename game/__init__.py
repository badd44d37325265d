"""Rival Readings: one crisis, rival readings of it, and players who work out which one the world follows."""

__version__ = "0.1.0"
