"""Which commands are there, and what do they take? Their work is loaded only when they run."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, Final, cast

import typer

from game import __version__
from game.base.errors import UsageError
from game.cli import authoring, debriefing, hosting, lessons, replaying
from game.cli.command_line import speak_here, wrong_use
from game.cli.frame import INTERRUPTED, guarded, language_in, prepare_streams, tell
from game.cli.options import AsJson, Lang, Scenario, ScenarioOrDefault, one_of
from game.locale import _, later, speak

MOST_SEED: Final = 2**64 - 1

_CommandLineError = cast(type[Exception], typer.BadParameter.__base__)
"""What typer raises for every wrong use, a wrong value among them."""


app = typer.Typer(
    name="rival-readings",
    help=later("One crisis, rival readings of it: a turn-based game for teaching politics."),
    epilog=later("Without a command, the menu opens."),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
"""Help texts stand here in English; `run` has them in the language asked for."""

Seed = Annotated[
    int | None,
    typer.Option(
        min=0, max=MOST_SEED, metavar="N", show_default=False, help=later("What all luck derives from.")
    ),
]
World = Annotated[
    str | None,
    typer.Option(
        metavar="W",
        help=later("The reading that the world follows: draw, a reading's id, or mix:ID=0.6,ID=0.4."),
    ),
]


def _version(value: bool) -> None:
    if value:
        print(__version__)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    lang: Lang = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=later("Print the version and leave.")
        ),
    ] = False,
) -> None:
    """Open the menu where no command is named."""
    del version
    if context.invoked_subcommand is None:

        def act() -> int:
            from game.cli.playing import menu

            return menu()

        raise typer.Exit(guarded(act, lang))


@app.command(help=later("Play a game, or go on with a saved one."))
def play(
    scenario: ScenarioOrDefault = None,
    seat: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE", help=later("A role to play; several make a game for several people.")),
    ] = None,
    seed: Seed = None,
    world: World = None,
    text: Annotated[bool, typer.Option("--text", help=later("Play in the terminal."))] = False,
    browser: Annotated[bool, typer.Option("--browser", help=later("Play in a browser."))] = False,
    resume: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=later("Go on with this saved game; with --browser, by the code it named.")
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=later("Save the game in this new file, turn by turn.")),
    ] = None,
    lang: Lang = None,
) -> None:
    """Play a game, or go on with a saved one."""

    def act() -> int:
        if browser:
            from game.cli import browsing

            if text:
                raise UsageError(_("--browser does not go together with {options}").format(options="--text"))
            if len(seat or ()) > 1:
                raise UsageError(_("--browser goes with one --seat"))
            asked = browsing.Asked(scenario, seat[0] if seat else None, seed, world)
            return browsing.play_in_browser(asked, str(resume) if resume else None, save)
        from game.cli import playing

        return playing.play(playing.Wanted(scenario, tuple(seat or ()), seed, world, text, resume, save))

    raise typer.Exit(guarded(act, lang))


@app.command(help=later("Draw every screen of the window as a picture."))
def screenshots(
    scenario: ScenarioOrDefault = None,
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help=later("Where the pictures go."))
    ],
    size: Annotated[str, typer.Option(metavar="WxH", help=later("Width and height in pixels."))] = "1280x720",
    lang: Lang = None,
) -> None:
    """Draw the window's screens without a window."""

    def act() -> int:
        from game.cli import playing

        return playing.screenshots(scenario, output, size)

    raise typer.Exit(guarded(act, lang))


@app.command(help=later("Have bots play a whole game; print what happened and why."))
def demo(
    scenario: ScenarioOrDefault = None,
    seed: Seed = 1,
    world: World = None,
    debrief: Annotated[
        Path | None, typer.Option(metavar="FILE", help=later("Write the game's debrief as a page."))
    ] = None,
    lang: Lang = None,
) -> None:
    """Print a game between bots."""

    def act() -> int:
        from game.cli import playing
        from game.scenario.library import DEFAULT

        return playing.demo(scenario or DEFAULT, 1 if seed is None else seed, world, debrief)

    raise typer.Exit(guarded(act, lang))


@app.command(help=later("Play many games for each reading and print what came of them."))
def simulate(
    scenario: Scenario,
    games: Annotated[int, typer.Option(metavar="N", help=later("How many games for each reading."))],
    seed: Annotated[
        int,
        typer.Option(
            min=0, max=MOST_SEED, metavar="N", help=later("Of the first game; the others follow it.")
        ),
    ] = 1,
    reading: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=later("Only this reading; several are allowed."))
    ] = None,
    play: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROLE=MOVE,#TAG,...", help=later("Moves or tags that a role tries in order each turn.")
        ),
    ] = None,
    others: Annotated[
        str,
        typer.Option(
            metavar="idle|quick|search",
            callback=one_of("idle", "quick", "search"),
            help=later("Who plays the roles without --play."),
        ),
    ] = "idle",
    start: Annotated[
        list[str] | None,
        typer.Option(
            metavar="INDICATOR=VALUE",
            help=later("Where an indicator begins: 70, or +30 or -5 from its start."),
        ),
    ] = None,
    force: Annotated[
        list[str] | None,
        typer.Option(
            metavar="EVENT[@TURN]", help=later("An event that happens, on turn 1 if none is named.")
        ),
    ] = None,
    forbid: Annotated[
        list[str] | None, typer.Option(metavar="EVENT", help=later("An event that never happens."))
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print figures of many games."""

    def act() -> int:
        from game.cli import simulating
        from game.play.simulate import Others, Request

        request = Request(
            games=games,
            seed=seed,
            readings=tuple(reading or ()),
            play=simulating.plans(play or ()),
            others=cast(Others, others),
            start=simulating.starts(start or ()),
            force=tuple(force or ()),
            forbid=tuple(forbid or ()),
        )
        return simulating.simulate(scenario, request, as_json=as_json)

    raise typer.Exit(guarded(act, lang))


@app.command(help=later("Measure which policies, roles and readings win, and what is never seen."))
def balance(
    scenario: Scenario,
    games: Annotated[int, typer.Option(metavar="N", help=later("How many games for each case."))] = 500,
    out: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help=later("Write a page for a browser."))
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print a scenario's balance."""

    def act() -> int:
        from game.cli import balancing

        return balancing.balance(scenario, games, out, as_json=as_json)

    raise typer.Exit(guarded(act, lang))


@app.command(help=later("Say all that is wrong with scenarios; prove their claims."))
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|SCENARIO",
            show_default=False,
            help=later("Folders, files or shipped ids; all shipped scenarios if none is named."),
        ),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|github",
            callback=one_of("text", "json", "github"),
            help=later("How to print what was found."),
        ),
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=later("Let warnings count as errors."))] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help=later("Check again after each save; say what has changed."))
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help=later("Put right in the files what can only be meant one way."))
    ] = False,
    no_claims: Annotated[
        bool, typer.Option("--no-claims", help=later("Do not play games to prove the claims."))
    ] = False,
    article: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=later("Compare citations with your own copy of the source.")),
    ] = None,
    lang: Lang = None,
) -> None:
    """Print what is wrong with scenarios."""

    def act() -> int:
        from game.cli import checking, watching

        wishes = checking.Wishes(cast(checking.Format, form), strict, not no_claims, fix, article)
        return (watching.watch if watch else checking.check)(paths or (), wishes)

    raise typer.Exit(guarded(act, lang))


@app.command(help=later("Explain one kind of mistake that check finds."))
def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            show_default=False,
            help=later("Its code, such as S401; without it, all are listed."),
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Print a page on a kind of mistake."""

    def act() -> int:
        from game.cli import explaining

        return explaining.explain(code)

    raise typer.Exit(guarded(act, lang))


authoring.add_to(app)
lessons.add_to(app)
replaying.add_to(app)
debriefing.add_to(app)
hosting.add_to(app)


def run() -> None:
    """Run the command that the command line names; does not return."""
    prepare_streams()
    asked = language_in(sys.argv[1:])
    with speak(asked) if asked else nullcontext():
        command = typer.main.get_command(app)
        speak_here(command)
        sys.exit(guarded(lambda: _code_of(command)))


def _code_of(command: Any) -> int:
    """Run a command and return its exit code; wrong use of the command line is told here."""
    try:
        code = command(prog_name="rival-readings", standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    except _CommandLineError as error:
        tell(wrong_use(error))
        return UsageError.exit_code
    return code if isinstance(code, int) else 0
