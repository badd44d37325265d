"""A seat in a group session on another machine, as the same table that every front end sits at."""
