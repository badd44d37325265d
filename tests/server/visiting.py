"""Somebody who visits the pages by plain forms."""

import re
import time

import httpx

from game.session.api import Act


class Visitor:
    """Somebody with a browser that runs no script."""

    def __init__(self, served, lang="en"):
        self.client = httpx.Client(
            base_url=served.url, follow_redirects=True, headers={"Accept-Language": lang}, timeout=30
        )
        served.clients.append(self.client)
        self.page = self.client.get("/")

    def get(self, path):
        self.page = self.client.get(path)
        return self.page

    def form_key(self):
        return re.search(r'name="form_key" value="([^"]+)"', self.page.text).group(1)

    def post(self, path, **fields):
        self.page = self.client.post(path, data={"form_key": self.form_key(), **fields})
        return self.page

    def join(self, served, name, seat):
        self.post("/join", code=served.code, nickname=name, lang="en")
        return self.post("/claim", seat=f"1.{seat}")

    def order(self, *moves, do="confirm", turn=1, key=None):
        key = key or f"k{turn}{do}{len(moves)}"
        return self.post("/order", do=do, turn=str(turn), move=list(moves), key=key)


def written(get, path="/debrief"):
    """Return a page as whoever waits for it gets it; the host says meanwhile that it is being written."""
    until = time.monotonic() + 60
    while (page := get(path)).status_code == 202:
        assert time.monotonic() < until
        time.sleep(int(page.headers["Refresh"]) / 10)
    return page


def start(served):
    served.host.act(served.facilitator, Act(kind="start"))


def policies(page):
    return re.findall(r'name="move" value="([^"]+)"', page.text)


def joined(served, name):
    visitor = Visitor(served)
    visitor.post("/join", code=served.code, nickname=name, lang="en")
    who = next(
        item for item in served.host.overview(served.facilitator).participants if item.nickname == name
    )
    return visitor, who.id


def act(host, kind, **what):
    host.get("/facilitator")
    return host.post("/facilitator/act", kind=kind, **what)
