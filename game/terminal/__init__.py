"""Text play: plain lines that a screen reader can follow."""
