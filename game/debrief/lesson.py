"""What does a class need on paper to play a scenario? Cards, sheets, a plan of seats and a script with timings.

Nothing that a student receives says which reading is true, or what happened; only the script does the latter.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shlex import quote
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from game.base.errors import UsageError
from game.debrief.lesson_cards import card_of
from game.debrief.lesson_plan import clock, length, minutes_for, timetable
from game.debrief.lesson_public import accounts_of, cited, paragraphs, turns_of
from game.engine.ruleset import Ruleset
from game.locale import _, direction, language, list_of, ngettext
from game.locale.dates import dates_written, period
from game.play.dealing import Place, Post, places, rooms_for
from game.play.texts import Texts, texts_of
from game.scenario.loading import Loaded
from game.scenario.writing import writable

FEWEST: Final = 2
MOST: Final = 500
"""Students that a lesson is planned for: what a group session can hold."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of the kit.

    Attributes:
        name: Its name without the ending, which is also its template's.
        title: What it is called.
        use: Who gets it, and what for.
        copies: How many to print.
        secret: Whether students must not see it.
    """

    name: str
    title: str
    use: str
    copies: str
    secret: bool = False

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.html"


def check(ruleset: Ruleset, minutes: int, students: int) -> None:
    """Refuse a lesson that cannot be planned well.

    Raises:
        UsageError: Its minutes or students are out of range.
    """
    if not FEWEST <= students <= MOST:
        message = _("a lesson is for {least} to {most} students, not {n}")
        raise UsageError(message.format(least=FEWEST, most=MOST, n=students))
    least, most = minutes_for(ruleset.turns)
    if not least <= minutes <= most:
        message = ngettext(
            "{turns} turn and a debrief fill {least} to {most} minutes, not {n}: choose another length or "
            "another variant of the scenario",
            "{turns} turns and a debrief fill {least} to {most} minutes, not {n}: choose another length or "
            "another variant of the scenario",
            ruleset.turns,
        )
        raise UsageError(message.format(turns=ruleset.turns, least=least, most=most, n=minutes))


def kit(loaded: Loaded, minutes: int, students: int) -> Mapping[str, str]:
    """Return the pages of a lesson kit by their files' names, in the current language.

    Args:
        loaded: The scenario, without errors.
        minutes: How long the lesson is.
        students: How many take part.

    Raises:
        UsageError: The minutes or the students are out of range.
    """
    ruleset = loaded.compiled
    check(ruleset, minutes, students)
    texts = texts_of(loaded, ruleset)
    dealt = places(students, rooms_for(students, len(ruleset.role_at)), tuple(ruleset.role_at))
    per_role = Counter(place.role for place in dealt if place.role is not None)
    per_post = Counter(place.post for place in dealt)
    sheets = _sheets(texts, students, per_role, per_post)
    common = _common(texts, minutes, students, len({place.room for place in dealt}))
    pages = {}
    for sheet in sheets:
        own: dict[str, Any] = {}
        if sheet.name == "script":
            outside = _tells_outside(texts)
            own = {"steps": timetable(minutes, ruleset.turns, outside=outside), "scenario": texts.scenario}
            own["cited"] = lambda cites: cited(texts, cites)
            own |= {
                "clock": clock,
                "length": length,
                "when": dates_written,
                "spec": quote(loaded.spec or loaded.id),
            }
        elif sheet.name == "seats":
            own = {"rooms": _rooms(texts, dealt), "dealt": dealt}
        elif sheet.name == "cards":
            own = {"cards": [(card_of(texts, role), per_role[role]) for role in ruleset.role_at]}
        template = _environment().get_template(f"lesson_{sheet.name}.html.j2")
        pages[sheet.file] = template.render(sheet=sheet, sheets=sheets, **common, **own)
    return pages


def write_kit(pages: Mapping[str, str], folder: Path) -> None:
    """Write a kit into a new or empty folder.

    Raises:
        UsageError: Something stands there already.
        EnvironmentLacksError: It cannot be written.
    """
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        message = _("{path} exists already and is not overwritten: name a new folder")
        raise UsageError(message.format(path=folder))
    with writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(page)


def _sheets(
    texts: Texts, students: int, per_role: Counter[str], per_post: Counter[Post]
) -> tuple[Sheet, ...]:
    all_of_them = _("{n}: one for each student").format(n=students)
    of_roles = list_of([f"{label} {per_role[name]}" for name, label in texts.roles.items()])
    return (
        Sheet("index", _("Lesson kit"), "", ""),
        Sheet("script", _("Facilitator's script"), _("You alone."), "1", secret=True),
        Sheet("seats", _("Rooms and seats"), _("The plan for you; the slips to cut and to draw."), "1"),
        Sheet("cards", _("Role cards"), _("Everybody on a seat gets the card of their role."), of_roles),
        Sheet("brief", _("The crisis"), _("Everybody, to read first."), all_of_them),
        Sheet("readings", _("The accounts"), _("Everybody, to keep at hand while playing."), all_of_them),
        Sheet(
            "prediction",
            _("Prediction sheet"),
            _("Everybody on a seat, each alone."),
            str(per_post["seat"]),
        ),
        Sheet(
            "press",
            _("Press sheet"),
            _("The press."),
            str(max(1, per_post["press"])),
        ),
        Sheet(
            "observer",
            _("Observer's sheet"),
            _("Observers, and whoever does not want to play."),
            str(max(1, per_post["observer"])),
        ),
        Sheet("debrief", _("Debrief questions"), _("Everybody, after the game."), all_of_them),
    )


def _common(texts: Texts, minutes: int, students: int, rooms: int) -> dict[str, Any]:
    """Return what every page may show: what all may know before they play."""
    scenario, loaded = texts.scenario, texts.loaded
    own = loaded.languages[0]
    told = Markup(' lang="{lang}" dir="{dir}"').format(lang=own, dir=direction(own))
    return {
        "lang": language(),
        "direction": direction(language()),
        "told": "" if language() in loaded.languages else told,
        "title": scenario.title,
        "about": paragraphs(scenario.about),
        "leaves_out": scenario.leaves_out,
        "roles": texts.roles,
        "indicators": tuple((item.label, item.about or "") for item in scenario.indicators.values()),
        "accounts": accounts_of(texts),
        "questions": tuple(item.ask for item in scenario.debrief.values()),
        "sources": tuple(scenario.sources.values()),
        "turns": turns_of(texts),
        "minutes": minutes,
        "students": students,
        "room_count": rooms,
        "period": period,
    }


def _tells_outside(texts: Texts) -> bool:
    """Return whether the scenario says how things went outside the game."""
    records = (reading.record for reading in texts.scenario.readings.values())
    return bool(texts.scenario.history) or any(record is not None for record in records)


def _rooms(texts: Texts, dealt: list[Place]) -> list[dict[str, Any]]:
    """Return each room with the number of people on each seat, at the press and observing."""
    rooms = []
    for number in sorted({place.room for place in dealt}):
        here = [place for place in dealt if place.room == number]
        seats = Counter(place.role for place in here if place.role is not None)
        posts = Counter(place.post for place in here)
        rooms.append(
            {
                "number": number,
                "seats": [(label, seats[name]) for name, label in texts.roles.items()],
                "press": posts["press"],
                "observers": posts["observer"],
            }
        )
    return rooms


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("game.debrief", "forms"),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.globals |= {"_": _, "ngettext": ngettext, "list_of": list_of}
    return found
