"""In which words does the command line itself speak? Help pages and wrong use, in the language asked for.

Typer writes both in English; what it says is known by its form here, and an unknown sentence stays as it is.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from game.locale import _, later

_WORDS: Final = (
    later("Arguments"),
    later("Options"),
    later("Commands"),
    later("[OPTIONS]"),
    later("COMMAND [ARGS]..."),
    later("Show this message and exit."),
)
"""What help pages consist of besides our own texts."""

_NOTES: Final = (
    (re.compile("required"), later("required")),
    (re.compile("default: (?P<value>.*)"), later("default: {value}")),
    (re.compile(r"(?P<low>\d+)<=x<=(?P<high>\d+)"), later("{low} to {high}")),
    (re.compile(r"x>=(?P<low>\d+)"), later("at least {low}")),
)
"""What typer adds to the descriptions of options, in brackets."""

_NOTED: Final = re.compile(r"(?P<text>.*)(?P<gap>^|  )\[(?P<notes>.*)\]", re.DOTALL)
"""A description with notes."""

_KIND: Final = re.compile(r" <[^<>]*>$")
"""The type in Python's words that typer puts after an argument's name."""

_WRONG: Final = (
    (
        re.compile(r"No such command '(?P<name>.*)'\. Did you mean (?P<near>.*)\?"),
        later("there is no command '{name}'; did you mean {near}?"),
    ),
    (re.compile(r"No such command '(?P<name>.*)'\."), later("there is no command '{name}'")),
    (
        re.compile(
            r"No such option: (?P<name>\S+?)\.? \(?(?:Possible options:|Did you mean) (?P<near>.*?)[)?]"
        ),
        later("there is no option {name}; did you mean {near}?"),
    ),
    (re.compile(r"No such option: (?P<name>\S+?)\.?"), later("there is no option {name}")),
    (re.compile(r"Missing command\."), later("a command is missing")),
    (re.compile(r"Missing (?:option|argument|parameter) '(?P<name>.*)'\."), later("{name} is missing")),
    (re.compile(r"Option '(?P<name>.*)' requires an argument\."), later("{name} is missing its value")),
    (
        re.compile(r"Option '(?P<name>.*)' does not take a value\."),
        later("{name} stands alone, without a value"),
    ),
    (
        re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)"),
        later("'{name}' has no place here"),
    ),
    (
        re.compile(r"Invalid value for '(?P<name>.*?)': .* (?P<low>\d+)<=x<=(?P<high>\d+)\."),
        later("{name} takes a number from {low} to {high}"),
    ),
    (
        re.compile(r"Invalid value for '(?P<name>.*?)': .*(?:greater than or equal to |>=)(?P<bound>\d+).*"),
        later("{name} takes a number of at least {bound}"),
    ),
    (
        re.compile(r"Invalid value for '(?P<name>.*?)': .*(?:less than or equal to |<=)(?P<bound>\d+).*"),
        later("{name} takes a number of at most {bound}"),
    ),
    (
        re.compile(r"Invalid value for '(?P<name>.*?)': .*(?:valid (?:integer|number)|maximum size).*"),
        later("{name} takes a whole number, such as 100"),
    ),
    (re.compile(r"Invalid value for '(?P<name>.*?)': (?P<why>.*)"), "{name}: {why}"),
)


def speak_here(command: Any) -> None:
    """Put a command's help page, and those of its own commands, into the current language."""
    command.help = _(command.help) if command.help else command.help
    command.epilog = _(command.epilog) if command.epilog else command.epilog
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text:
            parameter.help = _(text)
    command.context_class = _context_of(command.context_class)
    command.options_metavar = _word(command.options_metavar)
    if hasattr(command, "commands"):
        command.subcommand_metavar = _word(command.subcommand_metavar)
        for child in command.commands.values():
            speak_here(child)


def wrong_use(error: Any) -> str:
    """Return what is wrong with a command line, and how to get help.

    Args:
        error: What typer raised for it.
    """
    said = str(error.format_message()).replace("' / '", " / ")
    if "\n" in said:
        return said  # a help page, where a command by itself does nothing
    said = _told(said, _WRONG)
    path = error.ctx.command_path if error.ctx is not None else "rival-readings"
    said += "" if said.endswith(("?", "؟", ".")) else "."
    return _("Error: {message} For help: {command} -h").format(message=said, command=path)


def _context_of(base: Any) -> Any:
    """Return a context whose help pages are written by `_Page`."""
    return type("Spoken", (base,), {"formatter_class": type("Page", (_Page, base.formatter_class), {})})


class _Page:
    """Writes a help page as typer does, in the current language; stands before typer's own formatter."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(prog, args, prefix or _("Usage: "))  # type: ignore[misc]

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(_word(heading))  # type: ignore[misc]

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **settings: Any) -> None:
        """Write a list of names and what each is."""
        spoken = [(_KIND.sub("", name), _annotated(text)) for name, text in rows]
        super().write_dl(spoken, *args, **settings)  # type: ignore[misc]


def _word(text: str) -> str:
    return _(text) if text in _WORDS else text


def _annotated(text: str) -> str:
    """Return the description of a command or parameter, with typer's notes on it, in the current language."""
    found = _NOTED.fullmatch(text)
    if not found:
        return _word(text)
    notes = _("; ").join(_told(note, _NOTES) for note in found["notes"].split("; "))
    return f"{found['text']}{found['gap']}[{notes}]"


def _told(text: str, forms: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """Return what typer says in the current language, by the form that it has; as it is where it has none."""
    for form, message in forms:
        found = form.fullmatch(text)
        if found:
            return _(message).format(**found.groupdict())
    return text
