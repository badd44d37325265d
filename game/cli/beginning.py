"""What does `new` do? It begins a scenario, from answers or from options, or adds an entry to one."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias, cast

from game.base.errors import UsageError
from game.cli.frame import tell
from game.locale import _
from game.scenario.authoring.adding import SECTION_OF, Kind, add
from game.scenario.authoring.copying import copy_of
from game.scenario.authoring.opened import opened
from game.scenario.authoring.own_schema import write_schema
from game.scenario.authoring.rendering import STARTERS, speaker
from game.scenario.authoring.starting import Name, Plan, check_plan, files_of, names_in
from game.scenario.names import hint, nearest
from game.scenario.writing import write

_Ask: TypeAlias = Callable[[str], str]


@dataclass(frozen=True)
class Asked:
    """What a new scenario's options say; None is what was left out."""

    title: str | None = None
    other_title: str | None = None
    roles: str | None = None
    indicators: str | None = None
    turns: int | None = None
    language: str | None = None

    @property
    def nothing(self) -> bool:
        """Whether all was left out."""
        return self == Asked()


_OPTIONS: Final = ("--title", "--other-title", "--roles", "--indicators", "--turns", "--language")


def new(what: str, into: str | None, name: str | None, origin: str | None, asked: Asked) -> int:
    """Begin a scenario in a folder, or add an entry to one.

    Args:
        what: The folder, or the kind of entry.
        into: The scenario that gets an entry.
        name: The entry's id.
        origin: The scenario that the new one is a copy of.
        asked: What the new one is to be.

    Raises:
        UsageError: The options contradict each other, or the folder is not free.
        ContentError: The scenario that gets an entry has errors.
    """
    if into is not None or what in SECTION_OF:
        return _add(what, into, name, origin, asked)
    if name is not None:
        raise UsageError(_("--id belongs to an entry: say in which scenario, by --in"))
    folder = Path(what)
    _check_free(folder)
    if origin is not None:
        if not asked.nothing:
            message = _("--from copies a scenario as it is: leave out {options}")
            raise UsageError(message.format(options=_(", ").join(_OPTIONS)))
        return _written(folder, copy_of(opened(origin)))
    plan = _plan(what, asked)
    if asked.nothing and sys.stdin is not None and sys.stdin.isatty():
        try:
            plan = wizard(plan, _ask)
        except EOFError:
            tell("")
            return 0
    return _written(folder, {path: text.encode("utf-8") for path, text in files_of(plan).items()})


def _add(what: str, into: str | None, name: str | None, origin: str | None, asked: Asked) -> int:
    if what not in SECTION_OF:
        message = _("'{name}' cannot be added; choose from: {kinds}")
        text = message.format(name=what, kinds=_(", ").join(SECTION_OF))
        near = nearest(what, SECTION_OF)
        raise UsageError(_("; ").join((text, hint(what, [near]))) if near else text)
    if into is None:
        message = _("say which scenario gets it: new {kind} --in SCENARIO")
        raise UsageError(message.format(kind=what))
    if origin is not None or not asked.nothing:
        message = _("with --in, only --id can be given besides")
        raise UsageError(message)
    done = add(opened(into, to_change=True), cast(Kind, what), name)
    where = f"{done.file.as_posix()}:{done.line}"
    print(_("{place}: here stands the new entry '{id}'.").format(place=where, id=done.id))
    others = [path.as_posix() for path in done.files if path != done.file]
    if others:
        print(_("Also written: {files}").format(files=_(", ").join(others)))
    print(
        _("Now replace its texts and numbers, then: rival-readings check {scenario}").format(
            scenario=_word(into)
        )
    )
    return 0


def _check_free(folder: Path) -> None:
    """Refuse a folder in which something stands already.

    Raises:
        UsageError: Something does.
    """
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        message = _("{path} exists already and is not overwritten: name a new folder")
        raise UsageError(message.format(path=folder))


def _plan(folder: str, asked: Asked) -> Plan:
    plan = Plan(
        folder=folder,
        language=asked.language or STARTERS[0],
        turns=Plan.turns if asked.turns is None else asked.turns,
        title=Name(asked.title, asked.other_title or "") if asked.title else None,
        roles=names_in(asked.roles or ""),
        indicators=names_in(asked.indicators or ""),
    )
    check_plan(plan)
    return plan


def _word(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _written(folder: Path, files: dict[str, bytes]) -> int:
    for path, content in files.items():
        write(folder / path, content)
    for place in (*(folder / path for path in files), *write_schema(folder)):
        print(_("{path}: written.").format(path=place.as_posix()))
    name = _word(folder.as_posix())
    print(_("Play it:    rival-readings play {scenario}").format(scenario=name))
    print(_("Change it, then check it:    rival-readings check {scenario}").format(scenario=name))
    return 0


def _ask(question: str) -> str:
    print(question, end=" ", flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def wizard(plan: Plan, ask: _Ask) -> Plan:
    """Ask what a new scenario is to be; an empty answer takes what is proposed.

    Args:
        plan: What is proposed.
        ask: Puts a question and returns the answer.

    Raises:
        EOFError: Nobody answers any more.
    """
    plan = replace(plan, language=_language(plan.language, ask))
    say = speaker(plan.language)
    title = ask(_("What is its title? (Enter: {default})").format(default=say("title")))
    if title:
        plan = replace(plan, title=Name(title, _translation(plan, title, ask)))
    proposed = f"{say('role', n=1)}, {say('role', n=2)}"
    question = _("Who plays? Names with commas between them. (Enter: {default})").format(default=proposed)
    titled = plan
    plan = _named(plan, question, ask, lambda names: replace(titled, roles=names))
    proposed = f"{say('indicator_1')}, {say('indicator_2')}"
    question = _("What is counted? First what everybody wants less of. (Enter: {default})").format(
        default=proposed
    )
    peopled = plan
    plan = _named(plan, question, ask, lambda names: replace(peopled, indicators=names))
    while True:
        answer = ask(_("How many turns? (Enter: {default})").format(default=plan.turns))
        if not answer:
            return plan
        try:
            wanted = replace(plan, turns=int(answer))
            check_plan(wanted)
        except ValueError:
            tell(_("Write a number."))
        except UsageError as error:
            tell(str(error))
        else:
            return wanted


def _language(proposed: str, ask: _Ask) -> str:
    question = _("Which language do you write in, {languages}? (Enter: {default})").format(
        languages=_(" or ").join(STARTERS), default=proposed
    )
    while True:
        answer = ask(question)
        if not answer or answer in STARTERS:
            return answer or proposed
        message = _("'{value}' is none of: {allowed}")
        tell(message.format(value=answer, allowed=_(", ").join(STARTERS)))


def _named(plan: Plan, question: str, ask: _Ask, put: Callable[[tuple[Name, ...]], Plan]) -> Plan:
    """Ask for names until they can be used.

    Args:
        plan: What there is so far, which no names leave as it is.
        question: What to ask.
        ask: Puts a question and returns the answer.
        put: Returns the plan with some names.
    """
    while True:
        names = names_in(ask(question))
        if not names:
            return plan
        try:
            check_plan(put(names))
        except UsageError as error:
            tell(str(error))
            continue
        return put(
            tuple(name if name.other else Name(name.own, _translation(plan, name.own, ask)) for name in names)
        )


def _translation(plan: Plan, name: str, ask: _Ask) -> str:
    return ask(
        _("'{name}' in the language {language}? (Enter: later)").format(name=name, language=plan.other)
    )
