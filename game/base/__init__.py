"""The ground floor: array aliases, errors and digests that every other floor shares."""
