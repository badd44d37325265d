"""The authoring guide as the tests read it: commands with their answers, and entries to put into files."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.cli.command import ROOT

GUIDE = ROOT / "scenarios" / "AUTHORING.md"
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^(?:Turn \d+ > |.*Type yes or no: )(.+)$", re.MULTILINE)
ANY_LINES = "..."
ANY_WORDS = "…"


@dataclass(frozen=True)
class Command:
    """A command of the guide, with what it must answer and what is typed to it."""

    line: int
    words: list[str]
    answer: str

    @property
    def typed(self) -> str:
        return "".join(f"{line}\n" for line in _TYPED.findall(self.answer))

    def fits(self, shown: str) -> bool:
        """Return whether what was shown is what the guide says, apart from what it leaves out."""
        parts = []
        for line in self.answer.splitlines():
            if line.strip() == ANY_LINES:
                parts.append(r"(?:.*\n)*?")
            else:
                parts.append(".*?".join(map(re.escape, re.split(rf"{ANY_WORDS}|\.\.\.$", line))) + r"[ ]*\n")
        return re.fullmatch("".join(parts), shown) is not None


@dataclass(frozen=True)
class Edit:
    """Lines of the guide that take the place of those with the same first line, and of what belongs to them."""

    line: int
    file: str
    lines: list[str]

    def put_into(self, folder: Path) -> None:
        path = folder / self.file
        lines = path.read_text(encoding="utf-8").split("\n")
        key = self.lines[0].partition(":")[0] + ":"
        (start, *_others) = [at for at, line in enumerate(lines) if line.startswith(key)][-1:]
        end = start + 1
        while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > _indent(key)):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        path.write_text("\n".join([*lines[:start], *self.lines, *lines[end:]]), encoding="utf-8")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def steps() -> list[Command | Edit]:
    """Return the guide's commands and edits, in order."""
    text = GUIDE.read_text(encoding="utf-8")
    found: list[Command | Edit] = []
    for block in _BLOCK.finditer(text):
        line, content = text[: block.start()].count("\n") + 1, block[3]
        if block[1] == "console":
            for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
                first, _end, answer = part.partition("\n")
                found.append(Command(line, shlex.split(first), answer))
        elif block[2]:
            found.append(Edit(line, block[2], content.rstrip("\n").split("\n")))
    return found
