"""Are differences told in the words of the format, and no others?"""

from pathlib import Path

from game.scenario.authoring.differences import differences
from game.scenario.loading import load
from tests.scenario.authoring.scenarios import begun

CHANGES = {
    "    cost: 1\n": "    cost: 3\n",
    "side_1: high": "side_1: low",
    "turns: 6": "turns: 7",
    "  - {of: side_1_insists, change: trust, times: 2}": "  - {of: side_1_insists, change: trust, times: 3}",
    "    chance: 0.15\n": "    chance: 0.2\n    when: turn > 1\n",
    '"A rumour goes round"}': '"Somebody says so"}',
    "outcomes:\n": 'outcomes:\n  calm:\n    when: "tension < 20"\n    title: "Calm"\n    text: "Quiet."\n',
}


def edited(folder: Path, changes: dict[str, str]) -> Path:
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return folder


def test_every_difference_is_told_once(tmp_path: Path) -> None:
    before = load(begun(tmp_path / "a"))
    after = load(edited(begun(tmp_path / "b"), CHANGES))
    found = differences(before, after)
    assert list(map(str, found.changes)) == [
        "added: the ending 'calm' \"Calm\"",
        "the section 'calendar': turns 6 -> 7",
        "the indicator 'trust': better.side_1 high -> low",
        "the policy 'side_1_talks': cost 1 -> 3",
        "the event 'rumour': chance 0.15 -> 0.2",
        "the claim 'insisting.insisting_moves': scale.side_1_insists>trust.times 2 -> 3",
        "the event 'rumour': when nothing -> turn > 1",
    ]
    texts = {item.language: (item.changed, item.new, item.gone) for item in found.texts}
    assert texts == {"en": (1, 2, 0), "ar": (0, 2, 0)}


def test_the_other_way_round_says_the_opposite(tmp_path: Path) -> None:
    before = load(edited(begun(tmp_path / "a"), CHANGES))
    found = differences(before, load(begun(tmp_path / "b")))
    lines = list(map(str, found.changes))
    assert lines[0] == "removed: the ending 'calm' \"Calm\""
    assert "the event 'rumour': when turn > 1 -> nothing" in lines


def test_layout_defaults_and_other_spellings_are_no_difference(tmp_path: Path) -> None:
    plain = {
        "    cost: 1\n": "    cost: 1.0   # one\n",
        "    once: true\n": "    once: yes\n",
        "    slots: 2\n": "",
    }
    found = differences(load(begun(tmp_path / "a")), load(edited(begun(tmp_path / "b"), plain)))
    assert (found.changes, found.texts) == ((), ())


def test_the_order_of_endings_is_told(tmp_path: Path) -> None:
    folder = begun(tmp_path / "b")
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    high, low, middle = (text.index(f"\n  {name}:") for name in ("high", "low", "middle"))
    swapped = text[:high] + text[low:middle] + text[high:low] + text[middle:]
    path.write_text(swapped, encoding="utf-8")
    (change,) = differences(load(begun(tmp_path / "a")), load(folder)).changes
    assert str(change) == "the section 'outcomes': in another order, high, low, middle -> low, high, middle"


def test_a_variant_is_told_apart_from_its_scenario() -> None:
    found = differences(load("baghdad-2021"), load("baghdad-2021:workshop"))
    lines = list(map(str, found.changes))
    assert "the section 'calendar': turns 11 -> 6" in lines
    assert all(len(line) < 400 for line in lines)
