"""What is kept, shown and printed around play: the debrief, charts, tables and the lesson kit."""
