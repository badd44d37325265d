"""Does the command host a class, and go on with it after its machine was switched off?"""

import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import httpx
import pytest

from game.cli.addresses import free_port
from tests.cli.command import ROOT, environment, rival_readings

_CODE = re.compile(r"with the code (\w{6})")
_LINK = re.compile(r"https?://\S+(/facilitator/enter/\S+)")


@contextmanager
def hosted(home, port, *words, scheme="http", trusted=True, bind="127.0.0.1"):
    """Host from a process of its own; yields code, path of the facilitator's link and a client.

    Args:
        home: Where the session is kept.
        port: Where to listen.
        words: What else the command takes.
        scheme: How the client asks.
        trusted: Whom the client takes for the host: as of httpx.
        bind: Where to listen.
    """
    ran = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "game",
            "host",
            *words,
            "--no-window",
            "--bind",
            bind,
            "--port",
            str(port),
        ],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment(home),
        text=True,
        encoding="utf-8",
    )
    try:
        assert ran.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            said += ran.stdout.readline()
        address = re.search(rf"at ({scheme}://\S+:{port}) ", said)[1]
        transport = httpx.HTTPTransport(verify=trusted, retries=8)
        with httpx.Client(base_url=address, transport=transport, follow_redirects=True) as client:
            yield _CODE.search(said)[1], _LINK.search(said)[1], client
    finally:
        ran.kill()
        ran.wait(10)
        ran.stdout.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A session that somebody has joined, on a machine that was switched off since: folder, port, code, link."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    with hosted(home, port, "tutorial") as (code, link, client):
        assert client.post("/api/join", json={"code": code, "nickname": "Noor"}).status_code == 200
        assert "Noor" in client.get(link).text
    return home, port, code, link


def test_a_session_is_resumed_by_its_code_with_a_new_link_and_the_old_one_stays_good(kept):
    home, port, code, old = kept
    with hosted(home, port, "--resume", f"{code[:3].lower()} {code[3:]}") as (again, link, client):
        assert again == code
        assert link != old
        for way in (link, old):
            client.cookies.clear()
            assert "Noor" in client.get(way).text


def test_who_has_lost_a_code_reads_those_that_are_kept(kept):
    home, port, code, _old = kept
    ran = rival_readings("host", "--resume", "AAAAAA", "--no-window", "--port", str(port), home=home)
    assert re.search(rf"Kept here: (.+ )?{code} \(\d+ \w+ \d{{4}}, 1 person\)", " ".join(ran.err.split()))


def test_without_a_code_a_new_session_begins(kept):
    home, port, code, _old = kept
    with hosted(home, port, "tutorial") as (another, link, client):
        assert another != code
        assert "Noor" not in client.get(link).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--resume", "AAAAAA"), "no session with the code AAAAAA is kept here. Was it"),
        (("tutorial", "--resume", "AAAAAA"), "leave 'tutorial' out"),
        (("--rooms", "3", "--resume", "AAAAAA"), "leave --rooms out"),
    ],
)
def test_what_cannot_be_resumed_is_said_in_one_line(kept, words, said):
    ran = rival_readings("host", *words, "--no-window", "--port", str(kept[1]), home=kept[0])
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("content", [None, "no certificate"], ids=["missing", "something else"])
def test_a_certificate_that_is_of_no_use_is_told_before_anything_is_made(content, tmp_path):
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    if content is not None:
        cert.write_text(content)
        key.write_text(content)
    words = ("--tls-cert", str(cert), "--tls-key", str(key), "--port", str(free_port()))
    ran = rival_readings("host", "tutorial", *words, home=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert str(cert) in ran.err
    assert str(key) in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "data").exists()


_OPENSSL = shutil.which("openssl")

_STOPPING = """
from game.cli.frame import guarded
from game.cli.hosting import _beside_window
from game.session.host import Host
from game.session.store import Store

class Server:
    should_exit = False
    def run(self):
        {what}

held = Host(Store("{store}"))
code = guarded(lambda: _beside_window(Server(), held, "", "http://127.0.0.1:1", "ABC123") or 0)
held.close()
raise SystemExit(code)
"""


@pytest.mark.parametrize(
    ("what", "said"),
    [("raise OSError('no more files')", "no more files"), ("raise SystemExit(1)", "--resume ABC123")],
)
def test_the_window_closes_when_the_server_stops(what, said, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", _STOPPING.format(what=what, store=tmp_path / "store.db")],
        capture_output=True,
        cwd=ROOT,
        env={**environment(tmp_path), "SDL_VIDEODRIVER": "dummy"},
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 3
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(_OPENSSL is None, reason="no openssl here to make a certificate")
def test_a_certificate_of_the_hosts_own_is_told_at_once_with_the_remedy(tmp_path):
    cert, key, port = tmp_path / "cert.pem", tmp_path / "key.pem", free_port()
    made = (
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        cert,
        "-subj",
        "/CN=host",
    )
    names = ("-addext", "subjectAltName=IP:127.0.0.1")
    subprocess.run([_OPENSSL, *made, *names], capture_output=True, check=True)
    words = ("tutorial", "--tls-cert", str(cert), "--tls-key", str(key))
    trusted = ssl.create_default_context(cafile=cert)
    with hosted(tmp_path, port, *words, scheme="https", trusted=trusted) as (code, link, client):
        assert client.get(link).status_code == 200
        url, began = f"https://127.0.0.1:{port}/?code={code}", time.monotonic()
        ran = rival_readings("join", url, "--text", home=tmp_path, typed="Amal\n")
        assert time.monotonic() - began < 20
        assert ran.code == 3
        assert "SSL_CERT_FILE" in ran.err
        ran = rival_readings("join", url, "--text", home=tmp_path, typed="Amal\n", SSL_CERT_FILE=str(cert))
        assert ran.code == 0, ran.err


def _is_usable(address):
    with closing(socket.socket(socket.AF_INET6)) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


@pytest.mark.skipif(not _is_usable("::1"), reason="no IPv6 here")
@pytest.mark.parametrize("bind", ["::1", "::"])
def test_an_address_of_ipv6_that_is_shown_answers(bind, tmp_path):
    with hosted(tmp_path, free_port(), "tutorial", bind=bind) as (code, link, client):
        assert client.base_url.host.count(":") > 1
        assert code in client.get(link).text


@pytest.mark.parametrize("bind", ["127.0.0.1", "localhost", "::1"])
def test_who_binds_to_this_machine_alone_is_told_that_nobody_else_can_join(bind, tmp_path, capfd):
    with hosted(tmp_path, free_port(), "tutorial", bind=bind):
        pass
    told = capfd.readouterr().err
    assert "leave out --bind" in told
    assert "Join a Wi-Fi" not in told
