"""What does one seat's person do at the prompt? Reads commands, shows pages, makes the order."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from game.base.errors import RivalReadingsError
from game.locale import LANGUAGES, _, list_of, speak
from game.play.seat import Seat
from game.play.wording import last_stood_in
from game.terminal import debriefing, ending, explaining, messaging, ordering, pages, predicting
from game.terminal.bell import GoneOnError
from game.terminal.commands import (
    Command,
    Typed,
    Unclear,
    commands,
    commands_in,
    folded,
    means_all,
    offered_first,
    quoted,
    understood,
    whole_number,
)
from game.terminal.phrases import enumerated
from game.terminal.picking import Named
from game.terminal.seated import Seated, Terminal

Words: TypeAlias = Sequence[str]


class Desk(Seated):
    """One seat at the prompt."""

    def __init__(self, terminal: Terminal, seat: Seat) -> None:
        super().__init__(terminal, seat)
        self._actions: dict[str, Callable[[Words], None]] = {
            "turn": self.show_turn,
            "policies": self.show_policies,
            "choose": self.choose,
            "agreements": self.show_agreements,
            "sign": self.sign,
            "decisions": self.show_decisions,
            "answer": self.answer,
            "draft": self.show_draft,
            "undo": lambda _rest: ordering.undo(self),
            "confirm": lambda rest: ordering.confirm(self, rest),
            "predict": lambda rest: predicting.predict(self, rest),
            "guess": lambda rest: predicting.guess(self, rest),
            "evidence": lambda rest: predicting.weigh(self, every_turn=means_all(rest)),
            "scores": lambda _rest: predicting.show_scores(self),
            "status": lambda rest: explaining.show_status(self, rest),
            "why": lambda rest: explaining.explain(self, rest),
            "expect": lambda rest: explaining.expect(self, rest),
            "truth": lambda rest: explaining.tell_truth(self, rest),
            "readings": lambda _rest: self._tell(pages.readings_page(self.view)),
            "headlines": lambda _rest: self.say(pages.headlines_page(self.view)),
            "objectives": lambda _rest: self._tell(pages.objectives_page(self.view)),
            "brief": self.show_brief,
            "messages": lambda rest: messaging.read(self, rest),
            "write": lambda rest: messaging.write(self, rest),
            "pin": lambda _rest: messaging.show_digits(self),
            "end": lambda _rest: self._tell(ending.end_page(self.view)),
            "debrief": lambda _rest: debriefing.tell(self),
            "language": self.change_language,
            "save": lambda _rest: self.say(saved_lines(self.terminal.where)),
            "finish": lambda _rest: ordering.finish(self),
            "help": self.help,
            "quit": self.leave,
        }

    def take_turn(self) -> None:
        """Let the person play until the order is in, the game is over or they leave."""
        with speak(self.terminal.lang):
            self.begin_turn()
            if self.view.turn == 1 and not self.view.draft:
                self.say(pages.opening_page(self.view))
            self.show_turn(())
        self._until_done("deciding")

    def wait(self) -> None:
        """Let the person look round and write messages until the others are ready or they leave."""
        with speak(self.terminal.lang):
            self._offer()
        self._until_done("waiting")

    def look_back(self) -> None:
        """Let the person look at a game that is over until they leave."""
        with speak(self.terminal.lang):
            self.renew()
            self.say(["", *last_stood_in(self.view), *ending.end_page(self.view)])
            self._offer()
        self._until_done("over")

    def _until_done(self, phase: str) -> None:
        turn = self.view.turn
        while not self.terminal.left and self.view.phase == phase and self.view.turn == turn:
            with speak(self.terminal.lang):
                if phase == "over":
                    debriefing.tell_once(self)
                line = ""
                with suppress(GoneOnError):
                    line = self.ask(self._prompt())
                    if self._leaves(line) or not self.has_gone_on:
                        self.obey(line)
                        continue
                if self.has_gone_on:
                    self._tell_that_it_has_gone_on(line)
                    return

    def _leaves(self, line: str) -> bool:
        found = understood(line, commands())
        return isinstance(found, Typed) and found.name == "quit"

    def _tell_that_it_has_gone_on(self, line: str) -> None:
        told = _("The game has gone on meanwhile.")
        self.say(["", " ".join([told, _("What you just typed was not taken.")]) if line else told])

    def _prompt(self) -> str:
        if self.view.phase == "over":
            return _("The game is over >")
        if self.view.phase == "waiting":
            return _("Waiting, turn {turn} >").format(turn=self.view.turn)
        return _("Turn {turn} >").format(turn=self.view.turn)

    def obey(self, line: str) -> None:
        """Do what a line asks for, or say what could have been meant."""
        number = whole_number(line)
        try:
            if number is not None:
                self._by_number(number)
            elif line:
                self._by_word(line)
        except RivalReadingsError as error:
            self.say([str(error)])

    def _by_number(self, number: int) -> None:
        if self.on_number is None:
            self.say([_("A number means a place in a list: show a list first, for instance: policies")])
        else:
            self.on_number(number)

    def _by_word(self, line: str) -> None:
        found = understood(line, self._commands())
        if isinstance(found, Typed):
            self._actions[found.name](found.rest)
            return
        other = understood(line, commands())
        if isinstance(other, Typed):
            self.say([self._untimely(next(item for item in commands() if item.name == other.name))])
        elif not self._names_a_move(line):
            self._unclear(found)

    def _untimely(self, item: Command) -> str:
        if item.where == "session" and self.session is None:
            return _("This belongs to group sessions; this game is played at this screen alone.")
        if item.where == "alone" and self.session is not None:
            return _("This is the facilitator's to do.")
        if item.name == "evidence" and not self.view.evidence_shown:
            return _("This game keeps the evidence back until it is over.")
        if item.when == "over":
            return _("This opens when the game is over: before, it would give the world away.")
        if self.view.phase == "over":
            return _("The game is over: nothing can be ordered any more. Type help for what you can type.")
        return _("Your order is in; wait for the others.")

    def _commands(self) -> list[Command]:
        view = self.view
        return commands_in(view.phase, in_session=self.session is not None, evidence=view.evidence_shown)

    def _unclear(self, found: Unclear) -> None:
        if found.near:
            message = _("I do not know '{text}'. Did you mean: {words}?")
            self.say([message.format(text=found.text, words=enumerated(found.near))])
        else:
            self.say([_("I do not know '{text}'. Type help for what you can type.").format(text=found.text)])

    def _names_a_move(self, line: str) -> bool:
        """Treat the whole id or label of a policy, answer or signature as choosing it."""
        if self.view.phase != "deciding":
            return False
        for move in pages.moves_of(self.view).values():
            if folded(line) in (folded(move.id), folded(move.label)):
                ordering.toggle(self, move)
                return True
        return False

    def _offer(self) -> None:
        """Name commands by number, and let a number run them."""
        known = {item.name: item for item in self._commands()}
        names = offered_first(self.view.phase, known.values())
        shown = enumerated(f"{place} {known[name].words[0]}" for place, name in enumerate(names, start=1))
        self.say(["", _("Type a word or its number: {words}.").format(words=shown)])
        self.on_number = lambda number: self._run_place(names, number)

    def _run_place(self, names: Sequence[str], number: int) -> None:
        if 1 <= number <= len(names):
            self._actions[names[number - 1]](())
        else:
            self.say([_("There is no number {number} here.").format(number=number)])

    # ---- Pages ----

    def _tell(self, lines: Words) -> None:
        """Show a page whose numbers choose nothing: none of an earlier list chooses any more."""
        self.say(lines)
        self.on_number = None

    def show_turn(self, _rest: Words) -> None:
        """Show what happened and what is to be done."""
        if self.view.phase == "over":
            self.say(ending.end_page(self.view))
            self._offer()
            return
        self.say(pages.turn_page(self.view))
        self.say([*predicting.asked(self.view), *self.time_left()])
        self._offer()

    def show_policies(self, _rest: Words) -> None:
        """List the policies; a number toggles one."""
        self.say(pages.policies_page(self.view))
        self.on_number = lambda number: self.choose([str(number)])

    def show_agreements(self, _rest: Words) -> None:
        """List the agreements; a number toggles a signature."""
        self.say(pages.agreements_page(self.view))
        self.on_number = lambda number: self.sign([str(number)])

    def show_decisions(self, _rest: Words) -> None:
        """List the open questions; a number answers."""
        self.say(pages.decisions_page(self.view))
        self.on_number = lambda number: self.answer([str(number)])

    def show_draft(self, _rest: Words) -> None:
        """Show the order as it stands."""
        self._tell(pages.draft_page(self.view))
        self.say(predicting.predicted(self))

    def show_brief(self, rest: Words) -> None:
        """Tell the role, or the scenario when asked for anything more."""
        self.say(pages.about_page(self.view) if rest else pages.brief_page(self.view))

    def help(self, rest: Words) -> None:
        """List the commands, or tell about one."""
        items = self._commands()
        if rest:
            found = understood(rest[0], items)
            if isinstance(found, Typed):
                self.say(pages.command_page(next(item for item in items if item.name == found.name)))
            else:
                self._unclear(found)
            return
        self.say(pages.help_page(items))
        names = [item.name for item in items]
        self.on_number = lambda number: self._run_place(names, number)

    def leave(self, _rest: Words) -> None:
        """Stop; whoever runs the terminal says goodbye."""
        self.terminal.left = True

    def change_language(self, rest: Words) -> None:
        """Go on in another language."""
        lang = folded(rest[0]) if rest else next(lang for lang in LANGUAGES if lang != self.terminal.lang)
        if lang not in LANGUAGES:
            message = _("'{text}' is no language of this game: type {languages}.")
            self.say([message.format(text=quoted(rest[0]), languages=enumerated(LANGUAGES))])
            return
        self.terminal.lang = lang
        self.renew()
        with speak(lang):
            self.show_turn(())

    # ---- The order ----

    def choose(self, rest: Words) -> None:
        """Put policies into the order or take them out."""
        if not rest:
            self.show_policies(())
        for text in _each(rest):
            policies = {move.id: move for move in self.view.policies}
            found = self.picked(text, [Named(move.id, move.label) for move in policies.values()])
            if found is None or not ordering.toggle(self, policies[found.id]):
                return

    def sign(self, rest: Words) -> None:
        """Sign agreements or take signatures back."""
        if not rest:
            self.show_agreements(())
        for text in _each(rest):
            known = {item.id: item for item in self.view.agreements}
            found = self.picked(text, [Named(item.id, item.label) for item in known.values()])
            if found is None:
                return
            move = known[found.id].sign
            if move is None:
                message = _("You are no party to it: it is between {roles}.")
                parties = [self.view.roles[role] for role in known[found.id].parties]
                self.say([message.format(roles=list_of(parties))])
                return
            if not ordering.toggle(self, move):
                return

    def answer(self, rest: Words) -> None:
        """Answer questions."""
        if not rest or not self.view.decisions:
            self.show_decisions(())
            return
        for text in _each(rest):
            options = {move.id: move for move in pages.options_of(self.view)}
            found = self.picked(text, [Named(move.id, move.label) for move in options.values()])
            if found is None or not ordering.toggle(self, options[found.id]):
                return


def _each(rest: Words) -> list[str]:
    """Return what several numbers mean, one by one, or one name of several words."""
    parts = [part for word in rest for part in word.replace("،", ",").split(",") if part]
    if all(whole_number(part) is not None for part in parts):
        return parts
    return [" ".join(rest)]


def saved_lines(where: Path | None) -> list[str]:
    """Return where the game is saved."""
    kept = _("The host keeps it.") if where is None else _("The file is: {path}").format(path=where)
    return [_("Every order is saved as soon as it is made; there is nothing to do for it."), kept]
