"""Can a class play from the lesson kit, and does nothing on a student's sheet give the game away?"""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from game.base.errors import UsageError
from game.debrief.lesson import FEWEST, MOST, kit, write_kit
from game.debrief.lesson_plan import LEAST_TURN, clock, length, minutes_for, shared, timetable
from game.locale import speak
from game.scenario.library import shipped
from game.scenario.loading import Loaded, load, load_texts
from game.scenario.schema import Scenario

STUDENTS_OWN = ("seats", "cards", "brief", "readings", "prediction", "press", "observer", "debrief")
TURNS = (1, 2, 3, 6, 11, 30, 120)


@pytest.mark.parametrize("turns", TURNS)
def test_timings_add_up_in_every_length_that_is_offered(turns: int) -> None:
    least, most = minutes_for(turns)
    for minutes in range(least, most + 1):
        steps = timetable(minutes, turns)
        assert steps[0].start == 0
        assert all(step.end == after.start for step, after in pairwise(steps))
        assert steps[-1].end == 2 * minutes
        assert all(step.length >= 2 for step in steps)
        played = [step for step in steps if step.kind == "turn"]
        assert [step.turn for step in played] == list(range(1, turns + 1))
        assert all(step.length >= LEAST_TURN for step in played)
        assert played[0].length == max(step.length for step in played)


def test_half_minutes_are_said_as_seconds() -> None:
    assert [length(half) for half in (2, 5, 8)] == ["1 minute", "2 minutes and 30 seconds", "4 minutes"]


def test_a_lesson_that_tells_nothing_of_the_world_outside_keeps_its_length() -> None:
    steps = timetable(50, 11, outside=False)
    assert steps[-1].kind == "question"
    assert steps[-1].end == 100


def test_the_lessons_that_the_shipped_scenario_is_made_for_fit() -> None:
    for spec, minutes in (("baghdad-2021", 50), ("baghdad-2021:workshop", 25), ("baghdad-2021", 90)):
        least, most = minutes_for(load(spec).scenario.calendar.turns)
        assert least <= minutes <= most


def test_shares_are_whole_and_add_up() -> None:
    assert shared(10, (3, 2, 1), 1) == [5, 3, 2]
    assert sum(shared(101, (1,) * 7, 2)) == 101


def test_moments_are_read_like_a_clock() -> None:
    assert [clock(at) for at in (0, 1, 27, 100)] == ["0:00", "0:30", "13:30", "50:00"]


@pytest.mark.parametrize("students", range(4, 41))
def test_every_student_has_a_place(baghdad: Loaded, students: int) -> None:
    page = kit(baghdad, 50, students)["seats.html"]
    slips = page[page.index('<ul class="cut">') :]
    assert slips.count("<li>") == students
    per_room = Counter(re.findall(r"<strong>Room (\d+)</strong>", slips))
    assert max(per_room.values()) - min(per_room.values()) <= 1
    plan = page[: page.index('<section class="slips"')]
    assert plan.count('class="line"') == students
    assert plan.count("<caption>") == len(per_room)


def test_copies_are_enough(baghdad: Loaded) -> None:
    page = kit(baghdad, 50, 27)["index.html"]
    for copies in ("Washington 6", "27: one for each student", ">24<", ">3<"):
        assert copies in page


@pytest.mark.parametrize(("minutes", "students", "says"), [(10, 20, "34 to 173"), (999, 20, "34 to 173")])
def test_other_lengths_are_refused_with_the_range(
    baghdad: Loaded, minutes: int, students: int, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        kit(baghdad, minutes, students)


@pytest.mark.parametrize("students", [-3, 0, FEWEST - 1, MOST + 1])
def test_other_classes_are_refused_with_the_range(baghdad: Loaded, students: int) -> None:
    with pytest.raises(UsageError, match=f"{FEWEST} to {MOST}"):
        kit(baghdad, 50, students)


def test_the_largest_class_has_places(baghdad: Loaded) -> None:
    assert kit(baghdad, 50, MOST)["seats.html"].count("<caption>") == 125


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("spec", [*shipped(), "baghdad-2021:workshop"])
def test_every_scenario_has_a_kit_in_every_language(spec: str, lang: str) -> None:
    loaded = load(spec)
    minutes = minutes_for(loaded.scenario.calendar.turns)[0]
    with speak(lang):
        pages = kit(loaded, minutes, 9)
    assert set(pages) == {f"{name}.html" for name in ("index", "script", *STUDENTS_OWN)}
    for page in pages.values():
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in page
        assert loaded.in_language(lang).title in page.replace("&#39;", "'")
    assert f"--rooms {9 // len(loaded.scenario.roles)}" in pages["script.html"]


def edited(loaded: Loaded, **changes: tuple[str, str]) -> Loaded:
    """Return a scenario with a text of a file replaced, by the file's name without its ending."""
    files = dict(loaded.files)
    for name, (old, new) in changes.items():
        path = next(path for path in files if path.rpartition("/")[2] == f"{name}.yaml")
        assert old in files[path], (name, old)
        files[path] = files[path].replace(old, new)
    found = load_texts(files, loaded.id, None)
    assert found.ruleset is not None, found.findings
    return found


def test_no_sheet_depends_on_which_reading_is_true(baghdad: Loaded) -> None:
    chosen = edited(baghdad, scenario=("world: draw", "world: al_baydar"), al_basri=("prior: 1", "prior: 7"))
    assert kit(chosen, 50, 27) == {
        **kit(baghdad, 50, 27),
        "script.html": kit(baghdad, 50, 27)["script.html"].replace(baghdad.spec or "", chosen.id),
    }


def authors_secrets(scenario: Scenario) -> list[str]:
    """Return all texts that are for the debrief, for the facilitator or for bots."""
    found = [fact.text for fact in scenario.history.values()]
    found += [fact.source for fact in scenario.history.values()]
    found += [
        bearing.why for fact in scenario.history.values() for bearing in fact.bears_on.values() if bearing.why
    ]
    found += [item.about for item in scenario.debrief.values() if item.about]
    found += [item.text for item in scenario.injects.values()]
    found += [item.text for item in scenario.outcomes.values()]
    found += [event.text for event in scenario.events.values() if event.text]
    for reading in scenario.readings.values():
        found += [*reading.advice.values()]
        found += [reading.answers.credited, reading.answers.harvests] if reading.answers else []
        if reading.record:
            found += [*reading.record.borne_out, *reading.record.not_borne_out, *reading.record.argued]
    return found


def plain(page: str) -> str:
    return page.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_student_reads_what_is_for_later(baghdad: Loaded, lang: str) -> None:
    with speak(lang):
        pages = kit(baghdad, 50, 27)
    secrets = authors_secrets(baghdad.in_language(lang))
    assert len(secrets) > 100
    for name in ("index", *STUDENTS_OWN):
        page = plain(pages[f"{name}.html"])
        assert [secret for secret in secrets if secret in page] == [], name


def test_the_script_tells_the_facilitator_what_happened(baghdad: Loaded) -> None:
    page = plain(kit(baghdad, 50, 27)["script.html"])
    for fact in baghdad.scenario.history.values():
        assert fact.text in page
        assert fact.source in page
    assert "For the facilitator only" in page
    assert "0:00 to 2:00" in page
    assert "50:00" in page


def test_stretches_of_time_are_said_in_words_that_no_direction_of_writing_turns(baghdad: Loaded) -> None:
    with speak("ar"):
        page = plain(kit(baghdad, 50, 27)["script.html"])
    assert "من 0:00 إلى 2:00" in page
    assert not re.search(r"\d\s*[–-]\s*\d+:", page)


def test_hands_go_up_before_the_ending_names_the_account(baghdad: Loaded) -> None:
    script = plain(kit(baghdad, 50, 27)["script.html"])
    assert script.index("hands up for each account") < script.index("has named the account")


def test_a_card_tells_nothing_of_another_seat(baghdad: Loaded) -> None:
    page = plain(kit(baghdad, 50, 27)["cards.html"])
    sections = page.split("<section")[1:]
    for section, (name, role) in zip(sections, baghdad.scenario.roles.items(), strict=True):
        assert role.label in section
        own = {item.label for item in role.objectives.values()}
        for other_name, other in baghdad.scenario.roles.items():
            if other_name != name:
                assert not any(part in section for part in other.brief.split("\n\n"))
                assert not any(
                    item.label + ":" in section for item in other.objectives.values() if item.label not in own
                )
        for policy in baghdad.scenario.policies.values():
            assert (f">{policy.label}</th>" in section) == (policy.role == name)
        for agreement in baghdad.scenario.agreements.values():
            assert (f">{agreement.label}</th>" in section) == (name in agreement.between)


def test_every_claim_stands_with_its_paragraphs(baghdad: Loaded) -> None:
    page = plain(kit(baghdad, 50, 27)["readings.html"])
    for reading in baghdad.scenario.readings.values():
        for claim in reading.claims.values():
            assert claim.says in page
    assert "paragraphs 9 and 12; our inference" in page
    assert baghdad.scenario.sources["article"].title in page
    assert "None is given as right." in page


def test_a_sheet_holds_every_question_and_a_column_for_each_account(baghdad: Loaded) -> None:
    page = plain(kit(baghdad, 50, 27)["prediction.html"])
    for question in baghdad.scenario.questions.values():
        assert question.ask in page
    assert page.count('<td class="percent">%</td>') == 11 * (len(baghdad.scenario.readings) + 1)


def test_an_authors_marks_stay_text(baghdad: Loaded) -> None:
    mark = "<script>alert(1)</script><b>&"
    bad = edited(
        baghdad,
        scenario=('title: "Baghdad 2021: the strategic dialogue"', f"title: '{mark}'"),
        roles=('label: "Washington"', f"label: '{mark}'"),
        policies=('label: "Publish the schedule"', f"label: '{mark}'"),
        indicators=('label: "US combat forces"', f"label: '{mark}'"),
        al_basri=('says: "Attacks brought Washington to the table."', f"says: '{mark}'"),
        injects=('label: "Press conference"', f"label: '{mark}'"),
    )
    for name, page in kit(bad, 50, 27).items():
        assert "<script" not in page, name
        assert "<b>" not in page, name
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;&amp;" in page, name


def test_texts_without_a_translation_are_marked_as_such(baghdad: Loaded) -> None:
    files = {path: text for path, text in baghdad.files.items() if not path.startswith("text/")}
    alone = load_texts(files, baghdad.id, None)
    with speak("ar"):
        page = kit(alone, 50, 27)["brief.html"]
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h1 lang="en" dir="ltr">Baghdad 2021' in page


def test_nothing_is_fetched_from_elsewhere(baghdad: Loaded) -> None:
    for page in kit(baghdad, 50, 27).values():
        assert not re.search(r"(?:src|href)=\"(?!#|[a-z]+\.html\")|url\(|@import", page)


def test_only_a_new_or_empty_folder_is_written(baghdad: Loaded, tmp_path: Path) -> None:
    pages = kit(baghdad, 50, 27)
    write_kit(pages, tmp_path / "a" / "kit")
    assert {path.name for path in (tmp_path / "a" / "kit").iterdir()} == set(pages)
    (tmp_path / "empty").mkdir()
    write_kit(pages, tmp_path / "empty")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for taken in ("mine", "file", "link", "empty"):
        with pytest.raises(UsageError, match="exists already"):
            write_kit(pages, tmp_path / taken)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert not (tmp_path / "nowhere").exists()
