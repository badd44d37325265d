"""Does `lesson` write a kit, in the language asked for, and refuse what it cannot plan?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import Ran, rival_readings


def test_a_kit_is_written(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    words = ("lesson", "baghdad-2021", "--minutes", "50", "--students", "27", "-o", str(kit), "--lang", "ar")
    ran = rival_readings(*words, home=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert str(kit / "index.html") in ran.out
    assert 'dir="rtl"' in (kit / "index.html").read_text(encoding="utf-8")
    again = rival_readings(*words, home=tmp_path)
    assert (again.code, again.out) == (2, "")
    assert str(kit) in again.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("baghdad-2021", "--minutes", "5", "--students", "20"), "34 to 173 minutes, not 5"),
        (("baghdad-2021:workshop", "--minutes", "5", "--students", "20"), "21 to 121 minutes, not 5"),
        (("baghdad-2021", "--minutes", "50", "--students", "0"), "2 to 500 students, not 0"),
        (("baghdad-2021", "--minutes", "50", "--students", "501"), "2 to 500 students, not 501"),
        (("baghdad-2012", "--minutes", "50", "--students", "20"), "baghdad-2021"),
        (("baghdad-2021", "--minutes", "many", "--students", "20"), "--minutes"),
        (("baghdad-2021", "--students", "20"), "--minutes"),
    ],
)
def test_wrong_use_is_explained(
    words: tuple[str, ...], says: str, tmp_path: Path, run_here: Callable[..., Ran]
) -> None:
    ran = run_here("lesson", *words, "-o", str(tmp_path / "kit"))
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert not (tmp_path / "kit").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, run_here: Callable[..., Ran]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    ran = run_here("lesson", "tutorial", "--minutes", "30", "--students", "8", "-o", str(tmp_path))
    assert ran.code == 2
    assert "exists already" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
