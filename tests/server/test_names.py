"""Is nobody led here by a name that somebody else owns, and nobody kept out who asks by one of ours?"""

import re
import socket
import subprocess
import sys

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from game.cli.addresses import free_port
from game.server.app import build
from tests.cli.command import ROOT, environment
from tests.server.serving import started

_OURS = [
    "127.0.0.1",
    "192.168.1.20:8765",
    "[fe80::1]:8765",
    "localhost:8765",
    "LAPTOP:8765",
    "laptop.local",
    "laptop.local.",
    "pc7.lan:8765",
    socket.gethostname(),
    "class.school.example",
    "CLASS.school.example.:8765",
]
_NOT_OURS = [
    "evil.example",
    "evil.example:8765",
    "127.0.0.1.evil.example",
    "local.evil.example",
    "a b.example",
    "[::1",
]


@pytest.fixture
def named(served):
    """The session of `served` at an address that knows a name of its own."""
    port = free_port()
    app = build(served.host, served.code, "http://192.168.1.20:8765", names=["class.school.example"])
    server, thread = started(app, port)
    yield f"127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.mark.parametrize("name", _OURS)
def test_it_is_asked_for_by_its_own_names(named, name):
    assert httpx.get(f"http://{named}/", headers={"Host": name}).status_code == 200


@pytest.mark.parametrize("name", _NOT_OURS)
def test_others_names_lead_nowhere_and_are_told_the_right_address(named, served, name):
    for path in ("/", "/facilitator", f"/facilitator/enter/{served.facilitator}"):
        refused = httpx.get(f"http://{named}{path}", headers={"Host": name})
        assert refused.status_code == 403
        assert "http://192.168.1.20:8765" in refused.text
        assert "default-src 'none'" in refused.headers["content-security-policy"]
        assert served.code not in refused.text
    joined = httpx.post(
        f"http://{named}/api/join", headers={"Host": name}, json={"code": served.code, "nickname": "x"}
    )
    assert joined.status_code == 403
    assert "192.168.1.20" in joined.json()["reason"]
    assert served.host.overview(served.facilitator).participants == ()


def test_a_socket_is_refused_as_well(named, served):
    joined = served.host.join(served.code, "Amal")
    header = {"Authorization": f"Bearer {joined.token}"}
    with connect(f"ws://{named}/live", additional_headers=header):
        pass
    with socket.create_connection(named.split(":")) as link, pytest.raises(InvalidStatus):
        connect("ws://evil.example/live", sock=link, additional_headers=header)


def test_it_is_refused_in_the_askers_language(named):
    refused = httpx.get(f"http://{named}/", headers={"Host": "evil.example", "Accept-Language": "ar"})
    assert 'dir="rtl"' in refused.text


def test_a_certificate_tells_browsers_by_itself(served):
    port = free_port()
    server, thread = started(build(served.host, served.code, names=None), port)
    assert httpx.get(f"http://127.0.0.1:{port}/", headers={"Host": "class.example"}).status_code == 200
    server.should_exit = True
    thread.join(timeout=10)


def test_the_command_takes_names(tmp_path):
    port = free_port()
    ran = subprocess.Popen(
        [
            *(sys.executable, "-m", "game", "host", "tutorial", "--no-window", "--port", str(port)),
            *("--name", "one.example", "--name", "two.example"),
        ],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**environment(tmp_path), "PYTHONUNBUFFERED": "1"},
        text=True,
        encoding="utf-8",
    )
    try:
        while not re.search("Ctrl-C ends it", ran.stdout.readline()):
            assert ran.poll() is None
        with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
            asked = {
                name: client.get(f"http://127.0.0.1:{port}/", headers={"Host": name}).status_code
                for name in ("one.example", "two.example", "three.example")
            }
        assert list(asked.values()) == [200, 200, 403]
    finally:
        ran.kill()
        ran.wait(10)
        ran.stdout.close()


def test_a_refusal_has_its_style(named):
    page = httpx.get(f"http://{named}/", headers={"Host": "evil.example"})
    assert page.status_code == 403
    style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page.text)[1]
    assert httpx.get(f"http://{named}{style}", headers={"Host": "evil.example"}).status_code == 200
