"""One game: orders, journal, views per seat, replay, evidence, bots, simulation. No threads, no sockets."""
