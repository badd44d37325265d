"""Does `balance` print what it promises?"""

import json
from collections.abc import Callable

from tests.cli.command import Ran


def test_the_document_is_all_that_is_printed(run_here: Callable[..., Ran]) -> None:
    ran = run_here("balance", "tutorial", "--games", "20", "--json")
    assert ran.code == 0, ran.err
    assert ran.err == ""
    document = json.loads(ran.out)
    assert list(document) == [
        "scenario", "games", "readings", "used", "outcomes", "objectives", "scores", "limits", "swapped",
        "left_out", "answers", "behind", "knowing", "evidence", "shortfalls",
    ]  # fmt: skip


def test_the_page_is_plain_and_ends_with_what_falls_short(run_here: Callable[..., Ran]) -> None:
    ran = run_here("balance", "tutorial", "--games", "20")
    assert ran.code == 0, ran.err
    parts = ran.out.strip().split("\n\n")
    assert parts[0] == "tutorial: 20 games for each case"
    assert parts[-1].startswith(("What falls short", "Nothing falls short"))
    assert len(parts) == 12
    assert not any("\u2500" <= letter <= "\u259f" for letter in ran.out)


def test_wrong_words_are_told(run_here: Callable[..., Ran]) -> None:
    assert run_here("balance", "tutorial", "--games", "0").code == 2
    assert run_here("balance", "no-such-scenario").code == 2
    assert run_here("balance").code == 2
