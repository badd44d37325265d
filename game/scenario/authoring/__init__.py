"""Tools for those who write scenarios: an editor's schema, the reference, new entries, differences, translation."""
