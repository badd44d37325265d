"""How is a game that is over looked at again in text? Turn by turn, and as it might have gone."""

from collections.abc import Callable, Iterable, Sequence

from game.locale import _, list_of, speak
from game.play import replay
from game.play.course_lines import course_lines, luck_lines, turning_lines
from game.play.local_seat import LocalSeat
from game.play.retelling import course_of, luck_of, retold, turning_points_of, under_reading
from game.play.table import Table
from game.play.texts import Texts, texts_of
from game.terminal import pages
from game.terminal.commands import whole_number, yes_or_no
from game.terminal.console import Console
from game.terminal.menu import choose_one
from game.terminal.picking import Missed, Named, pick
from game.terminal.transcript import turn_lines


def look_back(table: Table, console: Console, lang: str) -> None:
    """Let a person look at a saved game; of one that is running, only what its seats saw."""
    with speak(lang):
        try:
            (Looking(table, console).run if table.game.over else lambda: _own_view(table, console, lang))()
        except EOFError:
            console.write("")


def _own_view(table: Table, console: Console, lang: str) -> None:
    console.say([_("This game is still running, so here is only what its own seats saw."), ""])
    roles = texts_of(table.loaded, table.ruleset).roles
    for role in table.people:
        view = LocalSeat(table, role).view(lang)
        console.say([roles[role], *pages.headlines_page(view), ""])
    console.say([how_to_end()])


def how_to_end() -> str:
    """Return how a running game is ended, so that it can be looked back on."""
    return _(
        "To look back on all of it, end it: go on with it by `play --text --resume FILE` and type: finish"
    )


class Looking:
    """A person at a game that is over."""

    def __init__(self, table: Table, console: Console) -> None:
        """Sit down to a game.

        Args:
            table: The game.
            console: Where the person reads and types.
        """
        self.table, self.console, self.game = table, console, table.game
        self.texts: Texts = texts_of(table.loaded, table.ruleset)

    def run(self) -> None:
        """Offer what can be looked at until the person leaves."""
        acts: list[tuple[str, Callable[[], None]]] = [
            (_("Turn by turn, with what really moved everything"), self.turns),
            (_("The same orders and luck, had another account been true"), self.other_reading),
            (_("The same game with one other order"), self.branch),
            (
                _("Luck or choice: the same orders with other luck"),
                self.luck,
            ),
            (
                _("The decisions that mattered most"),
                self.turning_points,
            ),
        ]
        self.console.say([self.texts.scenario.title])
        while True:
            items = [Named(str(place), label) for place, (label, _act) in enumerate(acts)]
            items.append(Named("leave", _("Leave")))
            chosen = choose_one(self.console, _("What do you want to look at?"), items)
            if chosen.id == "leave":
                return
            acts[int(chosen.id)][1]()
            self.console.say([""])

    def _say(self, lines: Iterable[str]) -> None:
        self.console.say(lines)

    def turns(self) -> None:
        """Show one turn after the other; a number goes to that turn, 0 leaves."""
        turn = 1
        last = len(self.game.steps)
        while 1 <= turn <= last:
            self.console.say(["", *turn_lines(self.table.loaded, self.game, turn)])
            typed = self.console.ask(_("Enter: next turn. A number: that turn, 0 to leave:"))
            wanted = whole_number(typed) if typed else turn + 1
            while wanted is None or wanted > last + 1:
                typed = self.console.ask(_("Turns go from 1 to {last}:").format(last=last))
                wanted = whole_number(typed) if typed else turn + 1
            turn = wanted

    def luck(self) -> None:
        """Show where the game fell among the same orders with other luck."""
        self._say(luck_lines(*luck_of(self.game, self.texts)))

    def turning_points(self) -> None:
        """Show the decisions that mattered most."""
        self._say(turning_lines(turning_points_of(self.game, self.texts)))

    def other_reading(self) -> None:
        """Show the same orders under another reading, once the person has said what they expect."""
        readings = [
            Named(str(at), f"{self.texts.scenario.readings[name].analyst}: {self.texts.reading(at)}")
            for at, name in enumerate(self.game.ruleset.readings)
        ]
        at = int(choose_one(self.console, _("Whose account is to be true?"), readings).id)
        own = course_of(self.game, self.texts)
        expected = self._expects()
        other = under_reading(self.game, self.texts, at)
        self._say(course_lines(own, other))
        self.console.say([self._met(expected, same=own.outcome == other.outcome)])

    def _expects(self) -> bool:
        answer = None
        while answer is None:
            question = _("What do you expect: does it end as it did? Type yes or no:")
            answer = yes_or_no(self.console.ask(question))
        return answer

    def _met(self, expected: bool, *, same: bool) -> str:
        return (
            _("That is what you expected.") if expected == same else _("That is not what you expected. Why?")
        )

    def branch(self) -> None:
        """Change one order of one role, and see where that leads."""
        turns = [
            Named(str(turn), _("Turn {turn}").format(turn=turn))
            for turn in range(1, len(self.game.steps) + 1)
        ]
        turn = int(choose_one(self.console, _("In which turn?"), turns).id)
        roles = [Named(str(at), self.texts.roles[role.id]) for at, role in enumerate(self.game.ruleset.roles)]
        role = int(choose_one(self.console, _("Whose order?"), roles).id)
        moves = self._moves(turn, role)
        answer = None
        while answer is None:
            question = _("Do the others go on as they did (yes), or as their bots would (no)?")
            answer = yes_or_no(self.console.ask(question))
        bots_from = None if answer else turn + 1
        other = replay.again(self.game, self.game.world, {(turn, role): moves}, bots_from)
        self._say(course_lines(course_of(self.game, self.texts), retold(self.game, self.texts, other)))

    def _moves(self, turn: int, role: int) -> list[int]:
        ruleset = self.game.ruleset
        ordered = [at for at in self.game.orders[turn - 1] if ruleset.moves[at].role == role]
        said = list_of([self.texts.move(at) for at in ordered]) or _("nothing")
        mine = replay.offered(self.game, turn, role)
        items = [Named(ruleset.moves[at].id, self.texts.move(at)) for at in mine]
        self.console.say(
            [_("It was: {moves}.").format(moves=said), *pages.numbered(item.label for item in items)]
        )
        while True:
            typed = self.console.ask(_("Type the numbers of the new order, or Enter for nothing:"))
            found = [pick(word, items) for word in typed.replace("،", " ").replace(",", " ").split()]
            missed = [item.reason for item in found if isinstance(item, Missed)]
            if not missed:
                return [mine[items.index(item)] for item in found if isinstance(item, Named)]
            self.console.say(missed)


def compare(table: Table, console: Console, reading: int) -> None:
    """Show a game's orders and luck under one reading, beside the game as it was played."""
    texts = texts_of(table.loaded, table.ruleset)
    names: Sequence[str] = table.ruleset.readings
    console.say([texts.scenario.title, texts.scenario.readings[names[reading]].analyst])
    console.say(course_lines(course_of(table.game, texts), under_reading(table.game, texts, reading)))
