"""Scenario files: read with positions, checked, translated, compiled to a ruleset."""
