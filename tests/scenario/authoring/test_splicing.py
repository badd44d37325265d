"""Does a change leave every other line as it is, whatever the layout around it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.base.errors import ContentError
from game.scenario.authoring.splicing import (
    Splice,
    entry_after,
    entry_first,
    entry_last,
    key_text,
    quoted,
    scalar_lines,
    spliced,
)
from game.scenario.nodes import read_text
from game.scenario.places import Node, Source

LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff")
BLOCK = """\
# head
one:  # first
  a: 1   # a

  # of b
  b:
    - x
    - {y: [1,
        2]}  # end
two: >-
  text
  goes on
"""


def tree(text: str) -> Node:
    found = read_text(Source("x", text))
    assert not found.findings, found.findings
    return found.root


def child(node: Node, *keys: str) -> Node:
    for key in keys:
        assert isinstance(node.content, dict)
        node = node.content[key]
    return node


def test_several_changes_at_one_place_keep_their_order() -> None:
    assert spliced("abc", [Splice(1, 1, "x"), Splice(1, 1, "y"), Splice(1, 2, "B")]) == "axyBc"


def test_an_entry_goes_to_the_end_of_its_group() -> None:
    result = spliced(BLOCK, [entry_last(child(tree(BLOCK), "one"), ["c: 3"])])
    assert result == BLOCK.replace("# end\n", "# end\n  c: 3\n")
    assert child(tree(result), "one", "c").content == "3"


def test_an_entry_of_several_lines_keeps_the_distance_of_the_others() -> None:
    result = spliced(BLOCK, [entry_last(child(tree(BLOCK), "one"), ["c:", "  d: 3"])])
    assert result == BLOCK.replace("# end\n", "# end\n\n  c:\n    d: 3\n")


def test_an_entry_goes_behind_another() -> None:
    result = spliced(BLOCK, [entry_after(child(tree(BLOCK), "one"), "a", ["c: 3"])])
    assert result == BLOCK.replace("# a\n", "# a\n  c: 3\n")


def test_an_entry_goes_before_all_others() -> None:
    result = spliced(BLOCK, [entry_first(child(tree(BLOCK), "one"), ["c: 3"])])
    assert result == BLOCK.replace("# first\n", "# first\n  c: 3\n")


def test_an_entry_goes_behind_a_text_of_several_lines() -> None:
    result = spliced(BLOCK, [entry_last(tree(BLOCK), ["three: 3"])])
    assert result == BLOCK + "three: 3\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_those_of_the_file(end: str) -> None:
    text = BLOCK.replace("\n", end)
    result = spliced(text, [entry_last(child(tree(text), "one"), ["c:", "  d: 3"])])
    assert result.replace(end, "\n") == BLOCK.replace("# end\n", "# end\n\n  c:\n    d: 3\n")
    assert "\n" not in result.replace(end, "")


def test_a_last_line_without_an_end_gets_one() -> None:
    assert spliced("a: 1", [entry_last(tree("a: 1"), ["b: 2"])]) == "a: 1\nb: 2\n"


def test_one_line_goes_into_braces_and_several_into_empty_ones() -> None:
    text = "a: {b: 1 }\nc: {}\n"
    root = tree(text)
    assert spliced(text, [entry_last(child(root, "a"), ["d: 2"])]) == "a: {b: 1, d: 2 }\nc: {}\n"
    assert (
        spliced(text, [entry_last(child(root, "c"), ["d:", "  e: 2"])]) == "a: {b: 1 }\nc: \n  d:\n    e: 2\n"
    )
    with pytest.raises(ContentError, match="x:1"):
        entry_last(child(root, "a"), ["d:", "  e: 2"])


@given(st.text(LETTERS, min_size=1, max_size=300))
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    visible = "".join(letter for letter in text if letter.isprintable())
    if not visible.strip():
        return
    for whole in (visible, f"{visible}\n\n{visible}".strip()):
        found = tree("\n".join(scalar_lines(key_text("k"), whole)) + "\n")
        assert child(found, "k").content == whole


def test_long_texts_become_blocks_and_short_ones_stay_on_their_line() -> None:
    assert scalar_lines("k", 'a "b" \\') == [r'k: "a \"b\" \\"']
    long = " ".join(["word"] * 60) + "\n\nnext"
    lines = scalar_lines("k", long)
    assert lines[0] == "k: >-"
    assert max(map(len, lines)) < 120
    assert child(tree("\n".join(lines)), "k").content == long
    assert scalar_lines("k", " a\n") == [r'k: " a\n"']


def test_quotes_are_escaped() -> None:
    assert quoted('a"\\\n\t') == r'"a\"\\\n\t"'
    assert key_text("a_b") == "a_b"
    assert key_text("a>b") == '"a>b"'
