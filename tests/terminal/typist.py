"""A person at the prompt: types what they were told to, and keeps what was shown."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from game.play.local_seat import LocalSeat
from game.play.table import Table
from game.scenario.loading import Loaded
from game.terminal.console import Console
from game.terminal.play import play


class Typist:
    def __init__(self, typed: Iterable[str], *, interrupts: bool = False) -> None:
        self.typed: Iterator[str] = iter(typed)
        self.interrupts = interrupts
        self.lines: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def flat(self) -> str:
        """All that was shown, as if no line had been wrapped."""
        return " ".join(self.text.split())

    def read(self, prompt: str) -> str:
        try:
            typed = next(self.typed)
        except StopIteration:
            raise (KeyboardInterrupt if self.interrupts else EOFError) from None
        self.lines.append(prompt + typed)
        return typed

    def console(self, width: int = 80) -> Console:
        return Console(self.read, self.lines.append, lambda: width)


def begin(loaded: Loaded, folder: Path, people: Iterable[str] = ("government",), seed: int = 3) -> Table:
    return Table.start(loaded, tuple(people), folder / "game.jsonl", seed=seed)


def play_at(table: Table, typed: Iterable[str], lang: str = "en") -> Typist:
    """Sit down at a table, type until the words run out, and leave."""
    typist = Typist(typed)
    seats = {role: LocalSeat(table, role) for role in table.people}
    play(seats, typist.console(), table.path, lang, table.note)
    return typist
