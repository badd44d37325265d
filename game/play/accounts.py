"""Why did an indicator move? In play, as each reading would have it, with what it leaves over.

A seat never sees the true ledger before the game is over: it would give the world away. It sees, for a change
as reported, the terms that each account names - means over the seat's own particles under that account - and
the remainder that the account leaves unexplained. Comparing the remainders is the lesson.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from game.engine.bound import bind, pure
from game.engine.ledger import Step, Term, rest_terms, rule_terms
from game.engine.moves import possible
from game.engine.ruleset import Ruleset
from game.engine.state import horizon
from game.locale import _
from game.play.game import Game
from game.play.leanings import leanings
from game.play.texts import Texts
from game.play.views import (
    Account,
    AccountTerm,
    ExpectedIndicator,
    ExpectedView,
    Explanation,
    ForecastView,
    TruthView,
)

LEAST_TERM: Final = 0.05
"""Terms smaller than this, in index points, are summed up in one line."""


_LEAST_SPREAD: Final = 0.5
"""Index points that any account may be off: it names means, over particles that are not all alike."""


def explanation(game: Game, texts: Texts, role: int, indicator: int, since: int, until: int) -> Explanation:
    """Return how each reading would explain an indicator's change over some turns, as a seat can know it.

    Args:
        game: The game.
        texts: The scenario's texts.
        role: The seat's role.
        indicator: The indicator.
        since: First turn to explain.
        until: Last turn to explain, resolved already.
    """
    item = game.ruleset.indicators[indicator]
    label = texts.indicator(indicator)
    if item.hidden[role]:
        return Explanation(
            indicator=item.id, label=label, since=since, until=until, reported=None, accounts=()
        )
    means, spreads = game.evidence(role, since - 1).estimate()
    before, doubt = float(means[indicator]), float(spreads[indicator])
    turns = range(since, until + 1)
    reported = [float(game.seen(role, turn).reports[indicator]) - before for turn in turns]
    usual = [
        _LEAST_SPREAD**2 + doubt**2 + item.errors[role] ** 2 + count * item.noise**2
        for count in range(1, len(reported) + 1)
    ]
    accounts = tuple(
        _account(game, texts, role, indicator, reading, dict(zip(turns, reported, strict=True)), usual)
        for reading in range(len(game.ruleset.readings))
    )
    return Explanation(
        indicator=item.id, label=label, since=since, until=until, reported=reported[-1], accounts=accounts
    )


def _account(
    game: Game,
    texts: Texts,
    role: int,
    indicator: int,
    reading: int,
    reported: Mapping[int, float],
    usual: Sequence[float],
) -> Account:
    """Return a reading's account of the change that was reported turn by turn, each since the same start.

    Args:
        game: The game.
        texts: The scenario's texts.
        role: The seat's role.
        indicator: The indicator.
        reading: Whose account.
        reported: By turn, the change that was reported.
        usual: The variance that doubt about the start, report errors and luck give each report's gap.
    """
    sums: dict[int | None, float] = defaultdict(float)
    gaps = []
    for turn, change in reported.items():
        for rule, points in imagined(game, role, reading, turn, indicator):
            sums[rule] += points
        gaps.append(change - sum(sums.values()))
    name = game.ruleset.readings[reading]
    return Account(
        reading=name,
        analyst=texts.scenario.readings[name].analyst,
        terms=worded(texts, sums),
        explained=sum(sums.values()),
        unexplained=gaps[-1],
        gap=sum(map(abs, gaps)) / len(gaps),
        misfit=sum(gap**2 / (2.0 * variance) for gap, variance in zip(gaps, usual, strict=True)),
    )


def imagined(
    game: Game, role: int, reading: int, turn: int, indicator: int
) -> list[tuple[int | None, float]]:
    """Return the terms that a reading names for a turn: rule (None: the resting pull) and mean points."""
    bound = bind(game.ruleset, pure(game.ruleset, reading))
    first = max(1, turn - horizon(game.ruleset))
    steps: list[Step] = [game.evidence(role, number).steps[reading] for number in range(first, turn + 1)]
    terms: Sequence[Term] = [*rule_terms(bound, steps), *rest_terms(bound, steps[-1].before)]
    return [(term.rule, float(np.mean(term.points))) for term in terms if term.target == indicator]


def worded(texts: Texts, sums: dict[int | None, float]) -> tuple[AccountTerm, ...]:
    """Return terms in words, causes summed up, the largest first, small ones in one line."""
    ruleset = texts.ruleset
    by_cause: dict[tuple[str, tuple[str, ...], str], float] = defaultdict(float)
    for rule, points in sums.items():
        by_cause[_wording(texts, ruleset, rule)] += points
    large = {key: points for key, points in by_cause.items() if abs(points) >= LEAST_TERM}
    small = sum(points for key, points in by_cause.items() if key not in large)
    terms = [
        AccountTerm(text=text, points=points, cite=cite, says=says)
        for (text, cite, says), points in sorted(large.items(), key=lambda pair: -abs(pair[1]))
    ]
    if abs(small) >= LEAST_TERM:
        terms.append(AccountTerm(text=_("Smaller causes together"), points=small))
    return tuple(terms)


def _wording(texts: Texts, ruleset: Ruleset, rule: int | None) -> tuple[str, tuple[str, ...], str]:
    if rule is None:
        return _("Falling back to its usual level"), (), ""
    item = ruleset.rules[rule]
    note = texts.loaded.notes[item.id]
    says = texts.why(note)
    if not says and note.reading is not None and note.claim is not None:
        says = texts.scenario.readings[note.reading].claims[note.claim].says
    return texts.cause(item.cause), texts.cites(note.cite), says


def forecast_view(game: Game, texts: Texts, role: int, moves: Sequence[int], futures: int) -> ForecastView:
    """Return what each reading leads a seat to expect, if it makes some moves in the coming turn."""
    ruleset, evidence = game.ruleset, game.evidence(role)
    heard = [at for at, item in enumerate(ruleset.indicators) if not item.hidden[role]]
    means = evidence.means()
    readings = []
    for reading, expected in enumerate(game.forecaster(role).look(evidence, moves, futures)):
        authored = texts.scenario.readings[ruleset.readings[reading]]
        sums: dict[int, dict[int | None, float]] = defaultdict(lambda: defaultdict(float))
        for term in expected.terms:
            sums[term.target][term.rule] += term.points
        readings.append(
            ExpectedView(
                reading=ruleset.readings[reading],
                analyst=authored.analyst,
                label=authored.label,
                indicators=tuple(
                    ExpectedIndicator(
                        id=ruleset.indicators[at].id,
                        label=texts.indicator(at),
                        now=float(means[at, reading]),
                        next_turn=float(expected.means[0, at]),
                        bands=tuple(tuple(map(float, band)) for band in expected.bands[:, at]),
                        terms=worded(texts, sums[at]),
                    )
                    for at in heard
                ),
                outcomes={
                    item.id: float(share)
                    for item, share in zip(ruleset.outcomes, expected.outcomes, strict=True)
                },
                events={
                    item.id: float(share)
                    for item, share in zip(ruleset.events, expected.events, strict=True)
                    if role in item.seen_by
                },
                seats={
                    item.id: float(seats) for item, seats in zip(ruleset.blocs, expected.seats, strict=True)
                },
            )
        )
    return ForecastView(
        turn=game.turn,
        moves=tuple(ruleset.moves[at].id for at in moves),
        titles={name: outcome.title for name, outcome in texts.scenario.outcomes.items()},
        readings=tuple(readings),
        leanings=_leanings(game, role, heard),
    )


def _leanings(game: Game, role: int, heard: Sequence[int]) -> dict[str, dict[str, tuple[float, ...]]]:
    """Return what each policy would add in each account, without what adds nothing in any."""
    ruleset = game.ruleset
    can = possible(ruleset, game.state)[:, 0]
    moves = [
        at for at, move in enumerate(ruleset.moves) if move.role == role and move.kind == "policy" and can[at]
    ]
    points = leanings(ruleset, game.evidence(role), moves).round(2)
    return {
        ruleset.moves[move].id: {
            ruleset.indicators[at].id: tuple(map(float, points[:, place, at]))
            for at in heard
            if points[:, place, at].any()
        }
        for place, move in enumerate(moves)
    }


def truth(game: Game, texts: Texts, indicator: int, turn: int) -> TruthView:
    """Return the true ledger of an indicator in a resolved turn; its terms sum to the change."""
    step = game.steps[turn - 1]
    return TruthView(
        indicator=game.ruleset.indicators[indicator].id,
        label=texts.indicator(indicator),
        turn=turn,
        before=float(step.before.x[indicator, 0]),
        after=float(step.after.x[indicator, 0]),
        terms=worded_terms(texts, [term for term in game.ledger(turn) if term.target == indicator]),
    )


def worded_terms(texts: Texts, terms: Sequence[Term]) -> tuple[AccountTerm, ...]:
    """Return true terms of one game in words, the largest first; those of no size are left out."""
    found = []
    for term in terms:
        points = float(term.points[0])
        if points == 0.0:
            continue
        match term.source:
            case "noise":
                found.append(AccountTerm(text=_("Luck"), points=points))
            case "limit":
                found.append(AccountTerm(text=_("Held at the end of the scale"), points=points))
            case _:
                text, cite, says = _wording(texts, texts.ruleset, term.rule)
                found.append(AccountTerm(text=text, points=points, cite=cite, says=says))
    return tuple(sorted(found, key=lambda term: -abs(term.points)))
