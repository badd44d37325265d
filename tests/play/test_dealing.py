"""A class of any size has places in rooms and seats, evenly, with something to do for everybody."""

from collections import Counter

import pytest

from game.play.dealing import places, rooms_for

ROLES = ("a", "b", "c", "d")


@pytest.mark.parametrize("people", range(1, 61))
def test_every_size_of_class_has_places(people):
    rooms = rooms_for(people, len(ROLES))
    dealt = places(people, rooms, ROLES)
    assert len(dealt) == people
    sizes = Counter(place.room for place in dealt)
    assert max(sizes.values()) - min(sizes.values()) <= 1
    for room in sizes:
        seats = Counter(place.role for place in dealt if place.room == room and place.role)
        if people >= len(ROLES):
            assert set(seats) == set(ROLES)
            assert max(seats.values()) - min(seats.values()) <= 1
        assert sum(place.post == "observer" for place in dealt if place.room == room) <= 1
