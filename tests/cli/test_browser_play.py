"""Can somebody play alone in a browser, go on another day, and open the debrief at the end?"""

import re
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

from tests.cli.command import ROOT, environment, rival_readings

_LINK = re.compile(r"(http://\S+:\d+)(/enter/\S+)")
_CODE = re.compile(r"play --browser --resume (\w{6})")
_TURNS = 3


@contextmanager
def alone(home, *words):
    """Play from a process of its own; yields the code, and a client that has followed the printed link."""
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
        assert '<option value="facilitator">' not in page
        for turn in range(2, _TURNS + 1):
            page = hand_in(client, turn)
        assert 'href="/debrief"' in page
        debrief = client.get("/debrief")
        assert debrief.status_code == 200
        assert "rival-readings replay" in debrief.text


@pytest.mark.parametrize(
    ("world", "true"), [("rules", "Vera Moss"), ("trust", "Otto Lenk"), ("mix:trust=2,rules=0", "Otto Lenk")]
)
def test_a_game_alone_is_played_in_the_world_that_was_asked_for(world, true, tmp_path):
    with alone(tmp_path, "tutorial", "--world", world) as (_, client):
        for turn in range(1, _TURNS + 1):
            hand_in(client, turn)
        page = re.sub(r"<[^>]+>|\s+", " ", client.get("/debrief").text)
    assert re.search(rf"The world of this game followed the account of\W+{true}", page)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seat", "town", "--save", "x.jsonl"), "--browser does not go together with --save"),
        (("--seat", "town", "--seed", "0", "--text"), "--browser does not go together with --text, --seed"),
        (("--seat", "town", "--seat", "farmers"), "--browser goes with one --seat"),
        (("--world", "mix:rules=1,trust=1", "tutorial"), "the world of one reading"),
        (("--world", "trsut", "tutorial"), "did you mean 'trust'"),
        (("--world", "draw", "--resume", "AAAAAA"), "leave 'draw' out"),
        (("--resume", "AAAAAA"), "no session with the code AAAAAA can be opened here"),
    ],
)
def test_what_does_not_go_together_is_named(tmp_path, words, said):
    ran = rival_readings("play", "--browser", *words, home=tmp_path)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
