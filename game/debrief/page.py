"""What is talked about after a game? One page that says what happened, why, and how it might have gone."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from game import __version__
from game.base.errors import ContentError
from game.debrief.charts import Series, chart
from game.debrief.lesson_public import paragraphs
from game.debrief.looking_back import answers_of, evidence_of, moments_of, reality_of, scores_by_person
from game.locale import _, direction, language, list_of, ngettext, number, speak
from game.locale.dates import dates_written
from game.play.citing import series
from game.play.ending import end_of
from game.play.retelling import course_of, luck_of, turning_points_of, under_readings
from game.play.table import Table
from game.play.texts import Texts, texts_of
from game.play.views import EndView
from game.play.wording import score_and_mark, shares_in_a_mix
from game.scenario.writing import write

LEFT_OUT: Final = 12
"""Orders that were not allowed under another reading, told at most."""


@cache
def environment() -> Environment:
    """Return what renders this floor's pages: everything escaped, nothing undefined."""
    found = Environment(
        loader=PackageLoader("game.debrief", "forms"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"_": _, "ngettext": ngettext, "number": number, "list_of": list_of, "series": series}
    found.globals["score_and_mark"] = score_and_mark
    found.filters |= {
        "signed": _signed,
        "percent": lambda share: f"\u200e{number(100 * share)}%",
        "hundred": lambda share: number(100 * share),
    }
    return found


def _signed(value: float, digits: int = 1) -> str:
    return "\u200e" + number(value, digits, signed=True)


def write_debrief(table: Table, lang: str, names: Mapping[str, str] | None = None) -> str:
    """Return the debrief of a game as one page that needs nothing but itself.

    Args:
        table: A game that is over.
        lang: The page's language.
        names: What to call participants, by id; who has none is counted.

    Raises:
        ContentError: The game is still running: the page would give its world away.
    """
    with speak(lang):
        if not table.game.over:
            raise ContentError(still_running())
        return environment().get_template("debrief.html.j2").render(**_content(table, names or {}))


def still_running() -> str:
    """Return why a running game has no debrief, and how to end it."""
    return _(
        "This game is still running: its debrief would give the world away. To end it now, go on with it by "
        "`play --text --resume FILE` and type: finish"
    )


def _content(table: Table, names: Mapping[str, str]) -> dict[str, Any]:
    game, ruleset = table.game, table.ruleset
    texts = texts_of(table.loaded, ruleset)
    scenario, end = texts.scenario, end_of(game, texts)
    own, others = course_of(game, texts), under_readings(game, texts)
    points = turning_points_of(game, texts)
    luck, endings = luck_of(game, texts)
    lang = language()
    people, then_and_here = scores_by_person(table, texts, names), answers_of(table, texts)
    questions = [*_own_questions(end, points, others), *scenario.debrief.values()]
    optional = {"predictions": people, "history": then_and_here or scenario.history, "questions": questions}
    return {
        "without": [name for name, content in optional.items() if not content],
        "lang": lang,
        "direction": direction(lang),
        "title": scenario.title,
        "roles": texts.roles,
        "people": table.people,
        "end": end,
        "world": _world(texts, end),
        "readings": [
            {
                "id": name,
                "analyst": item.analyst,
                "label": item.label,
                "leaves_out": item.leaves_out,
                "colour": texts.reading_colours[at],
            }
            for at, (name, item) in enumerate(scenario.readings.items())
        ],
        "moments": moments_of(game, texts, points),
        "reality": reality_of(table, texts),
        "evidence": evidence_of(table, texts),
        "mixed": shares_in_a_mix(end),
        "own": own,
        "others": others,
        "courses": _courses(texts, own, others, len(game.steps), [point.turn for point in points]),
        "most_left_out": LEFT_OUT,
        "points": points,
        "luck": luck,
        "endings": sorted(endings, key=lambda item: -item.share),
        "people_scores": people,
        "history": _history(table, texts),
        "then_and_here": then_and_here,
        "questions": questions,
        "seed": game.seed,
        "digest": table.loaded.digest,
        "scenario": table.loaded.id,
        "version": __version__,
        "turns": len(game.steps),
        "ended_early": game.ended,
        "paragraphs": paragraphs,
        "moved_texts": _moved_texts,
    }


def _world(texts: Texts, end: EndView) -> list[dict[str, Any]]:
    names = list(texts.scenario.readings)
    return [
        {"analyst": texts.scenario.readings[name].analyst, "label": texts.scenario.readings[name].label,
         "share": share, "place": names.index(name)}
        for name, share in end.world.items()
        if share > 0.0
    ]  # fmt: skip


def _courses(texts: Texts, own: Any, others: tuple[Any, ...], turns: int, marked: list[int]) -> list[Any]:
    """Return charts of the indicators on which the readings' courses lie furthest apart at the end."""
    ruleset = texts.ruleset
    apart = {
        item.id: max(other.values[item.id][-1] for other in others)
        - min(other.values[item.id][-1] for other in others)
        for item in ruleset.indicators
    }
    chosen = sorted(apart, key=lambda name: -apart[name])[:4]
    found = []
    for name in chosen:
        at = ruleset.indicator_at[name]
        item = ruleset.indicators[at]
        series = [Series(_("this game"), own.values[name], "real")]
        series += [
            Series(other.analyst, other.values[name], f"r{place % 6}", texts.reading_colours[place])
            for place, other in enumerate(others)
        ]
        ends = list_of([f"{line.name} {number(line.values[-1] or 0.0)}" for line in series])
        title = _("{indicator}: at the end {values}").format(indicator=texts.indicator(at), values=ends)
        found.append(
            {"label": texts.indicator(at), "chart": chart(title, series, item.low, item.high, turns, marked)}
        )
    return found


def _history(table: Table, texts: Texts) -> list[dict[str, Any]]:
    """Return what happened, what it means for each account, and this game's figures beside its own."""
    verdicts = {"for": _("for"), "against": _("against"), "open": _("open")}
    compiled = _measures(table)
    found = []
    for name, fact in texts.scenario.history.items():
        found.append(
            {
                "when": dates_written(fact.date, fact.until),
                "text": fact.text,
                "source": fact.source,
                "confidence": fact.confidence,
                "bears": [
                    {"analyst": texts.scenario.readings[reading].analyst, "verdict": verdicts[bearing.verdict],
                     "why": bearing.why or ""}
                    for reading, bearing in fact.bears_on.items()
                ],
                "values": compiled.get(name, []),
            }
        )  # fmt: skip
    return found


def _measures(table: Table) -> dict[str, list[dict[str, Any]]]:
    """Return, for facts with figures about seats, the figure as things went and this game's."""
    ruleset, game = table.ruleset, table.game
    texts = texts_of(table.loaded, ruleset)
    seats = {bloc.id: int(count) for bloc, count in zip(ruleset.blocs, game.state.seats[:, 0], strict=True)}
    labels = {bloc.id: texts.bloc(at) for at, bloc in enumerate(ruleset.blocs)}
    found: dict[str, list[dict[str, Any]]] = {}
    for name, fact in texts.scenario.history.items():
        rows = []
        for formula, value in fact.values.items():
            bloc = str(formula).removeprefix("seats.")
            if bloc in seats:
                rows.append({"label": labels[bloc], "then": value, "here": seats[bloc]})
        if rows:
            found[name] = rows
    return found


def _moved_texts(moved: tuple[tuple[str, float], ...]) -> list[str]:
    return [f"{label} {_signed(value)}" for label, value in moved]


def _own_questions(end: EndView, points: tuple[Any, ...], others: tuple[Any, ...]) -> list[dict[str, str]]:
    """Return questions that this game's own turning points raise."""
    asked = []
    for point in points:
        ask = _("In turn {turn} {role} chose: {move}. What did they expect of it, and what came?")
        if point.other_end:
            about = _("Without it the game would have ended so: {ending}").format(ending=point.title)
        else:
            about = _("It moved {moved}.").format(moved=list_of(_moved_texts(point.moved)))
        asked.append(
            {"ask": ask.format(turn=point.turn, role=point.role_label, move=point.label), "about": about}
        )
    different = [other for other in others if other.outcome != end.outcome]
    if different:
        ask = _(
            "Had {analyst} been right, the same orders would have ended in: {ending}. Who would be credited then?"
        )
        asked.append(
            {"ask": ask.format(analyst=different[0].analyst, ending=different[0].title), "about": ""}
        )
    return asked


def save_debrief(table: Table, lang: str, path: Path) -> None:
    """Write the debrief of a game that is over to a file.

    Raises:
        EnvironmentLacksError: It cannot be written.
    """
    write(path, write_debrief(table, lang).encode("utf-8"))
