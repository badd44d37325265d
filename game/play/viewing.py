"""How is a seat's view put together? From what its role observed, estimated and may do, and nothing else."""

from functools import cached_property, partial
from typing import Final, Literal, TypeAlias

import numpy as np

from game.engine.bound import tables
from game.engine.moves import Obstacle
from game.engine.ruleset import Move
from game.play.ending import end_of, objectives_of
from game.play.evidence import Estimates
from game.play.news import headlines
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
    Parts,
    PlaceView,
    QuestionView,
    ReadingView,
    View,
)
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
        self.over = self.game.over
        self.names = tuple(names)
        self.draft = [self.ruleset.move_at[self.role, name] for name in names]
        self.free: dict[int, MoveView] = self.texts.memo(("free", self.role), self._free_moves)

    @cached_property
    def obstacles(self) -> dict[int, Obstacle | None]:
        """What keeps each of the role's moves out of the draft, by position."""
        return {} if self.over else legal_moves(self.game, self.role, self.draft)

    def view(self, lang: str, estimates: Estimates | None = None) -> View:
        """Return the whole view; see `parts`."""
        return View.model_validate(self.parts(lang, estimates))

    def estimated(self, parts: Parts, estimates: Estimates) -> Parts:
        """Return parts of the same moment with other estimates."""
        return {**parts, **self._estimated(estimates)}

    def _estimated(self, estimates: Estimates) -> Parts:
        settled = len(estimates) > len(self.game.steps)
        return {"settled": settled, "indicators": self._indicators(estimates)}

    def parts(self, lang: str, estimates: Estimates | None = None) -> Parts:
        """Return all that the view says, by field.

        Args:
            lang: The language that is noted in it.
            estimates: What the seat could estimate before the first turn and after each turn since, as far as it
                has been worked out; None works all of it out.
        """
        estimates = self.game.estimates(self.role) if estimates is None else estimates
        game, ruleset = self.game, self.ruleset
        role, authored = ruleset.roles[self.role], self.scenario.roles[self.role_id]
        turn = max(1, len(game.steps)) if self.over else game.turn
        first_day, last_day = self.texts.memo(("days", turn), partial(self._days, turn))
        missing = self.table.missing()
        phase: Literal["deciding", "waiting", "over"]
        phase = "over" if self.over else "deciding" if self.role_id in missing else "waiting"
        return {
            "scenario": self.table.loaded.id,
            "title": self.scenario.title,
            "about": self.scenario.about or "",
            "lang": lang,
            "role": self.role_id,
            "role_label": authored.label,
            "brief": authored.brief,
            "roles": self.texts.roles,
            "turn": turn,
            "turns": ruleset.turns,
            "first_day": first_day,
            "last_day": last_day,
            "phase": phase,
            "missing": missing,
            "capital": float(self.state.capital[self.role, 0]),
            "income": role.capital_income,
            "most_capital": role.capital_most,
            "slots": role.slots,
            "draft": self.names,
            "draft_cost": sum(ruleset.moves[at].cost for at in self.draft),
            "dates": dict(ruleset.dates),
            "vote": ruleset.contests[0].turn if ruleset.contests else None,
            "map": self.texts.memo(("map",), self._map),
            "headlines": headlines(self.texts, game, self.role),
            **self._estimated(estimates),
            "policies": tuple(map(self._move, self.texts.memo(("policies", self.role), self._policies))),
            "decisions": self._decisions(),
            "agreements": self._agreements(),
            "blocs": self._blocs(),
            "readings": self.texts.memo(("readings",), self._readings),
            "objectives": self._objectives(),
            "reached_at": role.reached_at,
            "questions": self.texts.memo(("questions", game.turn), self._questions),
            "evidence_shown": self.table.evidence_shown,
            "end": end_of(game, self.texts) if self.over else None,
        }

    def _objectives(self) -> tuple[ObjectiveView, ...]:
        def make() -> tuple[ObjectiveView, ...]:
            return objectives_of(self.game, self.texts, self.role)

        return make() if self.over else self.texts.memo(("objectives", self.role), make)

    def _days(self, turn: int) -> tuple[str, str]:
        first, last = calendar_of(self.scenario).dates_of(turn)
        return first.isoformat(), last.isoformat()

    def _questions(self) -> tuple[QuestionView, ...]:
        return tuple(QuestionView(id=item.id, ask=self.texts.question(item)) for item in self.table.asked())

    def _readings(self) -> tuple[ReadingView, ...]:
        return tuple(
            ReadingView(
                id=name,
                analyst=reading.analyst,
                label=reading.label,
                summary=tuple(claim.says for claim in reading.claims.values()),
                colour=self.texts.reading_colours[at],
            )
            for at, (name, reading) in enumerate(self.scenario.readings.items())
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

    def _free_moves(self) -> dict[int, MoveView]:
        """Return the role's moves, by position, as they are while nothing keeps them out of an order."""
        moves = self.ruleset.moves
        return {at: self._free(at, moves[at]) for at in self.ruleset.moves_of[self.role]}

    def _policies(self) -> list[int]:
        return [at for at in self.free if self.ruleset.moves[at].kind == "policy"]

    def _move(self, at: int) -> MoveView:
        free, obstacle, drafted = self.free[at], self.obstacles.get(at), at in self.draft
        if obstacle is None and not drafted and not self.over:
            return free
        reason = why(self.texts, self.state, at, obstacle, self.draft) if obstacle else ""
        changed = {"available": False, "drafted": drafted, "code": obstacle, "reason": reason}
        if obstacle == "unaffordable":  # its reason counts points: too many to keep
            return free.model_copy(update=changed)
        return self.texts.memo(
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

    def _indicators(self, estimates: Estimates) -> list[IndicatorView | Parts]:
        turns = len(self.game.steps)
        histories, half = estimates[:, 0], _BAND * estimates[-1, 1]
        low, high = (limit[:, 0] for limit in tables(self.ruleset).limits)
        reports = self.game.seen(self.role, turns).reports.tolist() if turns else [None] * len(half)
        columns = zip(
            self.texts.memo(("indicators", self.role), self._known_of_indicators),
            histories.T.tolist(),
            half.tolist(),
            np.maximum(low, histories[-1] - half).tolist(),
            np.minimum(high, histories[-1] + half).tolist(),
            reports,
            strict=True,
        )
        settled = len(estimates) > turns > 0
        views: list[IndicatorView | Parts] = []
        for known, history, width, lowest, highest, report in columns:
            if isinstance(known, IndicatorView):
                views.append(known)
                continue
            shown = known.copy()
            shown["history"], shown["report"] = history, report
            shown["estimate"], shown["low"], shown["high"] = history[-1], lowest, highest
            if settled:
                change = shown["change"] = history[-1] - history[-2]
                if abs(change) > width:
                    shown["trend"] = "up" if change > 0.0 else "down"
            views.append(shown)
        return views

    def _known_of_indicators(self) -> list[IndicatorView | Parts]:
        """Return what a view says of each indicator in every turn; of hidden ones that is all."""
        featured = set(self.scenario.roles[self.role_id].shows)
        found: list[IndicatorView | Parts] = []
        for item in self.ruleset.indicators:
            authored, hidden = self.scenario.indicators[item.id], item.hidden[self.role]
            known = {
                "id": item.id,
                "label": authored.label,
                "about": authored.about or "",
                "hidden": hidden,
                "exact": not hidden and item.errors[self.role] == 0.0,
                "featured": item.id in featured,
                "better": authored.better.get(self.role_id, "none"),
                "least": item.low,
                "most": item.high,
                **dict.fromkeys(("estimate", "low", "high", "report", "change")),
                "trend": "unclear",
                "history": (),
            }
            found.append(IndicatorView(**known) if hidden else known)
        return found

    def _decisions(self) -> tuple[DecisionView, ...]:
        result = []
        for at in np.flatnonzero(self.state.open[:, 0]).tolist():
            event, left = self.ruleset.events[at], int(self.state.open[at, 0])
            if event.decides != self.role or event.default is None or self.over:
                continue
            authored = self.scenario.events[event.id]
            result.append(
                DecisionView(
                    event=event.id,
                    label=authored.label,
                    text=_question(authored),
                    turns_left=left,
                    default=self.ruleset.moves[event.default].id,
                    options=tuple(map(self._move, event.options)),
                )
            )
        return tuple(result)

    def _agreements(self) -> tuple[AgreementView, ...]:
        state, roles = self.state, self.ruleset.roles
        in_force, concluded = state.in_force[:, 0].tolist(), state.concluded[:, 0].tolist()
        signatures = state.signed[..., 0].tolist()
        result = []
        for at, signature in self.texts.memo(("agreements", self.role), self._known_agreements):
            item = self.ruleset.agreements[at]
            signed: tuple[str, ...] = ()
            if self.role in item.parties and any(signatures[at]):
                signed = tuple(roles[party].id for party in item.parties if signatures[at][party])
            status: _Standing
            if in_force[at]:
                status = "in_force"
            elif item.once and concluded[at]:
                status = "gone"
            else:
                status = "offered" if signed else "open"
            sign = self._move(signature) if signature in self.free else None
            make = partial(self._agreement, at, status, signed, sign)
            if sign is not None and sign.code == "unaffordable":  # its reason counts points: too many to keep
                result.append(make())
            else:
                offer = sign and (sign.available, sign.drafted, sign.code, sign.reason)
                result.append(self.texts.memo(("agreement", at, self.role, status, signed, offer), make))
        return tuple(result)

    def _known_agreements(self) -> list[tuple[int, int]]:
        """Return the agreements that the role knows of and its signature's position among the moves, -1 if none."""
        return [
            (at, self.ruleset.move_at.get((self.role, f"sign.{item.id}"), -1))
            for at, item in enumerate(self.ruleset.agreements)
            if knows_agreement(self.ruleset, self.role, at)
        ]

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
            breaks=self.texts.memo(("breaks", at), partial(self._breaks, at)),
            sign=sign,
        )

    def _breaks(self, at: int) -> tuple[str, ...]:
        item = self.ruleset.agreements[at]
        ruleset = self.ruleset
        moves = [self.texts.cause(ruleset.cause_of_move(move)) for move in sorted(item.broken_by_moves)]
        events = [self.texts.event(event) for event in sorted(item.broken_by_events)]
        return tuple(dict.fromkeys(moves + events))

    def _blocs(self) -> tuple[BlocView, ...]:
        won, turn = self.state.seats[:, 0].tolist(), self.state.turn
        held = [
            won[at] if turn > self.ruleset.contests[bloc.contest].turn else None
            for at, bloc in enumerate(self.ruleset.blocs)
        ]
        return tuple(
            self.texts.memo(("bloc", at, seats), partial(self._bloc, at, seats))
            for at, seats in enumerate(held)
        )

    def _bloc(self, at: int, seats: int | None) -> BlocView:
        bloc = self.ruleset.blocs[at]
        colour = self.texts.bloc_colours[at]
        return BlocView(id=bloc.id, label=self.texts.bloc(at), was=bloc.was, seats=seats, colour=colour)
