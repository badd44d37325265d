"""Which commands help those who write scenarios, and what do they take?"""

from pathlib import Path
from typing import Annotated

import typer

from game.cli.frame import guarded
from game.cli.options import AsJson, Lang, OwnScenario
from game.locale import later

_Language = Annotated[
    str, typer.Argument(metavar="LANG", help=later("The translation's language, such as ar."))
]

translate = typer.Typer(
    help=later("Translate a scenario with a colleague who never opens YAML."), no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to those of the program."""
    app.command(
        help=later("Begin a new scenario in FOLDER, or add an entry to one: new policy --in SCENARIO.")
    )(new)
    app.command(
        help=later("Say what is different between two scenarios, and what that does to their games.")
    )(diff)
    app.add_typer(translate, name="translate")
    app.command(help=later("Write what an editor needs to know of the format, as JSON Schema."))(schema)
    app.command(help=later("Print the whole format; with -o, write it as an HTML page."))(reference)


def new(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER|KIND", help=later("A new folder; or policy, event, reading or indicator.")
        ),
    ],
    scenario: Annotated[
        str | None,
        typer.Option("--in", metavar="SCENARIO", help=later("The scenario that gets a new entry.")),
    ] = None,
    name: Annotated[str | None, typer.Option("--id", metavar="ID", help=later("The new entry's id."))] = None,
    origin: Annotated[
        str | None,
        typer.Option("--from", metavar="SCENARIO", help=later("Copy this scenario into the new folder.")),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help=later("The new scenario's title."))
    ] = None,
    other_title: Annotated[
        str | None, typer.Option(metavar="TEXT", help=later("The title in the other language."))
    ] = None,
    roles: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help=later("Who plays: 'Mayor, Farmers', or 'Mayor=العمدة, ...' in both languages."),
        ),
    ] = None,
    indicators: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help=later("What is counted, named like roles; everybody wants less of the first."),
        ),
    ] = None,
    turns: Annotated[
        int | None, typer.Option(metavar="N", help=later("How many turns it has; 6 if left out."))
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            metavar="en|ar", help=later("The language it is written in; the other one is its translation.")
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Begin a scenario, or add to one."""

    def act() -> int:
        from game.cli import beginning

        asked = beginning.Asked(title, other_title, roles, indicators, turns, language)
        return beginning.new(what, scenario, name, origin, asked)

    raise typer.Exit(guarded(act, lang))


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help=later("A shipped id, a variant, a folder or a file."))
    ],
    after: Annotated[str, typer.Argument(metavar="B", help=later("What it is compared with."))],
    games: Annotated[
        int, typer.Option(min=1, metavar="N", help=later("Games that bots play of each, for each reading."))
    ] = 300,
    no_games: Annotated[bool, typer.Option("--no-games", help=later("Compare the files alone."))] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Compare two scenarios."""

    def act() -> int:
        from game.cli import differing

        return differing.diff(before, after, None if no_games else games, as_json=as_json)

    raise typer.Exit(guarded(act, lang))


def schema(
    out: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help=later("The file to write; printed if none is named.")),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option("--for", metavar="SCENARIO", help=later("Let it know the names of this scenario.")),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write the editor's schema."""

    def act() -> int:
        from game.cli import documenting

        return documenting.schema(out, scenario)

    raise typer.Exit(guarded(act, lang))


def reference(
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", metavar="FILE", help=later("The HTML page to write; text is printed if none is named.")
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write the format's reference."""

    def act() -> int:
        from game.cli import documenting

        return documenting.reference(out)

    raise typer.Exit(guarded(act, lang))


@translate.command(help=later("Say how far a scenario is translated."))
def coverage(scenario: OwnScenario, as_json: AsJson = False, lang: Lang = None) -> None:
    """Print how far a scenario is translated."""

    def act() -> int:
        from game.cli import translating

        return translating.coverage(scenario, as_json=as_json)

    raise typer.Exit(guarded(act, lang))


@translate.command(help=later("Let translations follow ids that you have renamed or taken out."))
def tidy(scenario: OwnScenario, lang: Lang = None) -> None:
    """Tidy translations."""

    def act() -> int:
        from game.cli import translating

        return translating.tidy(scenario)

    raise typer.Exit(guarded(act, lang))


@translate.command(help=later("Write a scenario's texts as a sheet for a spreadsheet."))
def export(
    scenario: OwnScenario,
    language: _Language,
    out: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help=later("The new sheet; SCENARIO-LANG.csv if left out.")),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write a sheet."""

    def act() -> int:
        from game.cli import translating

        return translating.export(scenario, language, out)

    raise typer.Exit(guarded(act, lang))


@translate.command("import", help=later("Put the translations of a filled-in sheet into a scenario's files."))
def take(
    scenario: OwnScenario,
    language: _Language,
    sheet: Annotated[Path, typer.Argument(metavar="FILE", help=later("The sheet."))],
    lang: Lang = None,
) -> None:
    """Read a sheet."""

    def act() -> int:
        from game.cli import translating

        return translating.take(scenario, language, sheet)

    raise typer.Exit(guarded(act, lang))
