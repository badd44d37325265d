"""What does `balance -o FILE` write? One page for a browser, which needs nothing but itself."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined

from game.locale import _, direction, language, ngettext, number
from game.scenario.loading import Loaded

Rows: TypeAlias = Sequence[Sequence[str]]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("game.cli", "forms"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html_of(loaded: Loaded, document: Mapping[str, Any], parts: Iterable[tuple[str, Rows]]) -> str:
    """Return a scenario's balance as a page in the current language.

    Args:
        loaded: The scenario.
        document: Its figures, as `balance --json` prints them.
        parts: The tables, each with its title; the first row heads the columns.
    """
    lang = language()
    scenario = loaded.in_language(lang)
    lines = document["lines"]
    template = _environment().get_template("balance.html.j2")
    return template.render(
        lang=lang,
        direction=direction(lang),
        title=_("Balance: {scenario}").format(scenario=scenario.title),
        scenario=document["scenario"],
        digest=loaded.digest,
        games=document["games"],
        readings=[
            {"id": name, "label": f"{scenario.readings[name].analyst}: {scenario.readings[name].label}"}
            for name in document["readings"]
        ],
        shortfalls=document["shortfalls"],
        parts=[_part(title, rows) for title, rows in parts],
        reach=_reach(document, {name: item.label for name, item in scenario.indicators.items()}),
        never=[item for item in lines if item["reason"]],
        files=[
            {"name": name, "lines": list(items)}
            for name, items in groupby(lines, key=lambda item: item["file"])
        ],
        kinds=_kinds(),
        percent=lambda share: number(100 * share, 1),
        _=_,
        ngettext=ngettext,
    )


def _kinds() -> dict[str, str]:
    return {
        "policy": _("policy"),
        "answer": _("answer"),
        "event": _("event"),
        "agreement": _("agreement"),
        "outcome": _("ending"),
        "effect": _("effect"),
    }


def _part(title: str, rows: Rows) -> dict[str, Any]:
    """Return a table: its heading, what its figures mean, and its cells, each a list of figures."""
    head, _colon, rest = title.partition(":")
    meanings = [item.strip() for item in re.split("[;؛]", rest)] if rest else []
    header, *body = rows
    return {
        "heading": head,
        "meanings": meanings,
        "header": header[1:],
        "rows": [{"name": row[0], "cells": [cell.split("; ") for cell in row[1:]]} for row in body],
    }


def _reach(document: Mapping[str, Any], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return how far each indicator went in games between bots: from, to, by reading."""
    found = []
    for name, by_reading in document["reach"]["bots"].items():
        cells = [
            {
                "low": low,
                "high": high,
                "text": _("{first} to {last}").format(first=number(low), last=number(high)),
            }
            for low, high in by_reading.values()
        ]
        found.append({"name": labels[name], "cells": cells})
    return found
