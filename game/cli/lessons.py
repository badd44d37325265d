"""What does `lesson` write?"""

from pathlib import Path
from typing import Annotated

import typer

from game.cli.frame import guarded
from game.cli.options import Lang, Scenario
from game.locale import _, later


def add_to(app: typer.Typer) -> None:
    """Add this command to those of the program."""
    app.command(help=later("Write a lesson kit to print: role cards, a script with timings, handouts."))(
        lesson
    )


def lesson(
    scenario: Scenario,
    minutes: Annotated[int, typer.Option(metavar="N", help=later("How long the lesson is, in minutes."))],
    students: Annotated[int, typer.Option(metavar="N", help=later("How many students take part."))],
    out: Annotated[Path, typer.Option("-o", metavar="FOLDER", help=later("The new folder to write."))],
    lang: Lang = None,
) -> None:
    """Write a lesson kit."""

    def act() -> int:
        from game.cli.opening import playable
        from game.debrief.lesson import kit, write_kit

        pages = kit(playable(scenario), minutes, students)
        write_kit(pages, out)
        print(_("{path}: written.").format(path=out / "index.html"))
        return 0

    raise typer.Exit(guarded(act, lang))
