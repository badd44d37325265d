"""The window: a seat at a table, drawn with pygame."""
