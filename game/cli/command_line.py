"""In which words does the command line itself speak? Help pages and wrong use, in the language asked for.

Typer writes both in English; what it says is known by its form here, and an unknown sentence stays as it is.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from game.locale import _, later

_HEADINGS: Final = {
    "Arguments": later("Arguments"),
    "Options": later("Options"),
    "Commands": later("Commands"),
}
_NOTES: Final = (
    (re.compile(r"\[required\]"), later("[required]")),
    (re.compile(r"\[default: (?P<value>[^;\]]*)(?P<more>[;\]])"), later("[default: {value}{more}")),
    (re.compile(r"Show this message and exit\."), later("Show this message and leave.")),
)
"""What typer adds to the descriptions of options."""

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
        re.compile(r"Invalid value for '(?P<name>.*?)': .*valid (?:integer|number).*"),
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
    for child in getattr(command, "commands", {}).values():
        speak_here(child)


def wrong_use(error: Any) -> str:
    """Return what is wrong with a command line, and how to get help.

    Args:
        error: What typer raised for it.
    """
    said = str(error.format_message()).replace("' / '", " / ")
    if "\n" in said:
        return said  # a help page, where a command by itself does nothing
    for form, message in _WRONG:
        found = form.fullmatch(said)
        if found:
            said = _(message).format(**found.groupdict())
            break
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
        super().write_heading(_(_HEADINGS.get(heading, heading)))  # type: ignore[misc]

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **settings: Any) -> None:
        """Write a list of names and what each is."""
        spoken = [(_KIND.sub("", name), _annotated(text)) for name, text in rows]
        super().write_dl(spoken, *args, **settings)  # type: ignore[misc]


def _annotated(text: str) -> str:
    for form, message in _NOTES:
        found = form.search(text)
        if found:
            said = _(message).format(**found.groupdict())
            text = text[: found.start()] + said + text[found.end() :]
    return text
