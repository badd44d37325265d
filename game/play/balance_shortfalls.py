"""Where does a scenario fall short of what makes it worth playing? In sentences, each with its remedy's place."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from game.engine.ruleset import Ruleset
from game.locale import _, list_of, number

LEAST_USED: Final = 0.05
"""Share of bot games under some reading in which each policy is to be chosen."""

LEAST_SEEN: Final = 0.02
"""Share of games under some reading, of bots or at random, in which each outcome is to be seen."""

REACHED: Final = (0.30, 0.70)
"""Share of bot games under every reading in which each role is to reach its objectives."""

BEHIND: Final = 0.03
"""Points of score by which a policy may stay behind the best plan in the reading that suits it."""

SWAPPED: Final = (0.40, 0.80)
"""Share of bot games whose ending is to change with the reading."""

MOST_AT_LIMIT: Final = 0.10
"""Share of turns in which an indicator may stand at an end of its scale."""

DEPENDING: Final = 0.90
"""Share of the decisions whose best answer is to depend on the reading."""

LEAST_TURNS: Final = 6
"""Turns from which a game is long enough for evidence to gather as the marks ask."""

SOON, MIDDLE, LATE = 0.5, (0.4, 0.6), 0.8
"""Mean probability of the true reading: below this after turn 2; about this in the middle; this near the end."""


def shortfalls(ruleset: Ruleset, found: Mapping[str, Any]) -> list[str]:
    """Return what misses its mark.

    Args:
        ruleset: The compiled scenario.
        found: The figures, as `balance --json` prints them.
    """
    return [
        *_policies(found),
        *_answers(found),
        *_outcomes(found),
        *_objectives(found),
        *_knowing(ruleset, found),
        *_swap(ruleset, found),
        *_limits(found),
        *_evidence(found),
    ]


def _percent(share: float) -> str:
    return number(100.0 * share, 1)


def _policies(found: Mapping[str, Any]) -> Iterator[str]:
    for name, behind in found["behind"].items():
        reading = min(behind, key=lambda key: behind[key])
        if behind[reading] > BEHIND:
            message = _(
                "The policy {policy} never stands in a plan within {margin} of its role's best; it comes nearest, "
                "at {behind}, under {reading}. Look at its effects and cost, and at what that reading makes of it."
            )
            yield message.format(
                policy=name, margin=number(BEHIND, 2), behind=number(behind[reading], 3), reading=reading
            )
    for name, shares in found["used"]["bots"]["policies"].items():
        if max(shares.values()) < LEAST_USED:
            message = _(
                "Bots choose the policy {policy} in {share} percent of games at most, under {reading}; the mark is "
                "{mark}. Look at what it does for its role's objectives, and at its cost."
            )
            reading = max(shares, key=lambda key: shares[key])
            yield message.format(
                policy=name, share=_percent(shares[reading]), reading=reading, mark=_percent(LEAST_USED)
            )


def _answers(found: Mapping[str, Any]) -> Iterator[str]:
    alike = []
    for event, answers in found["answers"].items():
        best = {max(answers, key=lambda name: answers[name][reading]) for reading in found["readings"]}
        if len(best) == 1:
            alike.append(event)
    decisions = len(found["answers"])
    if decisions and len(alike) > (1.0 - DEPENDING) * decisions + 1e-9:
        message = _(
            "In {alike} of {decisions} decisions the best answer is the same under every reading; the mark is at most "
            "{mark} percent of them. Look at the answers to {events}."
        )
        yield message.format(
            alike=number(len(alike)),
            decisions=number(decisions),
            mark=_percent(1.0 - DEPENDING),
            events=list_of(alike),
        )


def _outcomes(found: Mapping[str, Any]) -> Iterator[str]:
    for name in found["outcomes"]["bots"]:
        most = max(max(found["outcomes"][cast][name].values()) for cast in found["outcomes"])
        if most < LEAST_SEEN:
            message = _(
                "The outcome {outcome} is seen in {share} percent of games at most; the mark is {mark}. Look at its "
                "condition, and at the outcomes that are tried before it."
            )
            yield message.format(outcome=name, share=_percent(most), mark=_percent(LEAST_SEEN))


def _objectives(found: Mapping[str, Any]) -> Iterator[str]:
    low, high = REACHED
    for role, shares in found["objectives"]["bots"].items():
        missed = [
            _("{share} under {reading}").format(share=_percent(share), reading=reading)
            for reading, share in shares.items()
            if not low <= share <= high
        ]
        if missed:
            message = _(
                "The role {role} reaches its objectives in this percentage of bot games: {shares}; the mark is {low} "
                "to {high} under each reading. Look at the bounds of its objectives and at reached_at."
            )
            yield message.format(role=role, shares=list_of(missed), low=_percent(low), high=_percent(high))


def _knowing(ruleset: Ruleset, found: Mapping[str, Any]) -> Iterator[str]:
    for role, worth in found["knowing"].items():
        means = {
            name: sum(
                values[reading] * weight
                for reading, weight in zip(ruleset.readings, ruleset.prior, strict=True)
            )
            for name, values in worth["bots"].items()
        }
        gain, loss = means["knowing"] - means["prior"], means["prior"] - means["wrong"]
        if gain <= 0.0:
            message = _(
                "To the role {role}, acting on the true reading is worth {gain} points of score more than acting on "
                "the prior; the mark is more than 0. Look at what its policies do under each reading."
            )
            yield message.format(role=role, gain=number(gain, 3))
        if loss <= 0.0:
            message = _(
                "To the role {role}, acting on a wrong reading costs {loss} points of score against acting on the "
                "prior; the mark is more than 0. Look at what its policies do under each reading."
            )
            yield message.format(role=role, loss=number(loss, 3))


def _swap(ruleset: Ruleset, found: Mapping[str, Any]) -> Iterator[str]:
    low, high = SWAPPED
    table = found["swapped"]["bots"]
    for place, first in enumerate(ruleset.readings):
        for second in ruleset.readings[place + 1 :]:
            share = (table[first][second] + table[second][first]) / 2
            if not low <= share <= high:
                message = _(
                    "With the same orders and luck, {share} percent of bot games end otherwise under {second} than "
                    "under {first}; the mark is {low} to {high}. Look at which outcomes each of the two leads to."
                )
                yield message.format(
                    share=_percent(share), first=first, second=second, low=_percent(low), high=_percent(high)
                )


def _limits(found: Mapping[str, Any]) -> Iterator[str]:
    for name, shares in longest_at_limit(found).items():
        most = max(shares.values())
        if most >= MOST_AT_LIMIT:
            message = _(
                "The indicator {indicator} stands at an end of its scale in {share} percent of turns; the mark is less "
                "than {mark}. Look at its range, its soft limits and what drives it."
            )
            yield message.format(indicator=name, share=_percent(most), mark=_percent(MOST_AT_LIMIT))


def longest_at_limit(found: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Return the share of turns in which each indicator stands at an end of its scale, whoever plays at the most.

    Args:
        found: The figures, as `balance --json` prints them.

    Returns:
        By indicator and reading, the largest share among those who play.
    """
    casts: list[Mapping[str, Mapping[str, float]]] = list(found["limits"].values())
    return {
        name: {reading: max(cast[name][reading] for cast in casts) for reading in shares}
        for name, shares in casts[0].items()
    }


def _evidence(found: Mapping[str, Any]) -> Iterator[str]:
    curves = list(found["evidence"].values())
    mean = [sum(values) / len(curves) for values in zip(*curves, strict=True)]
    last = len(mean) - 1
    if last < LEAST_TURNS:
        return
    low, high = MIDDLE
    middle, near = (last + 1) // 2, last - 1
    advice = _("Look at the errors of reports, at noise, and at chances that differ much between readings.")
    if mean[2] >= SOON:
        message = _("After turn 2 the evidence gives the true reading {share}; the mark is less than {mark}.")
        yield message.format(share=number(mean[2], 2), mark=number(SOON, 2)) + " " + advice
    if not low <= mean[middle] <= high:
        message = _(
            "After turn {turn} the evidence gives the true reading {share}; the mark is {low} to {high}."
        )
        text = message.format(
            turn=middle, share=number(mean[middle], 2), low=number(low, 2), high=number(high, 2)
        )
        yield text + " " + advice
    if not LATE - 0.1 <= mean[near] <= LATE + 0.1:
        message = _(
            "After turn {turn} the evidence gives the true reading {share}; the mark is about {mark}."
        )
        yield message.format(turn=near, share=number(mean[near], 2), mark=number(LATE, 2)) + " " + advice
