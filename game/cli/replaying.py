"""What does `replay` do? Looks at a saved game again, and at what might have been."""

from pathlib import Path
from typing import Annotated

import typer

from game.base.errors import ContentError
from game.cli.frame import guarded
from game.cli.options import Lang
from game.locale import _, language, later


def add_to(app: typer.Typer) -> None:
    """Add this command to those of the program."""
    app.command(help=later("Look at a saved game again, turn by turn and as it might have gone."))(replay)


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=later("A saved game."))],
    reading: Annotated[
        str | None, typer.Option(metavar="ID", help=later("Show its orders had this reading been true."))
    ] = None,
    text: Annotated[bool, typer.Option("--text", help=later("In the terminal."))] = False,
    lang: Lang = None,
) -> None:
    """Look at a saved game again."""

    def act() -> int:
        from game.desktop.opening import has_display, open_replay
        from game.play.table import Table
        from game.scenario.names import reading_of
        from game.terminal.console import standard_console
        from game.terminal.replaying import compare, how_to_end, look_back

        table = Table.look(file)
        if reading is not None:
            if not table.game.over:
                told = _("This game is still running: other readings would give it away.")
                raise ContentError(f"{told} {how_to_end()}")
            compare(table, standard_console(), reading_of(table.ruleset, reading))
            return 0
        if table.game.over and not text and has_display():
            return open_replay(table)
        look_back(table, standard_console(), language())
        return 0

    raise typer.Exit(guarded(act, lang))
