"""What is certain is put right in the files, and nothing else in them changes by a byte."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.base.errors import EnvironmentLacksError, UsageError
from game.scenario import fixing, library
from game.scenario.fixing import fix
from game.scenario.loading import load
from game.scenario.names import meant
from tests.scenario.tiny import TEXT

# What stands in the small scenario, what a slip makes of it; the fix makes what stood there before.
SLIPS: list[tuple[str, str]] = [
    ("    label: Trust\n", "    lable: Trust\n"),
    ("    label: Trust\n", "    Label: Trust\n"),
    ("    label: Trust\n", "    ｌabel: Trust\n"),
    ("    label: Trust\n", "    label:: Trust\n"),
    ("    label: Trust\n", "    label:Trust\n"),
    ("    label: Trust\n", "\tlabel: Trust\n"),
    ("    label: Trust\n    start: 50\n", "\t\tlabel: Trust\n\t\tstart: 50\n"),
    ("    label: Trust\n", "  \u00a0 label: Trust\n"),
    ("    label: Trust\n", "    label: Tr\u202eust\n"),
    ("  trust:\n", "\u200b  trust:\n"),
    ("    label: Trust\n", "    label: Tr\x00ust\n"),
    ("    start: 50\n", "    start: ٥٠\n"),
    ("rate: 0.1}", "rate: ٠٫١}"),
    ("by: -0.5, why", "by: −0.5, why"),
    ("step: half-month", "step: half_month"),
    ("step: half-month", "step: Half-Month"),
    ("shows: [trust, money]", "shows: [trust, mony]"),
    ("shows: [trust, money]", "shows: [trust,, money]"),
    ("caretaker: [sign.pact]", "caretaker: [sign.pakt]"),
    ("caretaker: [talk, protest.listen]", "caretaker: [talk, protest.lisen]"),
    ("default: wait", "default: wiat"),
    ('excludes: ["#loud"]', 'excludes: ["#luod"]'),
    ('broken_by: ["#loud", protest', 'broken_by: ["loud", protest'),
    ('broken_by: ["#loud", protest', "broken_by: [loud, protest"),
    ('{of: "#soft", change: anger', "{of: soft, change: anger"),
    ("cite: 1}\n", "cite: ١}\n"),
    ("  talk: {role: town", "  talk: {roel: town"),
    ("money > 10 and not before(vote)", "mony > 10 and not before(vote)"),
    ("money > 10 and not before(vote)", "money > 10 && not before(vote)"),
    ("money > 10 and not before(vote)", "money > 10&&! before(vote)"),
    ("money > 10 and not before(vote)", "money > 10 AND not befor(vote)"),
    ("money > 10 and not before(vote)", "money > 010 and not before(voet)"),
    ("money > 10 and not before(vote)", "money > ١٠ and not before(vote)"),
    ("anger >= 50", "anger => 50"),
    ("anger >= 50", "anger ≥ 50"),
    ("anger >= 50", "anger >== 50"),
    ("0.1 * (money - 20)", "0.1 × (money − 20)"),
    ("in_force(pact)", "pact"),
    ("happened(protest)", "protest"),
    ("of: seats.townsfolk", "of: townsfolk"),
    ("force: [leak, protest@3", "force: [leak, protst@3"),
    ("claims: [hopeful.talk_works]", "claims: [hopeful.talk_work]"),
    ("rule: spend>anger", "rule: spend>angr"),
    ("values: {seats.rebels: 9}", "valeus: {seats.rebels: 9}"),
]  # fmt: skip
# What a fix makes of a slip, where that is not what stood there before.
QUOTED: list[tuple[str, str, str]] = [
    ("    start: 50\n", "    start: '٥٠'\n", "    start: '50'\n"),
    ("    label: Trust\n", '    "lable": Trust\n', '    "label": Trust\n'),
    ("    brief: Keep calm.\n", "    brief: Keep: calm.\n", '    brief: "Keep: calm."\n'),
    ("    brief: Keep calm.\n", "    brief: @Keep calm.  # so\n", '    brief: "@Keep calm."  # so\n'),
    ("    brief: Keep calm.\n", "    brief: %Keep calm.\n", '    brief: "%Keep calm."\n'),
    ("    brief: Keep calm.\n", '    brief: "Keep" calm.\n', '    brief: "\\"Keep\\" calm."\n'),
    ("    brief: Keep calm.\n", "    brief: 'It's mine'\n", '    brief: "It\'s mine"\n'),
    ("    brief: Keep calm.\n", '    brief: "Say "no" now"\n', '    brief: "Say \\"no\\" now"\n'),
    ("    brief: Keep calm.\n", '    brief: "Yes" or "no"\n', '    brief: "\\"Yes\\" or \\"no\\""\n'),
    ("    brief: Keep calm.\n", '    brief: ""Keep calm.""\n', '    brief: "Keep calm."\n'),
    ("    brief: Keep calm.\n", '    brief: "Keep calm.\n', '    brief: "Keep calm."\n'),
    ("    brief: Keep calm.\n", "    brief: 'Keep calm.\n", "    brief: 'Keep calm.'\n"),
    ("    brief: Keep calm.\n", '    brief: "Keep\\calm."\n', '    brief: "Keep\\\\calm."\n'),
    ("    brief: Keep calm.\n", "    brief: *Keep calm\n", '    brief: "*Keep calm"\n'),
    ("    brief: Keep calm.\n", "    brief: !Keep calm\n", '    brief: "!Keep calm"\n'),
    ("    brief: Keep calm.\n", "    brief: “Keep calm.”\n", '    brief: "Keep calm."\n'),
    ("    brief: Keep calm.\n", "    brief: Keep\u2028calm.\n", "    brief: Keep calm.\n"),
]
# Nothing of this is certain.
UNSURE: list[tuple[str, str]] = [
    ("    label: Trust\n", "    owner: Trust\n"),
    ("    start: 50\n", "    start: 1,000\n"),
    ("    start: 50\n", "    start: 50%\n"),
    ("    start: 50\n", "    start: fifty\n"),
    ("    start: 50\n", "    start: 0x1F\n"),
    ("    start: 50\n", "    start: 1:30\n"),
    ("believes: hopeful", "believes: hope"),
    ("money > 10", "money ** 10"),
    ("money > 10", "money // 10"),
    ("    brief: Keep calm.\n", "    brief: Keep: calm\n      and quiet.\n"),
    ("    brief: Keep calm.\n", "    brief: &a Keep calm.\n    about: *a\n"),
    ("    brief: Keep calm.\n", "    brief: 'It's mine, you know\n"),
    ("    brief: Keep calm.\n", "    brief: 'The workers' union'\n"),
    ("    brief: Keep calm.\n", "    brief: 'It''s Tom's'\n"),
    ("    brief: Keep calm.\n", '    brief: "Say \\"no\\" "now""\n'),
    ("    label: Trust\n", "   label: Trust\n"),
    ("caretaker: [talk, protest.listen]", "caretaker: [marsh, protest.listen]"),
    ("  trust:\n    label: Trust\n", "  trust:\n    label: Trust\n    label: Trust\n"),
]  # fmt: skip


# A word, and the one name that it can only be a slip for among those there are; None where it may be another.
MEANT: list[tuple[str, list[str], str | None]] = [
    ("party_a_talks", ["party_b_talks"], None),
    ("party_a_talks", ["party_ab_talks"], None),
    ("party_talks", ["party_a_talks"], None),
    ("us_raid>later", ["uk_raid>later"], None),
    ("round_10", ["round_12"], None),
    ("vote2021", ["vote2025"], None),
    ("party_a_tlaks", ["party_a_talks", "party_b_talks"], None),
    ("party_a_tlaks", ["party_a_talks", "march"], "party_a_talks"),
    ("partya_talks", ["party_a_talks"], "party_a_talks"),
    ("half_month", ["half-month"], "half-month"),
    ("round_1o", ["round_10"], None),
]


def saved(folder: Path, text: str, name: str = "bridge.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def bent(old: str, new: str) -> str:
    assert TEXT.count(old) == 1 or old.endswith("\n"), old
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize(("old", "new"), SLIPS)
def test_a_slip_is_put_right(old: str, new: str, tmp_path: Path) -> None:
    path = saved(tmp_path, bent(old, new))
    fixed = fix(str(path))
    assert path.read_bytes().decode() == TEXT
    assert fixed.findings
    assert fixed.files == (path,)
    assert load(path).findings == ()


@pytest.mark.parametrize(("old", "new", "then"), QUOTED)
def test_quotes_are_put_right(old: str, new: str, then: str, tmp_path: Path) -> None:
    path = saved(tmp_path, bent(old, new))
    fix(str(path))
    assert path.read_bytes().decode() == bent(old, then)
    assert load(path).findings == ()


@pytest.mark.parametrize(("old", "new"), UNSURE)
def test_what_is_not_certain_is_left(old: str, new: str, tmp_path: Path) -> None:
    text = bent(old, new)
    path = saved(tmp_path, text)
    fixed = fix(str(path))
    assert (fixed.findings, fixed.files) == ((), ())
    assert path.read_bytes().decode() == text
    assert load(path).findings


@pytest.mark.parametrize(("word", "names", "then"), MEANT)
def test_another_word_or_number_in_a_name_is_no_slip(word: str, names: list[str], then: str | None) -> None:
    assert meant(word, names) == then


def test_a_renamed_policy_is_not_put_right_to_the_other_role_s(tmp_path: Path) -> None:
    text = TEXT.replace("talk", "party_a_talks").replace("shout", "party_b_talks")
    text = text.replace("  party_a_talks: {", "  party_a_speaks: {")
    path = saved(tmp_path, text)
    assert fix(str(path)).files == ()
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_all_slips_at_once_and_nothing_else_changes(end: str, mark: str, tmp_path: Path) -> None:
    text = TEXT.replace("\n", "   # remark\n", 1)
    slips = [("    label: Trust\n", "    lable: Trust   # so\n"), ("    start: 50\n", "    start: ٥٠\n")]
    slips += [("brief: Keep calm.", "brief: Keep: calm."), ("shows: [trust, money]", "shows: [trust,, mony]")]
    slips += [("cost: 1\n    when", "cost:1\n    when"), ("not before(vote)", "! befor(vote)")]
    for old, new in slips:
        text = text.replace(old, new, 1)
    path = saved(tmp_path, mark + text.replace("\n", end))
    before = path.read_bytes().split(b"\n")
    fixed = fix(str(path))
    after = path.read_bytes().split(b"\n")
    assert load(path).findings == ()
    assert len(before) == len(after)
    changed = [at + 1 for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert changed == sorted({finding.place.line for finding in fixed.findings})
    assert after[12].decode().rstrip("\r") == "    label: Trust   # so"


def test_two_of_the_same_meaning_are_left(tmp_path: Path) -> None:
    text = bent("    label: Trust\n", "    lable: Trust\n    labl: Trust\n")
    path = saved(tmp_path, text)
    fix(str(path))
    assert [finding.code for finding in load(path).findings].count("Y206") == 0


def test_translations_variants_and_sections_are_put_right(tmp_path: Path) -> None:
    head, _colon, rest = TEXT.partition("injects:\n")
    saved(tmp_path, head, "scenario.yaml")
    saved(tmp_path, "rumour: {lable: Rumour, text: A rumour.}\n", "injects.yaml")
    saved(tmp_path, "titel: الجسر\n", "text/ar.yaml")
    saved(
        tmp_path,
        "calendar: {turns: ٤, dates: {late: null}}\npolicies: {shuot: null}\n",
        "variants/short.yaml",
    )
    assert rest
    fixed = fix(str(tmp_path))
    assert sorted(path.name for path in fixed.files) == ["ar.yaml", "injects.yaml", "short.yaml"]
    assert (tmp_path / "text/ar.yaml").read_text(encoding="utf-8") == "title: الجسر\n"
    assert "turns: 4" in (tmp_path / "variants/short.yaml").read_text()
    assert "{shout: null}" in (tmp_path / "variants/short.yaml").read_text()


def test_a_variant_changes_nothing_in_a_faultless_scenario(tmp_path: Path) -> None:
    scenario = saved(tmp_path, TEXT.replace("march", "shouts"), "scenario.yaml")
    before = scenario.read_bytes()
    variant = saved(tmp_path, "policies: {shout: null}\ncalendar: {turns: ٦}\n", "variants/short.yaml")
    translation = saved(tmp_path, "titel: Le pont\n", "text/fr.yaml")
    for spec in (str(tmp_path), f"{tmp_path}:short"):
        fix(spec)
        assert scenario.read_bytes() == before
        assert "{turns: 6}" in variant.read_text(encoding="utf-8")
        assert translation.read_text(encoding="utf-8").startswith("title:")
    assert {item.severity for item in load(scenario).findings} == {"warning"}
    left = load(f"{tmp_path}:short").findings
    assert {(item.code, item.edit) for item in left if item.severity == "error"} == {("R501", None)}


def test_scenarios_that_come_with_the_game_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="copy"):
        fix("baghdad-2021")
    path = saved(tmp_path, bent("    label: Trust\n", "    lable: Trust\n"))
    monkeypatch.setattr(library, "is_installed", lambda _path: True)
    with pytest.raises(UsageError, match="copy"):
        fix(str(path))
    assert "lable" in path.read_text(encoding="utf-8")


def test_a_file_that_someone_else_changes_meanwhile_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, bent("    label: Trust\n", "    lable: Trust\n"))
    rounds = fixing._rounds

    def meanwhile(found: fixing.Gathered) -> object:
        yield from rounds(found)
        path.write_text("mine", encoding="utf-8")

    monkeypatch.setattr(fixing, "_rounds", meanwhile)
    with pytest.raises(UsageError, match="changed by someone else"):
        fix(str(path))
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_that_cannot_be_written_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="this system has no limit on the size of files")
    path = saved(tmp_path, bent("    label: Trust\n", "    lable: Trust\n"))
    before, (soft, hard) = path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(EnvironmentLacksError, match="cannot be written"):
            fix(str(path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_file_keeps_its_mode_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = saved(tmp_path, bent("    label: Trust\n", "    lable: Trust\n"))
    path.chmod(0o640)
    fix(str(path))
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@given(data=st.data())
def test_a_fix_never_makes_a_file_worse(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands in a file, fixing it ends, touches only lines with findings, and a second time does nothing."""
    at = data.draw(st.integers(0, len(TEXT)))
    put_in = "".join(
        data.draw(st.lists(st.sampled_from([*"\t\n \"'[]{}:#&*!,٣ab", "\u202e", "\u00a0"]), max_size=4))
    )
    text = TEXT[:at] + put_in + TEXT[at + data.draw(st.integers(0, 3)) :]
    path = saved(tmp_path_factory.mktemp("fix"), text)
    lines = path.read_bytes().split(b"\n")
    fixed = fix(str(path))
    after = path.read_bytes().split(b"\n")
    assert len(lines) == len(after)
    touched = {number + 1 for number, (old, new) in enumerate(zip(lines, after, strict=True)) if old != new}
    assert touched <= {finding.place.line for finding in fixed.findings}
    assert fix(str(path)).files == ()
