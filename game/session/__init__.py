"""How does a group play? Rooms, seats, the facilitator and the store, without any transport."""
