"""Which analyst is right? What a seat has seen, weighed under each reading by a particle filter.

Each reading keeps its own particles: games that its account would have it so far, given all that the seat
saw. A turn moves them by the engine, imposes what was seen, weighs them by the reports and by events that
did or did not happen, and draws their new values from the exact posterior of noise and report error.
Source: the optimal importance distribution for Gaussian observations, Doucet, Godsill and Andrieu,
Statistics and Computing 10 (2000), section II-D.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np

from game.base.arrays import Bools, Floats, Words
from game.base.digest import word_of
from game.engine import chance
from game.engine.bound import Bound, bind, pure, tables
from game.engine.effects import Causes, advance
from game.engine.expression import leaves
from game.engine.ledger import Step
from game.engine.moves import possible
from game.engine.reports import errors_of
from game.engine.ruleset import Ruleset
from game.engine.state import State, begin
from game.engine.turn import broken_by, chances, settle, with_defaults
from game.play.sight import Observation, knows_agreement

PARTICLES: Final = 100
"""Particles a reading: enough, for the values of each are drawn from the exact posterior."""

LEAST_CHANCE: Final = 1e-6
"""An event that a reading holds impossible counts as this likely, so that no account is ever ruled out."""

Estimates: TypeAlias = Floats
"""Best estimate of each indicator before the first turn and after each, and its standard deviation, [T, 2, V]."""

_AT_LIMIT: Final = 1e-9
_erf = np.vectorize(math.erf, otypes=[float])


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a seat can know after the turns that it has seen.

    Attributes:
        role: The seat's role.
        particles: For each reading, games as its account has them so far, B lanes of equal weight.
        weights: P(reading | what the seat saw), summing to 1, [K].
        steps: For each reading, how its particles went through the latest turn, before they were drawn
            anew; empty before the first turn.
    """

    role: int
    particles: tuple[State, ...]
    weights: Floats
    steps: tuple[Step, ...] = ()

    def means(self) -> Floats:
        """Return the mean of each indicator under each reading, [V, K]."""
        return np.stack([state.x.mean(axis=1) for state in self.particles], axis=1)

    def estimate(self) -> Floats:
        """Return the seat's estimate of each indicator and its standard deviation, over all readings, [2, V]."""
        means = self.means()
        squares = np.stack([(state.x**2).mean(axis=1) for state in self.particles], axis=1)
        mean = (means * self.weights).sum(axis=1)
        variance = (squares * self.weights).sum(axis=1) - mean**2
        return np.stack((mean, np.sqrt(np.maximum(variance, 0.0))))


def first_evidence(ruleset: Ruleset, role: int, count: int = PARTICLES) -> Evidence:
    """Return what a seat knows before the first turn: the declared start and the scenario's prior."""
    luck = word_of(f"evidence:{ruleset.roles[role].id}")
    start = begin(ruleset, chance.roots_from(luck, count))
    return Evidence(role, (start,) * len(ruleset.readings), ruleset.prior)


@lru_cache(maxsize=64)
def first_estimates(ruleset: Ruleset, role: int) -> Estimates:
    """Return what a seat can estimate before the first turn, whatever the game."""
    return first_evidence(ruleset, role).estimate()[np.newaxis]


@lru_cache(maxsize=32)
def _particle_streams(names: tuple[str, ...]) -> Words:
    return chance.streams(names)


def _uniform(state: State, kind: str, ids: Sequence[str]) -> Floats:
    """Return the filter's own luck for this turn, [len(ids), B]."""
    words = _particle_streams(tuple(f"particle:{kind}:{item}" for item in ids))
    return chance.uniform(state.roots, state.turn, words)


def weigh(ruleset: Ruleset, evidence: Evidence, seen: Observation) -> Evidence:
    """Return what a seat knows after one more turn.

    Args:
        ruleset: The compiled scenario.
        evidence: What it knew before the turn.
        seen: What it saw of the turn.
    """
    particles, steps, likelihoods = [], [], np.zeros(len(ruleset.readings))
    for reading, before in enumerate(evidence.particles):
        bound = bind(ruleset, pure(ruleset, reading))
        step, logs = _move(bound, evidence.role, before, seen)
        top = float(logs.max())
        portions = np.exp(logs - top)
        likelihoods[reading] = top + math.log(float(portions.mean()))
        particles.append(_resample(step.after, portions))
        steps.append(step)
    # A reading with prior 0 stays at 0, no other does: the floor keeps the logarithm finite.
    logs = np.log(np.maximum(evidence.weights, 1e-300)) + likelihoods
    weights = np.exp(np.where(ruleset.prior > 0.0, logs, -np.inf) - logs[ruleset.prior > 0.0].max())
    return Evidence(evidence.role, tuple(particles), weights / weights.sum(), tuple(steps))


def _move(bound: Bound, role: int, before: State, seen: Observation) -> tuple[Step, Floats]:
    """Return one reading's particles through the turn, and the log likelihood of what was seen in each."""
    ruleset = bound.ruleset
    before = _with_needed_agreements(ruleset, role, before, seen)
    moves, hidden = _moves(ruleset, role, before, seen)
    fired, logs = _events(bound, role, before, seen)
    causes = _causes(ruleset, role, before, seen, moves, hidden, fired)
    ahead = advance(bound, before, causes)
    noise, scores = _noise(ruleset, role, before, ahead.x, seen)
    after = settle(ruleset, before, causes, ahead, noise)
    after = _with_agreements(ruleset, role, causes, after, seen)
    return Step(before, causes, after), logs + scores


def _with_needed_agreements(ruleset: Ruleset, role: int, state: State, seen: Observation) -> State:
    """Return particles in which secret agreements are in force that a seen event shows to be."""
    needed = {
        leaf.index
        for at in seen.fired
        for formula in (ruleset.events[at].chance, ruleset.events[at].when)
        if formula is not None
        for leaf in leaves(formula)
        if leaf.kind == "in_force" and not knows_agreement(ruleset, role, leaf.index)
    }
    if not needed:
        return state
    in_force = state.in_force.copy()
    in_force[list(needed)] = True
    return replace(state, in_force=in_force)


def _moves(ruleset: Ruleset, role: int, before: State, seen: Observation) -> tuple[Bools, Bools]:
    """Return the moves made in each particle, [P, B], and which of them are drawn secrets of others."""
    moves = np.zeros((len(ruleset.moves), before.lanes), bool)
    moves[list(seen.moves)] = True
    hidden = np.zeros_like(moves)
    secret = [
        at
        for at, move in enumerate(ruleset.moves)
        if move.covert and move.role != role and at not in seen.moves
    ]
    if secret and ruleset.covert_rate:
        can = possible(ruleset, before)
        draws = _uniform(before, "move", [ruleset.moves[at].id for at in secret])
        for row, at in zip(draws, secret, strict=True):
            shown = ruleset.covert_rate * (1.0 - ruleset.moves[at].covert)
            rate = ruleset.covert_rate * ruleset.moves[at].covert / (1.0 - shown)
            hidden[at] = can[at] & (row < rate)
        moves |= hidden
    return with_defaults(ruleset, before, moves), hidden


def _events(bound: Bound, role: int, before: State, seen: Observation) -> tuple[Bools, Floats]:
    """Return what fires in each particle, [E, B], and the log likelihood of what the seat saw, [B]."""
    events = bound.ruleset.events
    probability, _ = chances(bound, before)
    fired = _uniform(before, "event", [event.id for event in events]) < probability
    for at, event in enumerate(events):
        if role in event.seen_by:
            fired[at] = at in seen.fired
    logs = np.zeros(before.lanes)
    for scores in event_scores(bound, role, before, seen).values():
        logs += scores
    return fired, logs


def event_scores(bound: Bound, role: int, before: State, seen: Observation) -> dict[int, Floats]:
    """Return the log likelihood of each event's happening or not as the seat saw it, by event, each [B].

    Dated and injected events are left out: they tell nothing.
    """
    probability, _ = chances(bound, before)
    scores = {}
    for at, event in enumerate(bound.ruleset.events):
        if role in event.seen_by and event.turn is None and at not in seen.injected:
            likely = np.clip(probability[at], LEAST_CHANCE, 1.0 - LEAST_CHANCE)
            scores[at] = np.log(likely if at in seen.fired else 1.0 - likely)
    return scores


def _causes(
    ruleset: Ruleset,
    role: int,
    before: State,
    seen: Observation,
    moves: Bools,
    hidden: Bools,
    fired: Bools,
) -> Causes:
    """Return what acts in each particle, with what the seat knows of agreements and seats imposed."""
    broken = broken_by(ruleset, before, moves & ~hidden, fired)
    for at in range(len(ruleset.agreements)):
        if knows_agreement(ruleset, role, at):
            broken[at] = at in seen.broken
    acting = before.in_force & ~broken
    seats = np.repeat(seen.seats[:, None], before.lanes, axis=1)
    return Causes(moves, hidden, fired, acting, broken, seats)


def _noise(
    ruleset: Ruleset, role: int, before: State, ahead: Floats, seen: Observation
) -> tuple[Floats, Floats]:
    """Return luck drawn in the light of the reports, [V, B], and the reports' log likelihood, [B]."""
    compiled = tables(ruleset)
    words = _particle_streams(tuple(f"particle:noise:{item.id}" for item in ruleset.indicators))
    luck = chance.normal(before.roots, before.turn, words)
    spread = compiled.noise
    noise: Floats = luck * spread
    heard = np.flatnonzero(~np.isnan(seen.reports))
    report = seen.reports[heard, None]
    error = errors_of(ruleset, role)[heard, None]
    low, high = compiled.limits[0][heard], compiled.limits[1][heard]
    at_limit = ((report <= low + _AT_LIMIT) | (report >= high - _AT_LIMIT))[:, 0]
    total = np.sqrt(spread[heard] ** 2 + error**2)
    gap = report - ahead[heard]
    gain = (spread[heard] / total) ** 2
    drawn = gain * gap + luck[heard] * spread[heard] * error / total
    known = ~at_limit | (error[:, 0] == 0.0)
    noise[heard[known]] = drawn[known]
    return noise, report_scores(ruleset, role, ahead, seen).sum(axis=0)


def report_scores(ruleset: Ruleset, role: int, ahead: Floats, seen: Observation) -> Floats:
    """Return the log likelihood of each report heard, up to a constant that all readings share, [heard, B].

    Args:
        ruleset: The compiled scenario.
        role: The seat's role.
        ahead: Indicators as a reading has them before this turn's luck, [V, B].
        seen: What the seat saw; values at a limit of the scale count as beyond it.
    """
    heard = np.flatnonzero(~np.isnan(seen.reports))
    report = seen.reports[heard, None]
    low, high = (limit[heard] for limit in tables(ruleset).limits)
    total = np.sqrt(tables(ruleset).noise[heard] ** 2 + errors_of(ruleset, role)[heard, None] ** 2)
    gap = report - ahead[heard]
    scores: Floats = -0.5 * (gap / total) ** 2
    at_limit = ((report <= low + _AT_LIMIT) | (report >= high - _AT_LIMIT))[:, 0]
    for row in np.flatnonzero(at_limit):
        inwards = 1.0 if report[row, 0] <= low[row, 0] + _AT_LIMIT else -1.0
        tail = 0.5 * (1.0 + _erf(inwards * gap[row] / total[row, 0] / math.sqrt(2.0)))
        scores[row] = np.log(np.maximum(tail, LEAST_CHANCE))
    return scores


def _with_agreements(ruleset: Ruleset, role: int, causes: Causes, after: State, seen: Observation) -> State:
    """Return particles after the turn with agreements as the seat knows them, secret ones drawn."""
    in_force, capital = after.in_force.copy(), np.maximum(after.capital, 0.0)
    draws = _uniform(after, "agreement", [item.id for item in ruleset.agreements])
    for at, agreement in enumerate(ruleset.agreements):
        if knows_agreement(ruleset, role, at):
            in_force[at] = at in seen.in_force
        else:
            signable = ~causes.broken[at] & ~(agreement.once & after.concluded[at])
            in_force[at] |= signable & (draws[at] < ruleset.covert_rate)
    signed = np.where(in_force[:, None, :], np.int16(0), after.signed)
    return replace(
        after,
        in_force=in_force,
        concluded=after.concluded | in_force,
        signed=signed,
        capital=capital,
    )


def _resample(state: State, portions: Floats) -> State:
    """Return particles of equal weight, drawn by systematic resampling; each place keeps its own luck."""
    lanes = state.lanes
    offset = float(_uniform(state, "resample", ["all"])[0, 0])
    cumulated = np.cumsum(portions)
    places = (np.arange(lanes) + offset) / lanes * cumulated[-1]
    chosen = np.minimum(np.searchsorted(cumulated, places, side="right"), lanes - 1)
    return replace(state.take(chosen), roots=state.roots)
