"""A scalar means what its field says, not what YAML would guess."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from game.scenario.schema import values
from game.scenario.schema.colour import Colour
from game.scenario.schema.values import shorten

READ: list[tuple[Any, Any, Any]] = [
    (values.Text, "no", "no"),
    (values.Text, "010", "010"),
    (values.Text, "2021-01-05", "2021-01-05"),
    (values.Text, "null", "null"),
    (values.Text, "~", "~"),
    (values.Text, 1984, "1984"),
    (values.Number, "010", 10.0),
    (values.Number, "-0.25", -0.25),
    (values.Number, "+3", 3.0),
    (values.Number, ".5", 0.5),
    (values.Number, 7, 7.0),
    (values.Count, "08", 8),
    (values.Turn, "11", 11),
    (values.YesNo, "yes", True),
    (values.YesNo, "No", False),
    (values.YesNo, "TRUE", True),
    (values.YesNo, False, False),
    (values.Share, "true", 1.0),
    (values.Share, "0.6", 0.6),
    (values.Share, "no", 0.0),
    (values.Pace, "11/6", 11 / 6),
    (values.Pace, "1.5", 1.5),
    (values.Day, "2021-07-29", date(2021, 7, 29)),
    (values.Period, "2021-07", "2021-07"),
    (values.Period, "2021", "2021"),
    (values.Period, "2024-02-29", "2024-02-29"),
    (values.Formula, 5, "5"),
    (values.Formula, "-0.05 * (x - 45)", "-0.05 * (x - 45)"),
    (values.Id, "us_raid", "us_raid"),
    (values.MoveOrTag, "#attack", "#attack"),
    (values.Moment, "election+1", "election+1"),
    (values.Forced, "us_raid@4", "us_raid@4"),
    (values.Start, "+30", "+30"),
    (values.Cite, "article:19", "article:19"),
    (Colour, "teal", "teal"),
    (Colour, "#7a1F5C", "#7a1F5C"),
]


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_value_is_read(kind: Any, text: Any, value: Any) -> None:
    assert TypeAdapter(kind).validate_python(text) == value


REFUSED: list[tuple[Any, Any, str, str]] = [
    (values.Number, "1:30", "S403", ""),
    (values.Number, "0x1F", "S403", ""),
    (values.Number, "1_000", "S403", "write 1000"),
    (values.Number, "1,5", "S403", "write 1.5"),
    (values.Number, "٤٥", "S403", "write 45"),
    (values.Number, "۴۵٫۵", "S403", "write 45.5"),
    (values.Number, "−3", "S403", "write -3"),
    (values.Number, "60%", "S403", "write 60"),
    (values.Number, "1e3", "S403", ""),
    (values.Number, ".nan", "S403", ""),
    (values.Number, "nan", "S403", ""),
    (values.Number, ".inf", "S403", ""),
    (values.Number, "infinity", "S403", ""),
    (values.Number, "yes", "S403", ""),
    (values.Number, "9" * 41, "S403", ""),
    (values.Number, "1" + "0" * 30, "S404", "stay below 1000000000"),
    (values.Number, "", "S402", ""),
    (values.Number, None, "S402", ""),
    (values.Number, ["1"], "S403", ""),
    (values.Number, {"a": "1"}, "S403", ""),
    (values.Positive, "0", "S404", "it must be above 0"),
    (values.Chance, "1.01", "S404", "the highest is 1"),
    (values.NotNegative, "-0.1", "S404", "the lowest is 0"),
    (values.Count, "2.0", "S403", ""),
    (values.Count, "-1", "S404", ""),
    (values.Turn, "0", "S404", ""),
    (values.YesNo, "on", "S403", "write true or false"),
    (values.YesNo, "1", "S403", "write true or false"),
    (values.Share, "maybe", "S403", ""),
    (values.Share, "2", "S404", ""),
    (values.Pace, "11/0", "S404", ""),
    (values.Pace, "1/2/3", "S403", ""),
    (values.Day, "2021-13-45", "S403", ""),
    (values.Day, "2021-02-29", "S403", ""),
    (values.Day, "29.7.2021", "S403", ""),
    (values.Day, "٢٠٢١-٠٧-٢٩", "S403", ""),
    (values.Period, "2021-13", "S403", ""),
    (values.Period, "0000", "S403", ""),
    (values.Period, "July", "S403", ""),
    (values.Text, "", "S402", ""),
    (values.Text, "   ", "S402", ""),
    (values.Text, ["a"], "S403", ""),
    (values.Formula, {"a": "b"}, "S403", ""),
    (values.Id, "Us_raid", "S403", ""),
    (values.Id, "2nd", "S403", ""),
    (values.Id, "us\u200braid", "S403", ""),
    (values.Move, "#attack", "S403", ""),
    (values.Cite, "x", "S403", ""),
    (values.Moment, "election-1", "S403", ""),
    (values.Start, "++3", "S403", ""),
    (values.Basis, "state", "S405", "did you mean 'stated'?"),
    (Colour, "teel", "S405", "did you mean 'teal'?"),
    (Colour, "#7A1", "S403", 'write it like "#0A4F96"'),
    (Colour, "7A1F5C", "S403", 'write it like "#0A4F96"'),
    (Colour, "#7A1F5C; background: url(x)", "S403", 'write it like "#0A4F96"'),
    (Colour, "", "S402", 'write a name such as teal, or "#rrggbb" in quotes, or take the line out'),
    (Colour, None, "S402", 'write a name such as teal, or "#rrggbb" in quotes, or take the line out'),
    (values.LanguageCode, "English", "S403", ""),
]


@pytest.mark.parametrize(("kind", "text", "code", "fix"), REFUSED)
def test_value_is_refused(kind: Any, text: Any, code: str, fix: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)
    [problem] = caught.value.errors()
    assert problem["type"] == code
    assert problem["ctx"]["message"]
    assert not fix or problem["ctx"]["fix"] == fix


def test_an_invisible_character_in_an_id_is_named() -> None:
    with pytest.raises(ValidationError, match=r"U\+200B"):
        TypeAdapter(values.Id).validate_python("us\u200braid")


def test_long_texts_are_quoted_short() -> None:
    assert len(shorten("x " * 5000)) == 40
