"""Does the command line itself, its help and what it says of wrong use, speak each language in full?"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer

from game.cli.main import app
from game.locale import _, speak
from tests.cli.command import Ran

WRONG = (
    ("dmo",),
    ("nothing",),
    ("--frob",),
    ("-f",),
    ("--lang",),
    ("demo", "--sed", "3"),
    ("demo", "--se", "3"),
    ("demo", "--frob=3"),
    ("demo", "-x"),
    ("demo", "--seed"),
    ("demo", "--seed", "many"),
    ("demo", "--seed", "9" * 5000),
    ("demo", "--seed", "-1"),
    ("demo", "--seed", str(2**64)),
    ("demo", "tutorial", "7"),
    ("demo", "--lang", "fr"),
    ("host", "--port", "0"),
    ("play", "--text=3"),
    ("schema", "-o"),
    ("screenshots",),
    ("simulate",),
    ("simulate", "tutorial"),
    ("translate", "exprt"),
    ("translate", "--"),
    ("translate", "export", "tutorial"),
)
TYPED = re.compile(r"'[^']*'|--?[a-z]\S*|\b[A-Z|]+\b|\ben، ar\b|rival-readings(?: [a-z]+)*")
"""What stands in messages of wrong use as it is typed, in every language."""

LATIN = re.compile("[A-Za-z]+")


def below(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Return a command and all below it, each with the words that call it."""
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from below(child, *path, name)


COMMANDS = tuple(below(typer.main.get_command(app)))


def ours(path: tuple[str, ...], command: Any) -> set[str]:
    """Return the Latin words that the project itself has put into an Arabic help page."""
    children = getattr(command, "commands", {})
    texts = [command.help, command.epilog, *(child.help for child in children.values())]
    plain = ["rival-readings", "--help", "-h", *path, *children]
    for parameter in command.params:
        texts.append(getattr(parameter, "help", None))
        plain += [*parameter.opts, str(parameter.metavar), str(parameter.default)]
    with speak("ar"):
        return set(LATIN.findall(" ".join([*plain, *(_(text) for text in texts if text)])))


@pytest.mark.parametrize("words", WRONG, ids=lambda words: " ".join(words)[:40])
def test_wrong_use_is_told_in_one_line_of_plain_words(
    words: tuple[str, ...], run_here: Callable[..., Ran]
) -> None:
    ran = run_here(*words)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert re.fullmatch(r"Error: .* For help: rival-readings( [a-z]+)* -h\n", ran.err)
    assert not any(word in ran.err for word in ("Input should", "parse", "Invalid value", "Got unexpected"))


@pytest.mark.parametrize("words", WRONG, ids=lambda words: " ".join(words)[:40])
def test_wrong_use_is_told_in_arabic_wherever_the_language_is_named(
    words: tuple[str, ...], run_here: Callable[..., Ran]
) -> None:
    ran = run_here("--lang", "ar", *words)
    assert (ran.code, ran.out) == (2, "")
    assert [line for line in ran.err.splitlines() if LATIN.search(TYPED.sub("", line))] == []
    assert [line[:5] for line in ran.err.splitlines()] == ["خطأ: "]
    if words != ("--lang",):
        assert run_here(words[0], "--lang", "ar", *words[1:]) == ran
        assert run_here(words[0], "--lang=ar", *words[1:]) == ran


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=[" ".join(path) or "root" for path, _command in COMMANDS]
)
def test_help_is_arabic_but_for_what_is_typed(
    path: tuple[str, ...], command: Any, run_here: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = run_here("--lang", "ar", *path, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert set(LATIN.findall(ran.out)) - ours(path, command) == set()
    assert run_here(*path, "--lang", "ar", "--help") == ran


def test_english_help_is_in_plain_words(
    run_here: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run_here("replay", "--help").out == (
        "Usage: rival-readings replay [OPTIONS] {FILE}\n"
        "\n"
        "  Look at a saved game again, turn by turn and as it might have gone.\n"
        "\n"
        "Arguments:\n"
        "  FILE  A saved game.  [required]\n"
        "\n"
        "Options:\n"
        "  --reading ID  Show its orders had this reading been true.\n"
        "  --text        In the terminal.\n"
        "  --lang en|ar  The language to speak.\n"
        "  -h, --help    Show this message and exit.\n"
    )


def test_a_group_without_a_command_shows_its_help_in_arabic(run_here: Callable[..., Ran]) -> None:
    ran = run_here("--lang", "ar", "translate")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == run_here("--lang", "ar", "translate", "--help").out


def test_of_two_languages_the_last_is_spoken(run_here: Callable[..., Ran]) -> None:
    assert run_here("--lang", "en", "demo", "--seed", "x", "--lang", "ar").err.splitlines()[-1][:4] == "خطأ:"
    assert run_here("--lang", "ar", "demo", "--seed", "x", "--lang=en").err.splitlines()[-1][:6] == "Error:"


def test_translate_takes_the_language_before_its_command_too(run_here: Callable[..., Ran]) -> None:
    after = run_here("translate", "coverage", "tutorial", "--lang", "ar")
    assert (after.code, after.err) == (0, "")
    assert re.search("[ء-ي]", after.out.splitlines()[0])
    assert run_here("translate", "--lang", "ar", "coverage", "tutorial") == after
