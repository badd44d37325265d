"""Draw the README's pictures of a group session anew: python -m tests.server.pictures [FOLDER]"""

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pygame

from game.play.orders import Order
from game.scenario.loading import load
from game.session.api import Act, Settings
from tests import browser
from tests.server.phoning import Phone
from tests.server.serving import serving

_FOLDER = Path(__file__).parents[2] / "assets" / "session"
_PEOPLE = (("Amal", "باسم", "Dina", "Emad"), ("Farah", "Ghassan", "Hala", "Idris"))
_SHOWN_TURN = 4
_SEED = 5
_PHONE = {"width": 360, "height": 780}
_PARTS = ("", "#where", "#order")
_GAP = 12
_DESK = {"width": 1280, "height": 860}


def draw(folder: Path) -> None:
    """Play two rooms to a turn in which some have handed in, and take a phone and the facilitator's page."""
    scenario = load("baghdad-2021")
    roles = list(scenario.compiled.role_at)
    with (
        TemporaryDirectory() as store,
        browser.chromium() as opened,
        serving(Path(store), scenario, rooms=len(_PEOPLE), settings=Settings(), seed=_SEED) as served,
    ):
        tokens = {}
        for room, names in enumerate(_PEOPLE, start=1):
            for role, name in zip(roles, names, strict=True):
                token = tokens[room, role] = served.host.join(served.code, name).token
                served.host.claim(token, room, role)
                served.host.present(token, 1)
        served.host.act(served.facilitator, Act(kind="start"))
        for turn in range(1, _SHOWN_TURN + 1):
            for (room, role), token in tokens.items():
                if turn < _SHOWN_TURN or (room, role) not in ((1, roles[0]), (1, roles[1])):
                    view = served.host.view(token, "en")
                    move = next(item.id for item in view.policies if item.available)
                    served.host.confirm(token, Order(turn=turn, moves=(move,)))
        served.host.send(tokens[2, roles[2]], "facilitator", "Help, we are stuck")
        phone = Phone(opened, served, size=_PHONE)
        phone.context.add_cookies([{"name": "seat", "value": tokens[1, roles[0]], "url": served.url}])
        _take(phone, folder / "phone.png")
        phone.close()  # so that everybody has one device
        desk = Phone(opened, served, size=_DESK).go(f"/facilitator/enter/{served.facilitator}")
        desk.page.screenshot(path=folder / "facilitator.png")
        desk.close()


def _take(phone: Phone, path: Path) -> None:
    """Take parts of a phone's page, side by side."""
    size = (_PHONE["width"], _PHONE["height"])
    picture = pygame.Surface(((size[0] + _GAP) * len(_PARTS) - _GAP, size[1]))
    picture.fill("white")
    for place, part in enumerate(_PARTS):
        taken = phone.go(f"/play{part}").page.screenshot()
        picture.blit(pygame.image.load(BytesIO(taken), ".png"), (place * (size[0] + _GAP), 0))
    pygame.image.save(picture, path)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
