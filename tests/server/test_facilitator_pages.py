"""Does the facilitator run a session by plain forms, and is nothing of it open to others?"""

import re

from tests.server.serving import serving
from tests.server.visiting import Visitor, act, joined, policies, start
from tests.session.test_shared import until


def test_the_facilitators_pages_are_closed_without_the_token(served, seats):
    for visitor in (Visitor(served), Visitor(served)):
        for path in (
            "/facilitator",
            "/facilitator/compare",
            "/board",
            f"/facilitator/look/1/{seats[0]}",
            "/facilitator/enter/guess",
        ):
            assert visitor.get(path).status_code == 403
            assert served.code not in visitor.page.text
        visitor.get("/")
        for path in (
            "/facilitator/act",
            "/facilitator/board",
            "/facilitator/deal",
            "/facilitator/export",
            "/facilitator/delete",
        ):
            sent = visitor.post(path, kind="start", code=served.code)
            assert sent.status_code in (403, 409)
            visitor.get("/")
        visitor.join(served, f"P{id(visitor)}", seats[0])
    assert served.host.overview(served.facilitator).rooms[0].phase == "lobby"


def test_the_facilitator_runs_a_session_by_plain_forms(served):
    host = Visitor(served)
    assert host.get(f"/facilitator/enter/{served.facilitator}").status_code == 200
    one = Visitor(served)
    one.post("/join", code=served.code, nickname="Amal", lang="en")
    assert "Amal" in host.get("/facilitator").text
    host.post("/facilitator/deal")
    host.post("/facilitator/act", kind="start")
    assert host.page.status_code == 200
    assert "Turn 1" in one.get("/play").text
    host.post("/facilitator/act", kind="pause", room="1")
    assert "The game is paused." in one.get("/play").text
    assert one.order().status_code == 409
    host.post("/facilitator/act", kind="resume", room="1")
    host.post("/facilitator/act", kind="force", room="1")
    assert "Turn 2" in one.get("/play").text
    assert host.post("/facilitator/act", kind="rewind", room="1", turn="1").status_code == 409
    assert "Say why" in host.page.text
    host.post("/facilitator/act", kind="rewind", room="1", turn="1", text="Too fast")
    assert "Turn 1" in one.get("/play").text
    assert host.post("/facilitator/act", kind="nonsense").status_code == 409
    sent = host.post("/facilitator/export")
    assert sent.headers["content-type"] == "application/zip"
    assert b"Amal" not in sent.content
    host.get("/facilitator")
    assert host.post("/facilitator/delete", code="wrong").status_code == 409
    assert "deleted" in host.post("/facilitator/delete", code=served.code).text
    assert one.get("/play").url.path == "/"


def test_an_act_that_is_sent_twice_counts_once(served):
    """As when its answer was lost on the way and the page sends it again."""
    host = Visitor(served)
    host.get(f"/facilitator/enter/{served.facilitator}")
    host.post("/facilitator/act", kind="start", key="one")
    for _again in range(3):
        host.post("/facilitator/act", kind="force", room="1", key="two")
    assert served.host.overview(served.facilitator).rooms[0].turn == 2
    assert host.post("/facilitator/act", kind="delete_after", days="soon", key="three").status_code == 409
    assert host.post("/facilitator/act", kind="delete_after", days="0", key="zero").status_code == 409
    host.post("/facilitator/act", kind="delete_after", days="3", key="four")
    assert "deleted by itself on" in host.page.text
    host.post("/facilitator/act", kind="delete_after", days="", key="five")
    assert "deleted by itself on" not in host.page.text


def test_the_projector_and_the_press_see_no_secret(served, seats):
    one, host, press = Visitor(served), Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    press.post("/join", code=served.code, nickname="Press", lang="en")
    host.get(f"/facilitator/enter/{served.facilitator}")
    who = next(
        item for item in served.host.overview(served.facilitator).participants if item.nickname == "Press"
    )
    host.post("/facilitator/act", kind="seat", participant=who.id, room="1", place="press", key="p")
    host.post("/facilitator/act", kind="start", key="s")
    drafted = policies(one.get("/play"))[0]
    one.order(drafted, do="draft")
    one.get("/play")
    one.post("/say", to=seats[1], text="canary-message", key="s")
    for page in (host.get("/board"), press.get("/play")):
        assert page.status_code == 200
        assert "canary-message" not in page.text
        assert drafted not in page.text
        assert served.facilitator not in page.text
    assert "Your work" in press.page.text


def test_no_game_ends_by_one_press_alone(served, host):
    act(host, "start")
    forms = re.findall(
        r'<form [^>]*>(?:(?!</form>).)*value="end"(?:(?!</form>).)*</form>', host.page.text, re.S
    )
    assert len(forms) == 3  # all games, and each room's
    assert all(re.search(r'<input type="checkbox" name="sure"[^>]* required>', form) for form in forms)
    assert act(host, "end").status_code == 409
    assert [room.phase for room in rooms(served)] == ["playing", "playing"]
    assert act(host, "end", room="1", sure="yes").status_code == 200
    assert [room.phase for room in rooms(served)] == ["over", "playing"]


def test_what_people_typed_turns_no_sentence_and_everything_else_is_translated(served, host, seats):
    one, _name = joined(served, "أمل")
    one.post("/claim", seat=f"1.{seats[0]}")
    press, name = joined(served, "Press <1>")
    act(host, "seat", participant=name, room="1", place="press")
    start(served)
    for person, to, text in (
        (one, "facilitator", "متى ننتهي؟"),
        (one, "press", "لا تعليق"),
        (press, "all", "Well!"),
    ):
        person.get("/play")
        person.post("/say", to=to, text=text, key=f"k{to}")
    act(host, "note", text="ملاحظة")
    for page in (host.get("/facilitator"), one.get("/play"), host.get("/board")):
        assert "<bdi>Well!</bdi>" in page.text
        assert "<bdi>Press &lt;1&gt;</bdi>" in page.text
    page = host.get("/facilitator").text
    assert "\u2068أمل\u2069" in page
    for typed in ("متى ننتهي؟", "لا تعليق", "ملاحظة", "أمل"):
        assert f"<bdi>{typed}</bdi>" in page
    assert re.search(r"→ Facilitator\s*</span> <bdi>متى", page)
    assert re.search(r"→ Press\s*</span> <bdi>لا", page)
    host.client.cookies.set("lang", "ar")
    assert not re.search(r"→ (Facilitator|facilitator|Press|press|everybody)", host.get("/facilitator").text)


def test_what_is_told_to_the_facilitator_stands_together_from_all_rooms(
    tutorial, tmp_path, seats, monkeypatch
):
    with serving(tmp_path, tutorial, rooms=6) as served:
        host, tokens = Visitor(served), []
        assert "Nothing was said yet." in host.get(f"/facilitator/enter/{served.facilitator}").text
        for room in (2, 5):
            tokens.append(served.host.join(served.code, f"Person {room}").token)
            served.host.claim(tokens[-1], room, seats[0])
        start(served)
        for token, text in zip([*tokens, tokens[0]], ("first", "second", "third"), strict=True):
            served.host.send(token, "facilitator", text)
            served.host.send(token, "all", f"not {text}")

        def panel():
            found = re.search(r'aria-labelledby="heard">.*?</section>', host.get("/facilitator").text, re.S)
            return re.findall(r"Room (\d).*?<bdi>([a-z ]+)</bdi></li>", found.group(0))

        assert panel() == [("2", "third"), ("5", "second"), ("2", "first")]
        headings = re.findall(r'<h2 id="room(\d)">[^<]*<span class="soft">([^<]*)<', host.page.text)
        assert headings == [("2", "2 messages to the facilitator"), ("5", "1 message to the facilitator")]
        monkeypatch.setattr("game.server.facilitator._MOST_HEARD", 1)
        assert panel() == [("2", "third")]


def test_the_evidence_list_says_what_holds(host):
    def selected():
        return re.findall(r'<option value="no"( selected)?>kept back', host.get("/facilitator").text)

    assert selected() == ["", "", ""]
    act(host, "evidence", room="2", shown="no")
    assert selected() == ["", "", " selected"]
    act(host, "evidence", room="1", shown="no")
    assert selected() == [" selected"] * 3


def test_people_are_placed_moved_and_made_observers(served, host, seats):
    one, name = joined(served, "Amal")
    page = host.get("/facilitator").text
    assert f'id="m{name}"' in page
    act(host, "seat", participant=name, room="2", place=f"seat:{seats[1]}")
    assert one.get("/play").url.path == "/play"
    who = served.host.overview(served.facilitator).participants[0]
    assert (who.room, who.role, who.post) == (2, seats[1], "seat")
    act(host, "seat", participant=name, room="1", place="observer")
    who = served.host.overview(served.facilitator).participants[0]
    assert (who.room, who.role, who.post) == (1, None, "observer")
    start(served)
    assert "Your seat:" in one.get("/play").text
    one.post("/say", to="facilitator", text="It sounded sure.", key="n")
    assert "It sounded sure." in host.get("/facilitator").text
    one.get("/play")
    assert one.post("/say", to="all", text="psst", key="m").status_code == 409
    assert act(host, "seat", participant=name, room="1", place="seat:nobody").status_code == 409


def test_times_are_set_for_every_turn_and_for_absence(served, host):
    act(host, "turn_time", minutes="5")
    act(host, "grace", minutes="2")
    assert "Every turn: 5 minutes." in host.page.text
    start(served)
    assert 290 < served.host.overview(served.facilitator).rooms[0].left <= 300
    for wrong in ("many", "1e5", "+3", "-3", "1_0", "²", ".", "9" * 400, "0"):
        assert act(host, "turn_time", minutes=wrong).status_code == 409, wrong
    assert "Every turn: 5 minutes." in host.page.text
    act(host, "turn_time", minutes="2,5")
    assert "Every turn: 2 minutes and 30 seconds." in host.page.text
    act(host, "turn_time", minutes="٣٫٥")
    assert "Every turn: 3 minutes and 30 seconds." in host.page.text
    act(host, "turn_time", minutes="0.97")
    assert "Every turn: 58 seconds." in host.page.text
    act(host, "turn_time")
    assert "Turns have no time limit." in host.page.text


def test_one_room_or_seat_alone(served, host, seats):
    act(host, "lock", room="2", role=seats[0])
    locked = {(room.room, seat.role) for room in rooms(served) for seat in room.seats if seat.locked}
    assert locked == {(2, seats[0])}
    act(host, "open", room="2", role=seats[0])
    assert not any(seat.locked for room in rooms(served) for seat in room.seats)
    act(host, "evidence", room="2", shown="no")
    assert [room.evidence_shown for room in rooms(served)] == [True, False]
    reading = served.host.session(served.made.session_id).rooms[2].table.ruleset.readings[1]
    act(host, "world", room="2", world=reading)
    assert served.host.overview(served.facilitator).worlds[2][reading] == 1.0
    act(host, "start")
    act(host, "timer", room="1", minutes="3")
    assert [room.left is None for room in rooms(served)] == [False, True]


def rooms(served):
    return served.host.overview(served.facilitator).rooms


def test_an_act_on_all_rooms_says_which_refused(served, host):
    act(host, "start", room="1")
    refused = act(host, "pause")
    assert refused.status_code == 409
    assert "Room 2: The game has not begun yet. The other rooms have done it." in refused.text
    assert [room.paused for room in rooms(served)] == [True, False]


def test_too_many_people_for_the_rooms_are_told_of_before_the_start(served, host, tutorial):
    seats, people = len(tutorial.ruleset.role_at), []
    while len(people) < 3 * seats * len(rooms(served)):
        people.append(served.host.join(served.code, f"P{len(people)}"))
    assert "--rooms" not in host.get("/facilitator").text
    served.host.join(served.code, "One more")
    assert f"--rooms {(len(people) + 1) // seats}" in host.get("/facilitator").text
    start(served)
    assert "--rooms" not in host.get("/facilitator").text


def test_a_turn_is_resolved_in_all_rooms_by_one_press(served, host):
    start(served)
    assert host.get("/facilitator").text.count('name="kind" value="force"') == 1 + len(rooms(served))
    assert act(host, "force").status_code == 200
    assert [room.turn for room in rooms(served)] == [2, 2]


def test_rooms_and_what_was_taken_back_stand_side_by_side(served, host, tutorial):
    assert "No room has played a turn yet." in host.get("/facilitator/compare").text
    start(served)
    for room in ("1", "2", "2"):
        act(host, "force", room=room)
    act(host, "rewind", room="2", turn="1", text="Too <fast>")
    act(host, "force", room="2")
    page = host.get("/facilitator/compare").text
    assert page.count('<svg class="chart"') == len(tutorial.ruleset.indicators)
    assert "Room 2, taken back (1)" in page
    assert page.count("still running") == 2
    assert "<td>taken back</td>" in page
    assert "Too &lt;fast&gt;" in page
    compared = served.host.compare(served.facilitator, "en")
    assert [(course.room, course.branch, course.turns) for course in compared.courses] == [
        (1, 0, 1),
        (2, 0, 1),
        (2, 1, 2),
    ]
    for name, values in compared.courses[1].values.items():
        assert values == compared.courses[2].values[name][:2]


def test_a_projectors_link_opens_the_board_and_nothing_else(served, host):
    page = host.post("/facilitator/board")
    link = re.search(r'href="[^"]*(/board/enter/[^"]+)"', page.text).group(1)
    board = Visitor(served)
    assert board.get("/board/enter/guess").status_code == 403
    assert served.code in board.get(link).text
    assert board.page.url.path == "/board"
    assert board.get("/board?room=2").status_code == 200
    for path in ("/facilitator", "/facilitator/compare"):
        assert board.get(path).status_code == 403
    token = link.rpartition("/")[2]
    assert served.host.who(token) is None
    assert host.get(link).url.path == "/board"
    assert host.client.cookies.get("board") == token
    host.get(f"/facilitator/enter/{served.facilitator}")
    assert host.client.cookies.get("board") is None
    before = board.get("/version?as=board").text
    act(host, "start")
    assert board.get("/version?as=board").text != before


def test_a_seat_that_sends_nothing_is_called_idle(served, host, seats, monkeypatch):
    one, _name = joined(served, "Amal")
    one.post("/claim", seat=f"1.{seats[0]}")
    start(served)
    assert "idle for" not in host.get("/facilitator").text
    monkeypatch.setattr("game.server.facilitator._IDLE_AFTER", 0.0)
    assert "idle for 0 minutes" in host.get("/facilitator").text

    def quiet():
        return served.host.overview(served.facilitator).quiet[1][seats[0]]

    assert until(lambda: quiet() > 1.0)
    one.order(policies(one.get("/play"))[0], do="draft")
    assert quiet() < 1.0


def test_what_polls_ask_for_changes_with_notes_locks_and_devices(served, host, seats):
    one, _name = joined(served, "Amal")
    one.post("/claim", seat=f"1.{seats[0]}")
    seen = [host.get("/version?as=facilitator").text]
    for kind, what in (("note", {"text": "Well."}), ("lock", {"room": "1", "role": seats[1]})):
        act(host, kind, **what)
        seen.append(host.get("/version?as=facilitator").text)
    served.host.present(one.client.cookies["seat"], 1)
    seen.append(host.get("/version?as=facilitator").text)
    assert len(set(seen)) == len(seen)


def test_with_many_rooms_the_rarer_acts_are_shown_for_one(tutorial, tmp_path):
    with serving(tmp_path, tutorial, rooms=6) as served:
        host = Visitor(served)
        page = host.get(f"/facilitator/enter/{served.facilitator}").text
        assert page.count('value="rewind"') == 0
        assert page.count("/facilitator?room=") == 6
        host.get("/facilitator?room=3")
        assert host.page.text.count('value="rewind"') == 1
        host.post("/facilitator/act", kind="start", room="3")
        assert host.page.url.query == b"room=3"
        assert host.page.text.count('value="rewind"') == 1
        assert host.get("/facilitator?room=99").status_code == 200


def test_the_facilitator_reads_what_a_message_offers(served, host, tutorial):
    roles = list(tutorial.ruleset.role_at)
    name, agreement = next(iter(tutorial.scenario.agreements.items()))
    visitor, _who = joined(served, "Amal")
    visitor.post("/claim", seat=f"1.{roles[0]}")
    start(served)
    visitor.post("/say", to=roles[1], text="Sign this", offer=name, key="k1")
    page = host.get("/facilitator?room=1").text
    assert "Sign this" in page
    assert f"Offer: {agreement.label}" in page


def test_what_is_pressed_says_of_what_it_is(workshop, tmp_path):
    with serving(tmp_path, workshop, rooms=2) as served:
        visitor, _who = joined(served, "Amal")
        seats = visitor.get("/seats").text
        for role in workshop.scenario.roles.values():
            assert seats.count(f'About this role<span class="hidden"> {role.label}</span>') == 2
        for name, role in zip(("Basim", "Carim"), workshop.ruleset.role_at, strict=False):
            served.host.claim(served.host.join(served.code, name).token, 1, role)
        start(served)
        host = Visitor(served)
        page = host.get(f"/facilitator/enter/{served.facilitator}").text
        named = []
        for what, told, inside in re.findall(r"<(button|summary)([^>]*)>(.*?)</\1>", page, re.DOTALL):
            own = re.search(r'aria-label="([^"]+)"', told)
            about = re.search(r'aria-describedby="([^"]+)"', told)
            named.append((what, own[1] if own else re.sub("<[^>]+>", "", inside), about and about[1]))
        assert len(named) > 60
        assert [item for item in named if named.count(item) > 1] == []
        assert not {"Set", "Send"} & {text for _what, text, _about in named}
