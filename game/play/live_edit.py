"""How does a game go on under a scenario that is edited while it runs? Its journal is played again under it.

Orders stand, as they were confirmed; what they led to is worked out anew, with the same luck. Where an order
of the past would no longer be allowed, or speaks of something that is gone, the game keeps the old version.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from game.base.errors import ContentError, UsageError
from game.locale import _, list_of
from game.play import journal
from game.play.journal import Record
from game.play.orders import Order
from game.play.reasons import refusal
from game.play.table import Table
from game.play.texts import texts_of
from game.scenario.authoring.differences import differences
from game.scenario.files import Gathered, gather
from game.scenario.findings import Finding
from game.scenario.loading import Loaded, load_files


@dataclass(frozen=True, slots=True)
class Edit:
    """What came of a saved file.

    Attributes:
        taken: Whether the game goes on with the new version.
        told: What the person should know, as lines of text.
        findings: What the checks found, where the new version has errors.
    """

    taken: bool
    told: tuple[str, ...]
    findings: tuple[Finding, ...] = field(default=(), repr=False)


class LiveEdit:
    """Looks after the files of the scenario that a table plays."""

    def __init__(self, table: Table) -> None:
        """Remember how the files stand now."""
        self._table = table
        self._seen = self._files()

    def look(self) -> Edit | None:
        """Return what came of a file that was saved since the last look; None if there was none.

        A new version without errors, under which the game so far can be played again, is taken at once.
        """
        now = self._files()
        if now is None or (self._seen is not None and now.contents == self._seen.contents):
            return None
        self._seen = now
        try:
            loaded = load_files(now)
        except UsageError as error:
            return Edit(taken=False, told=(str(error),))
        if loaded.digest == self._table.loaded.digest:
            return None
        if loaded.ruleset is None:
            told = _("The scenario was saved with mistakes: the game goes on with the version before.")
            return Edit(taken=False, told=(told,), findings=loaded.findings)
        before = self._table.loaded
        try:
            take(self._table, loaded)
        except ContentError as error:
            told = _("The scenario was saved, but the game goes on with the version before.")
            return Edit(taken=False, told=(told, str(error)))
        told = _("The game goes on with the scenario as saved.")
        return Edit(taken=True, told=(told, *_differences(before, loaded)))

    def _files(self) -> Gathered | None:
        spec = self._table.loaded.spec
        if spec is None:
            return None
        try:
            return gather(spec)
        except UsageError:
            return None


def take(table: Table, loaded: Loaded) -> None:
    """Let a game go on under a changed scenario.

    Args:
        table: The game; it is left as it was if this fails.
        loaded: A scenario without errors.

    Raises:
        ContentError: Something that was ordered is gone, or would not have been allowed; it says what.
    """
    tried = _replayed(journal.read(table.path).records, loaded)
    table.change_scenario(tried)
    for role, moves in list(table.drafts.items()):
        table.keep_draft(role, Order(turn=table.game.turn, moves=tuple(_allowed(table, role, moves))))


def _replayed(records: Sequence[Record], loaded: Loaded) -> Table:
    """Play a journal under another scenario and return where that leads."""
    try:
        table = Table.of(loaded, records[0], journal.Nowhere())
        for record in records[1:]:
            if record["record"] == "order":
                _check(table, record)
            table.replay(record)
    except (KeyError, IndexError) as error:
        message = _("What the game so far made use of is gone: {name}.")
        raise ContentError(message.format(name=_name_of(error))) from error
    except UsageError as error:
        raise ContentError(str(error)) from error
    return table


def _name_of(error: KeyError | IndexError) -> str:
    key = error.args[0] if error.args else ""
    return str(key[-1] if isinstance(key, tuple) else key)


def _check(table: Table, record: Record) -> None:
    if table.game.over:
        raise ContentError(_("More turns were played than the scenario has now."))
    role = table.ruleset.role_at[record["role"]]
    order = Order(turn=table.game.turn, moves=tuple(record["moves"]))
    texts = texts_of(table.loaded, table.ruleset)
    found = refusal(texts, role, table.game, order)
    if found is not None:
        message = _("In turn {turn} {role} ordered what could not be ordered now: {reason}")
        name = texts.roles[record["role"]]
        raise ContentError(message.format(turn=table.game.turn, role=name, reason=found.reason))


def _allowed(table: Table, role: str, moves: Iterable[str]) -> list[str]:
    texts = texts_of(table.loaded, table.ruleset)
    kept: list[str] = []
    for move in moves:
        order = Order(turn=table.game.turn, moves=(*kept, move))
        if refusal(texts, table.ruleset.role_at[role], table.game, order) is None:
            kept.append(move)
    return kept


def _differences(before: Loaded, after: Loaded) -> tuple[str, ...]:
    lines = tuple(str(change) for change in differences(before, after).changes)
    more = len(lines) - 8
    return lines if more <= 0 else (*lines[:8], list_of([_("and {n} more").format(n=more)]))
