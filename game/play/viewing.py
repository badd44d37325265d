"""How is a seat's view put together? From what its role observed, estimated and may do, and nothing else."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from game.engine.moves import Obstacle
from game.engine.ruleset import Move
from game.play.ending import end_of, objectives_of
from game.play.evidence import Estimate
from game.play.news import headlines
from game.play.orders import Order
from game.play.reasons import legal_moves, why
from game.play.sight import knows_agreement
from game.play.table import Table
from game.play.texts import Texts, texts_of
from game.play.views import (
    AgreementView,
    BlocView,
    DecisionView,
    IndicatorView,
    MapView,
    MoveView,
    ObjectiveView,
    PlaceView,
    QuestionView,
    ReadingView,
    View,
)
from game.scenario.asking import Asked
from game.scenario.calendar import calendar_of
from game.scenario.schema import Event

_Standing: TypeAlias = Literal["in_force", "offered", "open", "gone"]

_BAND: Final = 1.645
"""Half the width of a band that holds nine in ten of a normal distribution, in standard deviations."""


def _question(event: Event) -> str:
    """Return what an event puts to its role."""
    asked = event.decision.ask if event.decision is not None else None
    return " ".join(part for part in (event.text, asked) if part)


class Viewer:
    """Puts together what one seat shows, in the current language."""

    def __init__(self, table: Table, role: str) -> None:
        self.table, self.role_id = table, role
        self.game, self.ruleset = table.game, table.ruleset
        self.role = self.ruleset.role_at[role]
        self.state = table.game.state
        self.texts: Texts = texts_of(table.loaded, table.ruleset)
        self.scenario = self.texts.scenario
        names = table.confirmed.get(role, table.drafts.get(role, ()))
        self.order = Order(turn=min(self.game.turn, self.ruleset.turns), moves=names)
        self.draft = [self.ruleset.move_at[self.role, name] for name in names]

    def view(self, lang: str, estimates: Sequence[Estimate] | None = None) -> View:
        """Return the whole view.

        Args:
            lang: The language that is noted in it.
            estimates: What the seat could estimate before the first turn and after each turn since, as far as it
                has been worked out; None works all of it out.
        """
        estimates = self.game.estimates(self.role) if estimates is None else estimates
        game, ruleset = self.game, self.ruleset
        role, authored = ruleset.roles[self.role], self.scenario.roles[self.role_id]
        turn = max(1, len(game.steps)) if game.over else game.turn
        first, last = self.texts.kept(("days", turn), lambda: calendar_of(self.scenario).dates_of(turn))
        missing = self.table.missing()
        phase: Literal["deciding", "waiting", "over"]
        phase = "over" if game.over else "deciding" if self.role_id in missing else "waiting"
        obstacles = {} if game.over else legal_moves(game, self.role, self.draft)
        moves = {at: self._move(at, obstacles) for at in self._own_moves()}
        return View(
            scenario=self.table.loaded.id,
            title=self.scenario.title,
            about=self.scenario.about or "",
            lang=lang,
            role=self.role_id,
            role_label=authored.label,
            brief=authored.brief,
            roles=self.texts.roles,
            turn=turn,
            turns=ruleset.turns,
            first_day=first.isoformat(),
            last_day=last.isoformat(),
            phase=phase,
            missing=missing,
            capital=float(self.state.capital[self.role, 0]),
            income=role.capital_income,
            most_capital=role.capital_most,
            slots=role.slots,
            draft=self.order.moves,
            draft_cost=sum(ruleset.moves[at].cost for at in self.draft),
            dates=dict(ruleset.dates),
            vote=ruleset.contests[0].turn if ruleset.contests else None,
            map=self.texts.kept(("map",), self._map),
            headlines=headlines(self.texts, game, self.role),
            settled=len(estimates) > len(game.steps),
            indicators=self._indicators(estimates),
            policies=tuple(moves[at] for at in moves if ruleset.moves[at].kind == "policy"),
            decisions=self._decisions(moves),
            agreements=self._agreements(moves),
            blocs=tuple(self._bloc(at) for at in range(len(ruleset.blocs))),
            readings=self.texts.kept(("readings",), self._readings),
            objectives=self._objectives(),
            questions=tuple(
                self.texts.kept(("question", item.id), partial(self._asked, item))
                for item in self.table.asked()
            ),
            evidence_shown=self.table.evidence_shown,
            end=end_of(game, self.texts) if game.over else None,
        )

    def _objectives(self) -> tuple[ObjectiveView, ...]:
        def make() -> tuple[ObjectiveView, ...]:
            return objectives_of(self.game, self.texts, self.role)

        return make() if self.game.over else self.texts.kept(("objectives", self.role), make)

    def _asked(self, asked: Asked) -> QuestionView:
        return QuestionView(id=asked.id, ask=self.texts.question(asked))

    def _readings(self) -> tuple[ReadingView, ...]:
        return tuple(
            ReadingView(
                id=name,
                analyst=reading.analyst,
                label=reading.label,
                summary=tuple(claim.says for claim in reading.claims.values()),
            )
            for name, reading in self.scenario.readings.items()
        )

    def _map(self) -> MapView | None:
        drawn = self.scenario.map
        if drawn is None:
            return None
        return MapView(
            outline=drawn.outline,
            rivers=tuple(drawn.rivers.values()),
            waters=tuple(drawn.waters.values()),
            places={
                name: PlaceView(label=place.label, at=place.at, kind=place.kind)
                for name, place in drawn.places.items()
            },
            note=drawn.note or "",
        )

    def _own_moves(self) -> list[int]:
        moves = self.ruleset.moves
        return self.texts.kept(
            ("moves", self.role), lambda: [at for at, move in enumerate(moves) if move.role == self.role]
        )

    def _move(self, at: int, obstacles: dict[int, Obstacle | None]) -> MoveView:
        move = self.ruleset.moves[at]
        obstacle = obstacles.get(at)
        drafted = at in self.draft
        free = self.texts.kept(("move", at), lambda: self._free(at, move))
        if obstacle is None and not drafted and not self.game.over:
            return free
        reason = why(self.texts, self.state, at, obstacle, self.draft) if obstacle else ""
        changed = {"available": False, "drafted": drafted, "code": obstacle, "reason": reason}
        if obstacle == "unaffordable":  # its reason counts points: too many to keep
            return free.model_copy(update=changed)
        return self.texts.kept(
            ("move", at, obstacle, drafted, reason), lambda: free.model_copy(update=changed)
        )

    def _free(self, at: int, move: Move) -> MoveView:
        """Return a move that nothing keeps out of an order."""
        return MoveView(
            id=move.id,
            label=self.texts.move(at),
            about=self._about(move),
            cost=move.cost,
            tags=tuple(sorted(move.tags)),
            covert=move.covert > 0.0,
            available=True,
            drafted=False,
            cooldown=move.cooldown,
        )

    def _about(self, move: Move) -> str:
        if move.agreement is not None:
            return self.scenario.agreements[self.ruleset.agreements[move.agreement].id].about or ""
        if move.event is not None:
            return self.texts.option(move).about or ""
        return self.scenario.policies[move.id].about or ""

    def _indicators(self, estimates: Sequence[Estimate]) -> tuple[IndicatorView, ...]:
        turns = len(self.game.steps)
        settled = len(estimates) > turns
        reports = self.game.seen(self.role, turns).reports.tolist() if turns else None
        histories = np.array([estimate[0] for estimate in estimates]).T.tolist()
        halves = (_BAND * estimates[-1][1]).tolist()
        items = self.texts.kept(("indicators", self.role), self._known_of_indicators)
        views = []
        for at, known in enumerate(items):
            if known["hidden"]:
                views.append(self.texts.kept(("hidden", self.role, at), partial(self._hidden, known)))
                continue
            history, half = histories[at], halves[at]
            mean = history[-1]
            change = mean - history[-2] if turns and settled else None
            moved = change is not None and abs(change) > half
            views.append(
                IndicatorView(
                    **known,
                    estimate=mean,
                    low=max(known["least"], mean - half),
                    high=min(known["most"], mean + half),
                    report=None if reports is None else reports[at],
                    change=change,
                    trend="unclear" if not moved else "up" if (change or 0.0) > 0.0 else "down",
                    history=tuple(history),
                )
            )
        return tuple(views)

    def _known_of_indicators(self) -> list[dict[str, Any]]:
        """Return what a view says of each indicator in every turn."""
        featured = set(self.scenario.roles[self.role_id].shows)
        return [
            {
                "id": item.id,
                "label": authored.label,
                "about": authored.about or "",
                "hidden": item.hidden[self.role],
                "exact": not item.hidden[self.role] and item.errors[self.role] == 0.0,
                "featured": item.id in featured,
                "better": authored.better.get(self.role_id, "none"),
                "least": item.low,
                "most": item.high,
            }
            for item in self.ruleset.indicators
            for authored in (self.scenario.indicators[item.id],)
        ]

    @staticmethod
    def _hidden(known: dict[str, Any]) -> IndicatorView:
        unknown = dict.fromkeys(("estimate", "low", "high", "report", "change"))
        return IndicatorView(**known, **unknown, trend="unclear", history=())

    def _decisions(self, moves: dict[int, MoveView]) -> tuple[DecisionView, ...]:
        result = []
        for at in np.flatnonzero(self.state.open[:, 0]).tolist():
            event, left = self.ruleset.events[at], int(self.state.open[at, 0])
            if event.decides != self.role or event.default is None or self.game.over:
                continue
            authored = self.scenario.events[event.id]
            result.append(
                DecisionView(
                    event=event.id,
                    label=authored.label,
                    text=_question(authored),
                    turns_left=left,
                    default=self.ruleset.moves[event.default].id,
                    options=tuple(moves[option] for option in event.options),
                )
            )
        return tuple(result)

    def _agreements(self, moves: dict[int, MoveView]) -> tuple[AgreementView, ...]:
        result = []
        for at, item in enumerate(self.ruleset.agreements):
            if not knows_agreement(self.ruleset, self.role, at):
                continue
            mine = self.role in item.parties
            signed = tuple(
                self.ruleset.roles[party].id
                for party in item.parties
                if mine and self.state.signed[at, party, 0] > 0
            )
            status: _Standing
            if self.state.in_force[at, 0]:
                status = "in_force"
            elif item.once and self.state.concluded[at, 0]:
                status = "gone"
            else:
                status = "offered" if signed else "open"
            sign = moves.get(self.ruleset.move_at.get((self.role, f"sign.{item.id}"), -1))
            make = partial(self._agreement, at, status, signed, sign)
            if sign is None or sign.code == "unaffordable":  # its reason counts points: too many to keep
                result.append(make())
            else:
                offer = (sign.available, sign.drafted, sign.code, sign.reason)
                result.append(self.texts.kept(("agreement", at, self.role, status, signed, offer), make))
        return tuple(result)

    def _agreement(
        self, at: int, status: _Standing, signed: tuple[str, ...], sign: MoveView | None
    ) -> AgreementView:
        item = self.ruleset.agreements[at]
        authored = self.scenario.agreements[item.id]
        return AgreementView(
            id=item.id,
            label=authored.label,
            about=authored.about or "",
            parties=tuple(self.ruleset.roles[party].id for party in item.parties),
            mine=self.role in item.parties,
            covert=item.covert,
            status=status,
            signed_by=signed,
            breaks=self.texts.kept(("breaks", at), partial(self._breaks, at)),
            sign=sign,
        )

    def _breaks(self, at: int) -> tuple[str, ...]:
        item = self.ruleset.agreements[at]
        ruleset = self.ruleset
        moves = [self.texts.cause(ruleset.cause_of_move(move)) for move in sorted(item.broken_by_moves)]
        events = [self.texts.event(event) for event in sorted(item.broken_by_events)]
        return tuple(dict.fromkeys(moves + events))

    def _bloc(self, at: int) -> BlocView:
        bloc = self.ruleset.blocs[at]
        held = self.state.turn > self.ruleset.contests[bloc.contest].turn
        seats = int(self.state.seats[at, 0]) if held else None
        return self.texts.kept(
            ("bloc", at, seats),
            lambda: BlocView(id=bloc.id, label=self.texts.bloc(at), was=bloc.was, seats=seats),
        )
