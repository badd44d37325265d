"""What other seats, observers and strangers receive holds nothing of what is not theirs."""

import json

import pytest

from game.play.orders import Ack, Order, Prediction
from game.session.api import Act
from tests.session.group import Group

PRIVATE = "canary-between-two"
NOTE = "canary-note"
TOLD_ONE = "canary-for-one"
LIKELY = 0.3141592653


@pytest.fixture
def group(host, baghdad) -> Group:
    """A game in its second turn with secrets on every side."""
    group = Group(host, baghdad)
    reading = list(baghdad.ruleset.reading_at)
    group.act("world", room=1, world=reading[0])
    group.begin()
    group.play_turn()
    unused = [move.id for move in host.view(group.token(0), "en").policies if move.available][-1:]
    assert host.draft(group.token(0), Order(turn=2, moves=tuple(unused))) == Ack(turn=2)
    host.predict(group.token(0), Prediction(turn=2, readings={reading[0]: LIKELY, reading[1]: 1 - LIKELY}))
    host.send(group.token(0), group.roles[1], PRIVATE)
    group.act("note", text=NOTE)
    group.act("message", text=TOLD_ONE, role=group.roles[0])
    return group


def heard_by(group: Group, token: str) -> str:
    """Return everything that a token gets out of the host, in both languages."""
    host, said = group.host, []
    indicator = group.loaded.ruleset.indicators[0].id
    for lang in ("en", "ar"):
        said += [
            host.view(token, lang),
            host.board(token, lang, 1),
            host.evidence(token, lang),
            host.explain(token, indicator, 1, 1, lang),
            host.truth(token, indicator, 1, lang),
            host.scores(token, lang),
            host.seat_view(token, 1, group.roles[0], lang),
            host.draft(token, Order(turn=9, moves=("nothing",)), lang=lang),
            host.confirm(token, Order(turn=9), lang=lang),
            host.send(token, "nobody", "x", lang=lang),
            host.act(token, Act(kind="rewind", turn=1, text="x"), lang=lang),
            host.join("WRONG1", "x", lang),
        ]
    said += [host.status(token), host.overview(token), host.reissue(token, "x"), host.who(token)]
    for several in (host.messages(token), host.export(token), host.predicted(token)):
        said.append(several)
    return "\n".join(repr(item) + str(getattr(item, "model_dump_json", str)()) for item in said)


def test_nobody_receives_what_is_not_theirs(group):
    observer = group.join("observer")
    group.act("seat", participant=observer.participant_id, room=1, post="observer")
    stranger = group.join("someone else").token
    game = group.host.session(group.name).rooms[1].table.game
    kept = group.host.store.read(group.name, 0)
    hashes = [item.body["hash"] for item in kept if "hash" in item.body]
    drafted = group.host.view(group.token(0), "en").draft[0]
    for listener in (group.token(1), group.token(2), observer.token, stranger, "", "guess"):
        said = heard_by(group, listener)
        own = {listener}
        secrets = {NOTE, TOLD_ONE, str(game.seed), str(LIKELY), group.facilitator, drafted, *hashes}
        secrets |= set(group.tokens.values()) - own
        if listener != group.token(1):
            secrets.add(PRIVATE)
        assert not [secret for secret in secrets if secret in said]
    assert PRIVATE in heard_by(group, group.token(1))
    assert TOLD_ONE in heard_by(group, group.token(0))


def test_tokens_are_kept_as_hashes_alone(group):
    held = json.dumps([item.body for number in (0, 1) for item in group.host.store.read(group.name, number)])
    for token in (group.facilitator, *group.tokens.values()):
        assert token not in held
        assert group.host.store.holder_of(token) is None


def test_the_board_says_only_what_all_seats_have_seen(group):
    for _turn in range(4):
        group.act("force")
    board = group.host.board(group.facilitator, "en", 1)
    for role in group.roles:
        seen = group.host.view(group.tokens[1, role], "en").headlines
        assert {item.text for item in board.headlines} <= {item.text for item in seen}
    assert board.headlines
