"""What is kept, shown and printed around play: the debrief, charts, exports and the lesson kit."""
