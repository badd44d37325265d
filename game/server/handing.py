"""How are orders, drafts and predictions handed in? By a request each, or by the socket that is open already."""

import asyncio
import json
from concurrent.futures import Future
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.locale import LANGUAGES, _
from game.play.orders import Order, Prediction, Refused
from game.server.asking import ask
from game.session.host import Host
from game.session.stream import Answer


class Handed(BaseModel):
    """The body of `POST /api/draft` and `POST /api/confirm`; the same key has one effect however often it comes."""

    model_config = ConfigDict(extra="forbid")

    order: Order
    key: str | None = Field(default=None, max_length=64)


class Predicted(BaseModel):
    """The body of `POST /api/predict`."""

    model_config = ConfigDict(extra="forbid")

    prediction: Prediction
    key: str | None = Field(default=None, max_length=64)


class HandedIn(BaseModel):
    """What comes by a socket: `order` with `draft` and `confirm`, `prediction` with `predict`."""

    model_config = ConfigDict(extra="forbid")

    do: Literal["draft", "confirm", "predict"]
    key: str = Field(min_length=1, max_length=64)
    lang: str = Field(default=LANGUAGES[0], max_length=8)
    order: Order | None = None
    prediction: Prediction | None = None


async def hand_over(host: Host, token: str, message: str) -> str:
    """Hand in what came by a socket; return what goes back by it.

    That is `answer` with JSON: its `key`, null where there is none to be read, and the `answer`.
    """
    try:
        handed = HandedIn.model_validate_json(message)
    except ValidationError:
        return _told(None, _malformed())
    lang = handed.lang if handed.lang in LANGUAGES else LANGUAGES[0]

    def work() -> "Future[Answer] | Refused":
        host.seen(token)
        if handed.do == "predict" and handed.prediction is not None:
            return host.predict_soon(token, handed.prediction, handed.key, lang)
        if handed.do == "draft" and handed.order is not None:
            return host.draft_soon(token, handed.order, handed.key, lang)
        if handed.do == "confirm" and handed.order is not None:
            return host.confirm_soon(token, handed.order, handed.key, lang)
        return _malformed()

    found = await ask(lang, work, at_once=host.is_free(token))
    answer = await asyncio.wrap_future(found) if isinstance(found, Future) else found
    return _told(handed.key, answer)


def _told(key: str | None, answer: Answer) -> str:
    return f'answer {{"key":{json.dumps(key)},"answer":{answer.model_dump_json()}}}'


def _malformed() -> Refused:
    return Refused(code="malformed", reason=_("This request cannot be understood."))
