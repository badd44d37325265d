"""Can a whole game be played at the prompt, left at any moment, gone on with and looked back on?"""

import shlex
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from game.debrief.page import write_debrief
from game.locale import speak
from game.play.local_seat import LocalSeat
from game.play.table import Table
from game.scenario.loading import Loaded
from game.terminal.commands import commands_in
from game.terminal.console import CURTAIN
from game.terminal.play import play
from tests.terminal.typist import Typist, begin, play_at

LOOKS = ("turn", "status", "status all", "agreements", "readings", "headlines", "objectives", "brief", "save")


def whole_game(turns: int) -> Iterator[str]:
    """Type what an eager beginner types, up to the end of the game."""
    for _turn in range(turns):
        yield from (*LOOKS, "decisions", "answer 1", "policies", "1", "2", "order", "why 1", "confirm", "yes")


@pytest.fixture(scope="module")
def played(baghdad: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Typist:
    """A whole game, looked back on to the end."""
    table = begin(baghdad, tmp_path_factory.mktemp("played"))
    after = ["end", "truth 1 2", "truth combat_presence", "why combat_presence since 1", "help", "quit"]
    typist = play_at(table, [*whole_game(table.ruleset.turns), *after])
    table.close()
    return typist


@pytest.fixture
def table(baghdad: Loaded, tmp_path: Path) -> Iterator[Table]:
    table = begin(baghdad, tmp_path)
    yield table
    table.close()


def test_a_whole_game_is_played_in_text(played: Typist, baghdad: Loaded) -> None:
    assert baghdad.ruleset is not None
    turns = baghdad.ruleset.turns
    for turn in range(1, turns + 1):
        assert f"Turn {turn} of {turns}:" in played.text
    assert "The game is over:" in played.text
    assert "What each role reached:" in played.text
    assert "The world of this game followed the account of" in played.flat


def test_the_score_that_is_needed_is_told_before_the_end(played: Typist, baghdad: Loaded) -> None:
    assert baghdad.ruleset is not None
    before = played.flat.partition("The game is over:")[0]
    assert (
        f"It counts as reached from {100 * baghdad.ruleset.roles[0].reached_at:.0f} of 100 in all." in before
    )


def test_the_end_names_every_role_with_its_objectives_and_the_costs(played: Typist, baghdad: Loaded) -> None:
    scenario = baghdad.scenario
    assert scenario is not None
    end = played.flat.partition("The game is over:")[2]
    for role in scenario.roles.values():
        assert role.label in end
        for objective in role.objectives.values():
            assert objective.label in end
    for cost in scenario.costs.values():
        assert cost.label in end


def test_the_true_ledger_opens_only_after_the_end(played: Typist) -> None:
    during, over, after = played.flat.partition("The game is over:")
    assert over
    assert "Luck" not in during
    assert "Luck" in after
    assert "would explain" in during


def test_nothing_shown_is_wider_than_the_terminal(played: Typist) -> None:
    prompts = ("Turn ", "The game is over >", "Hand in", "The game is kept")
    wide = [line for line in played.lines if len(line) > 80 and not line.startswith(prompts)]
    assert not wide


def test_plain_lines_only(played: Typist) -> None:
    assert all(letter.isprintable() for line in played.lines for letter in line)
    assert not any("\u2500" <= letter <= "\u259f" for letter in played.text)


def test_end_of_input_saves_and_the_game_goes_on_where_it_was(baghdad: Loaded, tmp_path: Path) -> None:
    table = begin(baghdad, tmp_path)
    first = play_at(table, ["policies", "1", "confirm", "y", "choose 2"])
    path = table.path
    table.close()
    assert f"rival-readings play --text --resume {shlex.quote(str(path))}" in first.text
    resumed = Table.resume(path)
    again = play_at(resumed, ["order"])
    resumed.close()
    assert "Turn 2 of" in again.text
    label = first.text.partition("Put in: ")[2].partition("Put in: ")[2].partition(".")[0]
    assert label in again.text.partition("Your order for this turn:")[2]


def test_an_interrupt_saves_too_and_goes_on_upwards(table: Table) -> None:
    typist = Typist(["policies"], interrupts=True)
    with pytest.raises(KeyboardInterrupt):
        play({"government": LocalSeat(table, "government")}, typist.console(), table.path, "en")
    assert "The game is saved as it stands." in typist.text


def test_a_finished_game_can_be_looked_at_again(played: Typist) -> None:
    path = Path(shlex.split(played.lines[-1])[-1])
    table = Table.resume(path)
    again = play_at(table, ["truth 1 3", "quit"])
    table.close()
    assert "The game is over:" in again.text
    assert "in turn 3: from" in again.flat
    assert "The game is kept." in again.text


def test_quit_leaves_at_once(table: Table) -> None:
    typist = play_at(table, ["quit", "policies"])
    assert "Your policies:" not in typist.text
    assert "The game is saved as it stands." in typist.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("polcies", "Did you mean: policies?"),
        ("xyzzy", "Type help for what you can type."),
        ("truth 1 1", "This opens when the game is over"),
        ("99", "There is no number 99 here."),
        ("choose 99", "There is no number 99 in this list"),
        ("choose", "Your policies:"),
        ("choose rockit", "There is no 'rockit' here"),
        ("sign", "Agreements:"),
        ("answer 1", "No question is put to you now."),
        ("why", "No turn has been played yet"),
        ("undo", "There is nothing to take back."),
        ("status nonsense", "There is no 'nonsense' here"),
        ("language fr", "'fr' is no language of this game"),
        ("predict 50 60 70", "They should sum to 100, but sum to 180."),
        ("predict a b c", "Percent are whole numbers"),
        ("predict 1 2 3 4", "A prediction needs 3 numbers"),
        ("help polcies", "Did you mean: policies?"),
        ("help why", "Shows how each analyst would explain"),
        ("", "Turn 1 >"),
    ],
)
def test_wrong_input_is_answered(table: Table, typed: str, says: str) -> None:
    assert says in play_at(table, [typed]).flat


def test_every_command_is_known_to_the_desk(table: Table) -> None:
    for item in commands_in("deciding"):
        if item.name in ("quit", "confirm"):
            continue
        typist = play_at(table, [item.words[0], "50", "50", "0"])
        assert "I do not know" not in typist.text, item.name


def test_the_draft_is_made_and_taken_back(table: Table) -> None:
    typist = play_at(table, ["policies", "1", "order", "undo", "choose 1", "choose 1", "order"])
    assert typist.text.count("Put in:") == 2
    assert typist.text.count("Taken out:") == 1
    assert typist.text.rstrip().count("Your order is empty") == 2


def test_a_refused_move_says_why_and_changes_nothing(table: Table) -> None:
    slots = LocalSeat(table, "government").view("en").slots
    numbers = " ".join(str(place) for place in range(1, 20))
    typist = play_at(table, [f"choose {numbers}", "order"])
    put_in = typist.text.count("Put in:")
    assert 1 <= put_in <= slots
    assert f"Policies in your order: {put_in} of {slots}." in typist.text


def test_handing_in_asks_until_yes_or_no(table: Table) -> None:
    typist = play_at(table, ["confirm", "hm", "no", "confirm", "yes"])
    assert typist.text.count("Type yes or no:") == 3
    assert "Not handed in" in typist.text
    assert "Turn 2 of" in typist.text


def test_a_prediction_is_kept_and_shown(table: Table) -> None:
    typist = play_at(table, ["predict 50 30", "order", "predict", "20", "30", "50"])
    assert typist.flat.count("50 percent, ") == 2
    assert table.predictions[1, "government", "player"].readings["al_baydar"] == pytest.approx(0.5)


def test_a_guess_stands_beside_the_prediction(table: Table) -> None:
    typist = play_at(table, ["guess 70", "predict 50 30", "guess 101", "guess x", "order"])
    kept = table.predictions[1, "government", "player"]
    assert list(kept.questions.values()) == [0.7]
    assert kept.readings["al_basri"] == pytest.approx(0.3)
    assert typist.flat.count("Percent are whole numbers from 0 to 100.") == 2
    assert "Yes: 70 percent." in typist.flat


def test_evidence_is_told_with_what_moved_it_unless_the_game_keeps_it_back(table: Table) -> None:
    typist = play_at(table, ["evidence", "confirm", "yes", "evidence all"])
    assert "Before the first turn:" in typist.flat
    assert "After turn 1:" in typist.flat
    assert "times as likely" in typist.flat
    table.show_evidence(False)
    assert "keeps the evidence back" in play_at(table, ["evidence"]).flat


def test_predictions_are_scored_at_the_end(baghdad: Loaded, tmp_path: Path) -> None:
    table = begin(baghdad, tmp_path)
    turn = ["predict 50 30", "guess 40", "confirm", "yes"]
    typist = play_at(table, ["scores", *turn * table.ruleset.turns, "scores", "evidence all", "quit"])
    answers = LocalSeat(table, next(iter(table.people))).scores("en").answers
    assert answers
    assert all(f"- {item.ask} Turn {item.turn}, " in typist.flat for item in answers)
    table.close()
    assert "This opens when the game is over" in typist.flat
    assert "yes held 40 percent likely" in typist.flat
    assert "Mean over the questions:" in typist.flat


def test_the_language_switches_in_play(table: Table) -> None:
    typist = play_at(table, ["language ar", "language en", "policies"])
    assert typist.text.count("Turn 1 of") >= 1
    assert "Your policies:" in typist.text


def test_another_language_falls_back_without_an_error(table: Table) -> None:
    with speak("ar"):
        words = [item.words[0] for item in commands_in("deciding") if item.name not in ("quit", "confirm")]
    typist = play_at(table, words, lang="ar")
    assert typist.lines


def test_seats_at_one_screen_take_turns_behind_a_curtain(baghdad: Loaded, tmp_path: Path) -> None:
    table = begin(baghdad, tmp_path, ("government", "factions"))
    typist = play_at(table, ["", "confirm", "yes", "", "brief", "confirm", "yes", ""])
    table.close()
    assert baghdad.scenario is not None
    factions = baghdad.scenario.roles["factions"]
    handover = next(
        at for at, line in enumerate(typist.lines) if factions.label in line and "press Enter" in line
    )
    before = typist.lines[handover - CURTAIN - 1 : handover - 1]
    assert before == [""] * CURTAIN
    government = baghdad.scenario.roles["government"]
    brief = " ".join(government.brief.split())
    later = " ".join("\n".join(typist.lines[handover:]).partition("Turn 2 of")[0].split())
    assert brief[:60] not in later
    assert "Turn 2 of" in typist.text


def test_a_resumed_screen_asks_only_the_seats_that_are_missing(baghdad: Loaded, tmp_path: Path) -> None:
    table = begin(baghdad, tmp_path, ("government", "factions"))
    play_at(table, ["", "confirm", "yes"])
    table.close()
    resumed = Table.resume(table.path)
    typist = play_at(resumed, [""])
    resumed.close()
    handovers = [line for line in typist.lines if "press Enter" in line]
    assert baghdad.scenario is not None
    assert len(handovers) == 1
    assert baghdad.scenario.roles["factions"].label in handovers[0]


def test_each_account_says_what_it_expects_of_the_draft(table: Table, baghdad: Loaded) -> None:
    played = play_at(
        table, ["choose technical_talks", "expect", "expect combat_presence", "expect remote_strike"]
    )
    assert baghdad.scenario is not None
    for reading in baghdad.scenario.readings.values():
        assert played.flat.count(f"{reading.analyst} ({reading.label}) would expect:") == 2
    assert "With your order as it stands (Technical talks with Washington):" in played.flat
    assert "Likeliest endings:" in played.flat
    assert "(Al Jazeera, paragraph 17)" in played.flat
    assert "No report on it reaches you" in played.flat


@pytest.mark.parametrize("mix", [[0.6, 0.0, 0.4], [0.0, 1.0, 0.0]])
def test_the_end_says_how_to_read_the_evidence_of_a_mix_and_keeps_no_secret(
    mix: list[float], baghdad: Loaded, tmp_path: Path
) -> None:
    untold = "nobody tells you which"
    mixed = "no account was true alone"
    save = tmp_path / "mix.jsonl"
    table = Table.start(baghdad, ["government"], save, seed=3, world=np.array(mix))
    before = play_at(table, ["readings", "confirm", "yes", "evidence", "finish", "yes", "quit"])
    after = play_at(table, ["readings", "evidence", "quit"])
    page = write_debrief(table, "en")
    table.close()
    assert untold in before.text
    assert mixed not in before.text
    assert untold not in after.text
    is_mix = max(mix) < 1.0
    assert (mixed in after.text) == is_mix
    assert (mixed in page) == is_mix


def test_a_number_after_a_forecast_opens_the_line_that_has_it(table: Table) -> None:
    view = LocalSeat(table, "government").view("en")
    first = view.in_order[0]
    typist = play_at(table, ["policies", "expect", "1", f"expect {view.in_order[2].id}", "2"])
    forecast, _one, chosen = typist.text.partition("\nTurn 1 > 1\n")
    assert f"\n1. {first.label}: from " in forecast
    assert chosen.count(f"\n   {first.label}: from ") == len(view.readings)
    assert chosen.count(f"\n   {view.in_order[1].label}: from ") == len(view.readings)
    assert "Put in:" not in typist.text
    assert LocalSeat(table, "government").view("en").draft == ()


@pytest.mark.parametrize("page", ["order", "readings", "objectives"])
def test_a_number_after_a_page_of_its_own_numbers_chooses_nothing_of_an_earlier_list(
    table: Table, page: str
) -> None:
    typist = play_at(table, ["policies", "1", page, "1"])
    assert "A number means a place in a list" in typist.flat
    assert "Taken out:" not in typist.text


def test_capital_that_would_be_lost_is_told_before_an_order_goes_in(table: Table) -> None:
    typist = play_at(table, ["confirm", "yes", "confirm", "no"])
    first, _turn, second = typist.flat.partition("Turn 2 of")
    assert "Capital that will be lost" not in first
    assert "Capital that will be lost, because you can hold 9 at most: 2." in second
