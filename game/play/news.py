"""What does a seat read about a turn? Headlines of what it observed, in words."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain

from game.locale import _, amount, language, list_of
from game.play.citing import series
from game.play.game import Game, StandIn
from game.play.sight import Observation
from game.play.texts import Texts
from game.play.views import Headline


def headlines(texts: Texts, game: Game, role: int) -> tuple[Headline, ...]:
    """Return what a role has learned, turn by turn, in the current language."""
    told: list[tuple[Headline, ...]] = game.memo(("headlines of turns", language(), role), list)
    told += [_told(texts, game, role, turn) for turn in range(len(told) + 1, len(game.steps) + 1)]
    return tuple(chain.from_iterable(told))


def _told(texts: Texts, game: Game, role: int, turn: int) -> tuple[Headline, ...]:
    """Return what a role learned of a resolved turn: who ordered for it, events, acts, bargains and votes."""
    seen, was_in_force = game.seen(role, turn), game.steps[turn - 1].before.in_force
    news = [at for at in sorted(seen.in_force) if not was_in_force[at, 0]]
    held = [at for at, contest in enumerate(texts.ruleset.contests) if contest.turn == turn]
    told = partial(_worded, texts, turn)
    return (
        *_stood_in(texts, game, role, turn),
        *(told(_event, at) for at in sorted(seen.fired)),
        *(told(_move, at) for at in sorted(seen.moves)),
        *(told(_breach, at) for at in sorted(seen.broken)),
        *(told(_agreement, at) for at in news),
        *(game.memo(("vote told", language(), at), partial(_contest, texts, seen, at)) for at in held),
    )


def _stood_in(texts: Texts, game: Game, role: int, turn: int) -> tuple[Headline, ...]:
    """Return what was done in a seat's name in a turn, where its people had handed in nothing."""
    by = game.stood_in[turn - 1].get(role)
    if by is None:
        return ()
    ruleset = texts.ruleset
    ordered = [at for at in game.orders[turn - 1] if ruleset.moves[at].role == role]
    made = [at for at in sorted(game.seen(role, turn).moves) if ruleset.moves[at].role == role]
    acts = {
        StandIn.DRAFT: _("The order of your seat was not in when turn {turn} ended, so your draft counted."),
        StandIn.CARETAKER: _(
            "There was no order of your seat when turn {turn} ended, so a caretaker acted in your name."
        ),
        StandIn.BOT: _("A bot played your seat in turn {turn}."),
    }
    parts = [acts[by].format(turn=turn)]
    if ordered:
        parts.append(_("Done in your name: {moves}.").format(moves=_series(texts, ordered)))
    else:
        parts.append(_("Nothing was done in your name."))
    cost = sum(ruleset.moves[at].cost for at in ordered)
    if cost:
        parts.append(_("Political capital spent on it: {capital}.").format(capital=amount(cost)))
    unanswered = [at for at in made if at not in ordered]
    if unanswered:
        message = _("Decided because nobody answered: {answers}.")
        parts.append(message.format(answers=_series(texts, unanswered)))
    name = ruleset.roles[role].id
    return (_headline(turn, "stood_in", name, " ".join(parts), name),)


def _series(texts: Texts, moves: Sequence[int]) -> str:
    return series([texts.cause(texts.ruleset.cause_of_move(at)) for at in moves])


def _worded(texts: Texts, turn: int, word: Callable[[Texts, int, int], Headline], at: int) -> Headline:
    """Return a headline that is the same in every game."""
    return texts.memo((word, turn, at), partial(word, texts, turn, at))


def _headline(
    turn: int, kind: str, name: str, text: str, by: str | None = None, detail: str = ""
) -> Headline:
    return Headline.model_validate(
        {"turn": turn, "kind": kind, "id": name, "text": text, "by": by, "detail": detail}
    )


def _event(texts: Texts, turn: int, at: int) -> Headline:
    name = texts.ruleset.events[at].id
    event = texts.scenario.events[name]
    shown = _headline(turn, "event", name, event.headline or event.label, detail=event.text or "")
    return shown.model_copy(update={"place": event.place})


def _move(texts: Texts, turn: int, at: int) -> Headline:
    move = texts.ruleset.moves[at]
    role = texts.ruleset.roles[move.role].id
    if move.agreement is not None:
        message = _("Signed by {role}: {agreement}")
        text = message.format(role=texts.roles[role], agreement=texts.agreement(move.agreement))
        return _headline(turn, "signature", move.id, text, role)
    if move.event is not None:
        message = _("{event}: the answer of {role} is '{answer}'")
        text = message.format(role=texts.roles[role], event=texts.event(move.event), answer=texts.move(at))
        return _headline(turn, "answer", move.id, text, role)
    policy = texts.scenario.policies[move.id]
    return _headline(turn, "policy", move.id, policy.headline or policy.label, role, policy.about or "")


def _breach(texts: Texts, turn: int, at: int) -> Headline:
    text = _("Broken: {agreement}").format(agreement=texts.agreement(at))
    return _headline(turn, "breach", texts.ruleset.agreements[at].id, text)


def _agreement(texts: Texts, turn: int, at: int) -> Headline:
    text = _("In force from now on: {agreement}").format(agreement=texts.agreement(at))
    return _headline(turn, "agreement", texts.ruleset.agreements[at].id, text)


def _contest(texts: Texts, seen: Observation, at: int) -> Headline:
    contest = texts.ruleset.contests[at]
    parts = [
        _("{bloc} {seats} (before: {was})").format(
            bloc=texts.bloc(place), seats=seen.seats[place], was=bloc.was
        )
        for place, bloc in enumerate(texts.ruleset.blocs)
        if bloc.contest == at
    ]
    text = _("The vote: {results}").format(results=list_of(parts))
    return _headline(seen.turn, "contest", contest.id, text)
