"""What is left of a tree when its broken parts are taken out?"""

from collections.abc import Iterable
from typing import Any

from game.scenario.places import Node, Path


class Pruned:
    """A tree of which some parts are not read.

    Entries of mappings stay in the tree, since their ids still count as known; items of lists leave it, so
    that the positions of those behind them are right.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._is_own = False
        self._out: set[Path] = set()

    def data(self) -> object:
        """Return what is left as texts, dicts and lists."""
        return _data(self._root, (), self._out) if self._out else self._root.data()

    def take_out(self, paths: Iterable[Path]) -> None:
        """Take parts out; none of the paths may be empty."""
        self._make_own()
        items: list[Path] = []
        for path in paths:
            if isinstance(path[-1], int):
                items.append(path)
            else:
                self._out.add(path)
        # Inner before outer and last before first: each path is still right when its turn comes.
        for path in sorted(items, key=lambda item: (len(item), item[-1]), reverse=True):
            self._drop(path)

    def _make_own(self) -> None:
        """Let nothing but this tree see what is taken out: what a file was read as may be used again."""
        if not self._is_own:
            self._root.content = self._root.copied().content
            self._is_own = True

    def _drop(self, path: Path) -> None:
        """Take an item out of its list; what is known of the items behind it moves up by one."""
        around, at = path[:-1], path[-1]
        items: Any = self._root
        for key in around:
            items = items.content[key]
        del items.content[at]
        depth = len(around)
        moved = set()
        for out in self._out:
            inner: Any = out[depth] if out[:depth] == around and len(out) > depth else None
            if inner is None or inner < at:
                moved.add(out)
            elif inner > at:
                moved.add((*around, inner - 1, *out[depth + 1 :]))
        self._out = moved


def _data(node: Node, path: Path, out: set[Path]) -> object:
    content = node.content
    if isinstance(content, dict):
        entries = ((key, (*path, key), child) for key, child in content.items())
        return {key: _data(child, inner, out) for key, inner, child in entries if inner not in out}
    if isinstance(content, list):
        return [_data(child, (*path, at), out) for at, child in enumerate(content)]
    return content
