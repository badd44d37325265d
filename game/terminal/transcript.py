"""What happened in a whole game, and why? Turn by turn with its true ledger, for `demo` and for reading."""

from collections.abc import Iterator
from typing import Final

from game.engine.ledger import Step
from game.locale import _, list_of, number
from game.locale.dates import dates
from game.play.accounts import truth
from game.play.citing import points, series
from game.play.ending import end_of
from game.play.game import Game
from game.play.texts import Texts, texts_of
from game.play.views import TruthView
from game.play.wording import cost_line
from game.scenario.calendar import calendar_of
from game.scenario.loading import Loaded
from game.terminal.accounts import ledger_lines
from game.terminal.ending import role_lines

MOVED: Final = 2.0
"""Index points by which an indicator must move in a turn to be told of."""

TERMS: Final = 4
"""Causes of a change that are told of on their own; the others are summed up."""

_DIGITS: Final = 1


def transcript(loaded: Loaded, game: Game) -> Iterator[str]:
    """Yield the lines of a whole game, in the current language.

    Args:
        loaded: The scenario, without errors.
        game: The game, as far as it was played.
    """
    texts = texts_of(loaded, game.ruleset)
    yield texts.scenario.title
    yield _("Seed {seed}. {world}").format(seed=game.seed, world=_world(texts, game))
    for turn, step in enumerate(game.steps, start=1):
        yield ""
        yield from _turn(texts, game, turn, step)
    if game.over:
        yield ""
        yield from _end(texts, game)


def turn_lines(loaded: Loaded, game: Game, turn: int) -> Iterator[str]:
    """Yield the lines of one turn that was played, in the current language."""
    yield from _turn(texts_of(loaded, game.ruleset), game, turn, game.steps[turn - 1])


def _world(texts: Texts, game: Game) -> str:
    readings = [texts.scenario.readings[name] for name in game.ruleset.readings]
    true = [
        (reading, float(weight)) for reading, weight in zip(readings, game.world, strict=True) if weight > 0.0
    ]
    if len(true) == 1:
        message = _("The world follows the account of {analyst}: {label}.")
        return message.format(analyst=true[0][0].analyst, label=true[0][0].label)
    parts = [
        _("{share} percent {analyst}").format(share=number(100 * weight), analyst=reading.analyst)
        for reading, weight in true
    ]
    return _("The world is a mix of accounts: {parts}.").format(parts=list_of(parts))


def _turn(texts: Texts, game: Game, turn: int, step: Step) -> Iterator[str]:
    first, last = calendar_of(texts.scenario).dates_of(turn)
    message = _("Turn {turn} of {turns}: {dates}")
    yield message.format(turn=turn, turns=game.ruleset.turns, dates=dates(first, last))
    yield _("Orders:")
    for role in range(len(game.ruleset.roles)):
        yield "- " + _order(texts, step, role)
    happened = [*_events(texts, step), *_bargains(texts, step), *_contests(texts, turn, step)]
    yield _("What happened:")
    yield from (f"- {line}" for line in happened or [_("Nothing out of the ordinary.")])
    yield from _changes(texts, game, turn, step)


def _order(texts: Texts, step: Step, role: int) -> str:
    label = texts.roles[texts.ruleset.roles[role].id]
    moves = []
    for at, move in enumerate(texts.ruleset.moves):
        if move.role != role or not step.causes.moves[at, 0]:
            continue
        text = texts.move(at)
        if move.event is not None:
            message = _("on {event}: {answer}")
            text = message.format(event=texts.event(move.event), answer=text)
        if step.causes.hidden[at, 0]:
            text = _("{move} (hidden from the others)").format(move=text)
        moves.append(text)
    if not moves:
        return _("{role}: nothing.").format(role=label)
    return _("{role}: {moves}.").format(role=label, moves=series(moves))


def _events(texts: Texts, step: Step) -> Iterator[str]:
    for at, event in enumerate(texts.ruleset.events):
        if step.causes.fired[at, 0]:
            authored = texts.scenario.events[event.id]
            yield _("{event}: {headline}").format(
                event=authored.label, headline=authored.headline or authored.text or ""
            )


def _bargains(texts: Texts, step: Step) -> Iterator[str]:
    for at in range(len(texts.ruleset.agreements)):
        if step.causes.broken[at, 0]:
            yield _("Broken: {agreement}").format(agreement=texts.agreement(at))
        elif step.after.in_force[at, 0] and not step.before.in_force[at, 0]:
            yield _("In force from now on: {agreement}").format(agreement=texts.agreement(at))


def _contests(texts: Texts, turn: int, step: Step) -> Iterator[str]:
    for at, contest in enumerate(texts.ruleset.contests):
        if contest.turn == turn:
            parts = [
                _("{bloc} {seats} (before: {was})").format(
                    bloc=texts.bloc(place), seats=int(step.after.seats[place, 0]), was=bloc.was
                )
                for place, bloc in enumerate(texts.ruleset.blocs)
                if bloc.contest == at
            ]
            yield _("The vote: {results}").format(results=list_of(parts))


def _changes(texts: Texts, game: Game, turn: int, step: Step) -> Iterator[str]:
    change = step.after.x[:, 0] - step.before.x[:, 0]
    moved = [at for at in range(len(change)) if abs(change[at]) >= MOVED]
    moved.sort(key=lambda at: (-abs(change[at]), at))
    yield _("What moved, and why:")
    if not moved:
        yield "- " + _("Nothing moved by {points} points or more.").format(points=number(MOVED))
    for at in moved:
        yield from _ledger(truth(game, texts, at, turn))


def _ledger(view: TruthView) -> list[str]:
    change = view.after - view.before
    message = _("{indicator}: from {before} to {after}, {change}")
    line = message.format(
        indicator=view.label,
        before=number(view.before, _DIGITS),
        after=number(view.after, _DIGITS),
        change=points(change),
    )
    return [f"- {line}", *ledger_lines(view.terms, change, most=TERMS)]


def _end(texts: Texts, game: Game) -> Iterator[str]:
    end = end_of(game, texts)
    yield _("The game is over: {outcome}").format(outcome=end.title)
    yield " ".join(end.text.split())
    for title, text in ((_("Who is credited:"), end.credit), (_("Who harvests it:"), end.harvest)):
        if text:
            yield title
            yield " ".join(text.split())
    yield _("What each role reached:")
    for role in end.roles:
        first, *rest = role_lines(role)
        yield f"- {first}"
        yield from (f"   {line}" for line in rest)
    if end.costs:
        yield _("What it cost, whoever gains by it:")
    yield from (f"- {cost_line(item)}" for item in end.costs)
