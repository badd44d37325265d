"""Text play."""
