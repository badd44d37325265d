"""Is the authoring guide true? Its commands are run in its order, its edits made, its answers compared.

The other documents are held to commands, options and files that there are.
"""

import io
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from game.scenario.library import shipped
from tests.cli.command import ROOT, Ran
from tests.cli.guide import GUIDE, Command, steps

DOCUMENTS = (ROOT / "README.md", GUIDE, *sorted(ROOT.glob("scenarios/*/*.md")))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_commands_options_and_files_that_there_are(
    document: Path, run_here: Callable[..., Ran]
) -> None:
    text = document.read_text(encoding="utf-8")
    found = re.findall(r"^ {4}(rival-readings .*?)(?: +#.*)?$|`(rival-readings [^`]+)`", text, re.MULTILINE)
    for command in filter(None, map("".join, found)):
        ran = run_here(*shlex.split(command)[1:], "--help")
        assert ran.code == 0, f"{command}\n{ran.err}"
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (document.parent / target).exists(), target
    assert found


def test_the_guide_is_true(
    tmp_path: Path, run_here: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for step in steps():
        if isinstance(step, Command):
            assert step.words[0] == "rival-readings"
            monkeypatch.setattr(sys, "stdin", io.StringIO(step.typed))
            ran = run_here(*step.words[1:])
            assert step.fits(ran.out + ran.err), f"{GUIDE.name}:{step.line}\n{ran.out}{ran.err}"
        else:
            step.put_into(tmp_path)
    assert run_here("check", "bridge").code == 0


def test_the_guide_is_short_and_its_pictures_are_there() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 250
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert len(pictures) == 3
    for picture in pictures:
        root = ElementTree.fromstring((GUIDE.parent / picture).read_text(encoding="utf-8"))  # noqa: S314 - our own
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        assert "http" not in re.sub(
            r'xmlns="[^"]+"', "", (GUIDE.parent / picture).read_text(encoding="utf-8")
        )


def test_the_guide_is_no_scenario() -> None:
    assert GUIDE.stem not in shipped()
