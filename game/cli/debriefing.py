"""What does `debrief` do? Writes a finished game's page, and its tables."""

from pathlib import Path
from typing import Annotated

import typer

from game.cli.frame import guarded
from game.cli.options import Lang
from game.locale import _, language, later


def add_to(app: typer.Typer) -> None:
    """Add this command to those of the program."""
    app.command(help=later("Write the debrief of a finished game as a page."))(debrief)


def debrief(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=later("A saved game."))],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            metavar="FILE",
            show_default=False,
            help=later("The page to write; debrief.html if none is named."),
        ),
    ] = None,
    tables: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FOLDER", help=later("Write tables for a spreadsheet here.")),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write a game's debrief."""

    def act() -> int:
        from game.base.errors import ContentError
        from game.cli.writing import PAGE_BEGINS, write_over
        from game.debrief.page import still_running, write_debrief
        from game.debrief.tables import write_tables
        from game.play.table import Table

        table = Table.look(file)
        if not table.game.over:
            raise ContentError(still_running())
        if out is not None or tables is None:
            write_over(out or Path("debrief.html"), write_debrief(table, language()), PAGE_BEGINS)
        if tables is not None:
            for path in write_tables(table, tables):
                print(_("{path}: written.").format(path=path))
        return 0

    raise typer.Exit(guarded(act, lang))
