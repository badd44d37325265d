"""Real scenarios, damaged at random: no damage is fatal, and whatever is refused has a position."""

import json
import os
import re
from collections.abc import Callable, Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.locale import speak
from game.scenario.files import Gathered
from game.scenario.findings import Finding, github_lines, has_errors, json_problems, json_text, text_lines
from game.scenario.loading import Loaded, load, load_files
from tests.scenario.smallest import FILES
from tests.scenario.tiny import TEXT

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
EXAMPLES = 100_000 if IS_LONG else 2_000

SHORT = "pace: 3/2\ntitle: Short\ncalendar: {turns: 4, dates: {late: null}}\npolicies: {talk: {cost: 1}, shout: ~}\n"
ARABIC = "title: الجسر\nindicators: {trust: {label: الثقة}}\nalways: {trust: الوقت}\nvariants: {short: {title: قصير}}\n"
SMALL = {**FILES, "text/ar.yaml": "title: الجسر\npolicies: {talk: {label: كلام}}\n"}
WHOLE = {"scenario.yaml": TEXT, "text/ar.yaml": ARABIC, "variants/short.yaml": SHORT}
POOL: list[Mapping[str, str]] = [
    SMALL,
    SMALL,
    SMALL,
    WHOLE,
    WHOLE,
    load("template").files,
    load("tutorial").files,
]
if IS_LONG:
    POOL.append(load("baghdad-2021").files)

ODD = st.sampled_from(
    [
        *"\t\n\r \"'[]{}:#&*!|>-%@`,?~=<",
        "\r\n",
        ": ",
        "- ",
        " #",
        "<<: ",
        "null",
        "no",
        "010",
        "1:30",
        ".nan",
        "1e999",
        "٣",
        "\u202e",
        "\xa0",
        "\u200b",
        "\u2028",
        "\ufeff",
        "\x00",
        "\x1b[2J",
        "“",
        "،",
        "−",
        "а",
        "ｔ",
        "𝄞",
        "�",
        "!!python/object/apply:os.system [x]",
        "*a",
        "&a ",
        "---\n",
        "...\n",
        "%YAML 9.9\n",
        "[" * 30,
        "{a: " * 30,
        "9" * 400,
    ]
)
FORMULAS = st.sampled_from(
    [
        "__import__('os')",
        "trust.__class__",
        "9**9**9",
        "exp(exp(exp(99)))",
        "1/0",
        "0/0",
        "log(-1)",
        "trust % 0",
        "(((",
        ")",
        "a if b else c",
        "lambda: 1",
        "not " * 40 + "1",
        "-" * 200 + "1",
        "f'{1}'",
        "[1]",
        "trust == = 3",
        "1 2",
        ",",
        "played(talk",
        "happened()",
        "before(vote, vote)",
        "min()",
        "clamp(1,2)",
        "seats",
        "seats.",
        "turn turn",
        "٣ + ٤",
    ]
)
FORMULA = re.compile(r'"[^"\n]*[-+*/<>=(][^"\n]*"')
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
WORD = re.compile(r"[a-z_]{2,}")


def _spot(draw: Callable[..., int], text: str) -> int:
    return draw(st.integers(0, len(text)))


def _pick(draw: Callable[..., int], pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[draw(st.integers(0, len(found) - 1))] if found else None


def _replaced(text: str, found: re.Match[str] | None, new: str) -> str:
    return text if found is None else text[: found.start()] + new + text[found.end() :]


def _lines_moved(draw: Callable[..., int], text: str) -> str:
    """Return a text with a line left out, doubled, moved or indented otherwise."""
    lines = text.splitlines(keepends=True) or [""]
    at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    kind = draw(st.integers(0, 4))
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(to, lines[at])
    elif kind == 2:
        lines.insert(to, lines.pop(at))
    elif kind == 3:
        lines[at] = " " * draw(st.integers(0, 9)) + lines[at].lstrip(" ")
    else:
        lines[at] = lines[at].replace(" ", "\t", 1)
    return "".join(lines)


def _damaged(draw: Callable[..., object], text: str) -> str:
    """Return a text with one thing wrong."""
    ints: Callable[..., int] = draw  # type: ignore[assignment]
    kind = ints(st.integers(0, 8))
    at = _spot(ints, text)
    if kind == 0:
        return text[:at]
    if kind == 1:
        return text[:at] + text[at + ints(st.integers(1, 60)) :]
    if kind == 2:
        return text[:at] + str(draw(ODD)) + text[at:]
    if kind == 3:
        return _lines_moved(ints, text)
    if kind == 4:
        return _replaced(text, _pick(ints, FORMULA, text), json.dumps(draw(FORMULAS), ensure_ascii=False))
    if kind == 5:
        return _replaced(text, _pick(ints, NUMBER, text), str(draw(st.floats() | st.integers() | ODD)))
    if kind == 6:
        other = _pick(ints, WORD, text)
        return _replaced(text, _pick(ints, WORD, text), other[0] if other is not None else "x")
    if kind == 7:
        found = _pick(ints, WORD, text)
        return _replaced(text, found, found[0][::-1] if found is not None else "")
    return text[:at] + str(draw(st.text(max_size=8))) + text[at:]


@st.composite
def scenarios(draw: Callable[..., object]) -> dict[str, bytes]:
    """Return the files of a scenario, some of them damaged."""
    files = dict(draw(st.sampled_from(POOL)))  # type: ignore[call-overload]
    for _damage in range(draw(st.integers(1, 4))):  # type: ignore[call-overload]
        path = str(draw(st.sampled_from(sorted(files))))
        files[path] = _damaged(draw, files[path])
    contents = {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()}
    if not draw(st.integers(0, 9)):
        path = str(draw(st.sampled_from(sorted(contents))))
        at = int(draw(st.integers(0, len(contents[path]))))  # type: ignore[call-overload]
        contents[path] = (
            contents[path][:at] + bytes(draw(st.binary(min_size=1, max_size=4))) + contents[path][at:]
        )  # type: ignore[call-overload]
    return contents


def looked_at(contents: Mapping[str, bytes], variant: str | None) -> Loaded:
    return load_files(Gathered("x", variant, dict(contents), {path: f"x/{path}" for path in contents}))


def is_told(findings: tuple[Finding, ...], texts: Mapping[str, str]) -> None:
    for finding in findings:
        place = finding.place
        assert place.line >= 1
        assert 1 <= place.column <= len(place.text) + 1
        assert place.end_column > place.column
        assert finding.message
        assert "{" not in finding.code + finding.severity
        if finding.edit is not None:
            text = texts[place.file.removeprefix("x/")]
            assert 0 <= finding.edit.start <= finding.edit.end <= len(text)
            assert text[finding.edit.start : finding.edit.end] != finding.edit.text
    assert len(text_lines(findings)) < 300
    assert len(json.loads(json_text(json_problems(findings)))) == len(findings)
    assert len(github_lines(findings)) == len(findings)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.sampled_from(["en", "ar"]))
def test_no_damage_is_fatal_and_all_has_a_position(contents: dict[str, bytes], lang: str) -> None:
    with speak(lang):
        whole = looked_at(contents, None)
        found = [whole, *(looked_at(contents, variant) for variant in whole.variants)]
        for loaded in found:
            is_told(loaded.findings, loaded.files)
            assert (loaded.ruleset is None) == has_errors(loaded.findings)
            if loaded.ruleset is not None:
                for language in loaded.languages:
                    assert loaded.in_language(language).title
