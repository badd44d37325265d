"""Can somebody play alone in a browser, go on another day, and open the debrief at the end?"""

import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

from game.play.table import Table
from tests.cli.command import ROOT, environment, rival_readings
from tests.server.visiting import written
from tests.session.test_shared import until

_LINK = re.compile(r"(http://\S+:\d+)(/enter/\S+)")
_CODE = re.compile(r"play --browser --resume (\w{6})")
_TURNS = 3


@contextmanager
def alone(home, *words, interrupts=False):
    """Play from a process of its own; yields the code, and a client that has followed the printed link.

    It is killed at the end, or interrupted and waited for.
    """
    ran = subprocess.Popen(
        [sys.executable, "-m", "game", "play", "--browser", *words],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**environment(home), "BROWSER": "true"},
        text=True,
        encoding="utf-8",
    )
    try:
        assert ran.stdout is not None
        said = ran.stdout.readline() + ran.stdout.readline()
        address, path = _LINK.search(said).groups()
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(base_url=address, transport=transport, follow_redirects=True, timeout=30) as client:
            assert client.get(path).status_code == 200
            yield _CODE.search(said)[1], client
        if interrupts:
            ran.send_signal(signal.SIGINT)
            assert ran.wait(20) == 130
    finally:
        ran.kill()
        ran.wait(10)
        ran.stdout.close()


def hand_in(client, turn):
    page = client.get("/play").text
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    form = {"form_key": key, "do": "confirm", "turn": str(turn), "key": f"k{turn}"}
    return client.post("/order", data=form).text


def test_a_game_alone_goes_on_by_its_code_and_ends_with_its_debrief(tmp_path):
    with alone(tmp_path, "tutorial") as (code, client):
        assert "Turn 2 of" in hand_in(client, 1)
        assert client.get("/debrief").status_code == 409
    with alone(tmp_path, "--resume", code) as (again, client):
        assert again == code
        page = client.get("/play").text
        assert "Turn 2 of" in page
        assert 'action="/say"' not in page  # nobody is there to write to
        assert 'href="#talk"' not in page  # nor a place where one could
        assert "All others" not in page  # the tutorial watches all there is
        for turn in range(2, _TURNS + 1):
            page = hand_in(client, turn)
        assert 'href="/debrief"' in page
        debrief = written(client.get)
        assert debrief.status_code == 200
        assert "rival-readings replay" in debrief.text


@pytest.mark.parametrize(
    ("world", "true"), [("rules", "Vera Moss"), ("trust", "Otto Lenk"), ("mix:trust=2,rules=0", "Otto Lenk")]
)
def test_a_game_alone_is_played_in_the_world_that_was_asked_for(world, true, tmp_path):
    with alone(tmp_path, "tutorial", "--world", world) as (_, client):
        for turn in range(1, _TURNS + 1):
            hand_in(client, turn)
        page = re.sub(r"<[^>]+>|\s+", " ", written(client.get).text)
    assert re.search(rf"The world of this game followed the account of\W+{true}", page)


def test_seed_mix_and_save_are_as_everywhere_else(tmp_path):
    save = tmp_path / "new" / "game.jsonl"
    words = ("tutorial", "--seed", "77", "--world", "mix:rules=3,trust=1")
    with alone(tmp_path, *words, "--save", str(save), interrupts=True) as (code, client):
        hand_in(client, 1)
    table = Table.look(save)
    assert table.game.seed == 77
    assert list(table.game.world) == [0.75, 0.25]
    assert len(table.game.steps) == 1
    assert table.people == ("town",)
    with alone(tmp_path, "--resume", code, "--save", str(tmp_path / "over.jsonl"), interrupts=True) as (
        _,
        client,
    ):
        for turn in range(2, _TURNS + 1):
            hand_in(client, turn)
    ran = rival_readings("replay", "--text", str(tmp_path / "over.jsonl"), home=tmp_path, typed="quit\n")
    assert ran.code == 0
    assert "Turn by turn, with what really moved everything" in ran.out


def test_a_game_is_saved_turn_by_turn_so_that_a_crash_loses_nothing(tmp_path):
    save = tmp_path / "game.jsonl"
    with alone(tmp_path, "tutorial", "--save", str(save)) as (_, client):
        for turn in (1, 2):
            hand_in(client, turn)
            assert until(lambda: len(Table.look(save).game.steps) == turn)  # noqa: B023 - awaited here
    assert len(Table.look(save).game.steps) == 2
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".game")] == []


def test_a_file_that_cannot_be_written_is_told_of_before_anything_is_played(tmp_path):
    (tmp_path / "file").write_text("a file, no folder")
    ran = rival_readings(
        "play",
        "--browser",
        "tutorial",
        "--save",
        str(tmp_path / "file" / "game.jsonl"),
        home=tmp_path,
        BROWSER="true",
    )
    assert ran.code == 3
    assert "cannot be written" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seat", "town", "--text"), "--browser does not go together with --text"),
        (("tutorial", "--save", "."), "exists already and is not overwritten"),
        (("--seat", "town", "--seat", "farmers"), "--browser goes with one --seat"),
        (("--world", "mix:rules", "tutorial"), "is no part of a mix"),
        (("--seed", "0", "--resume", "AAAAAA"), "leave '0' out"),
        (("--world", "trsut", "tutorial"), "did you mean 'trust'"),
        (("--world", "draw", "--resume", "AAAAAA"), "leave 'draw' out"),
        (("--resume", "AAAAAA"), "no session with the code AAAAAA is kept here. Was it"),
    ],
)
def test_what_does_not_go_together_is_named(tmp_path, words, said, run_here):
    ran = run_here("play", "--browser", *words, home=tmp_path)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
