"""How do a translation's texts get into a scenario? It mirrors the ids and gives the texts alone.

A list of entries, such as effects, is mirrored by what names each entry - its `id`, else the indicator that
it changes, behind CAUSE> where an entry gives a cause with `of` - or item by item as a list. The one text
of an entry may stand without its key. `variants: {NAME: {...}}` gives what a variant says differently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from game.locale import _, ngettext
from game.scenario.authoring.splicing import Splice
from game.scenario.edits import renamed_key
from game.scenario.findings import Finding, error, warning
from game.scenario.names import Suggestions
from game.scenario.places import Node, Path, Place
from game.scenario.schema import Scenario
from game.scenario.schema.walk import (
    Hint,
    hint_of,
    holds_texts,
    is_list,
    is_text,
    keys_of,
    model_of,
    remembered,
    step,
)

VARIANTS: Final = "variants"
"""Key of a translation under which variants have their own texts."""
_LETTERS_ALIKE: Final = 4
"""Texts with fewer letters may well be the same in two languages."""


def name_of(item: Mapping[str, Any]) -> str:
    """Return what names an entry of a list in translations; '' if nothing does."""
    name, cause = item.get("id", item.get("change")), item.get("of", "always")
    if not isinstance(name, str) or not isinstance(cause, str):
        return ""
    return name if cause == "always" else f"{cause}>{name}"


@remembered
def only_text(hint: Hint) -> str:
    """Return the key of an entry's only text; '' where it has none or several."""
    model = model_of(hint)
    keys = (
        [] if model is None else [key for key, item in keys_of(model).items() if holds_texts(hint_of(item))]
    )
    return keys[0] if len(keys) == 1 else ""


def translated(data: Any, texts: Any, hint: Hint = Scenario) -> Any:
    """Return a scenario's data with the texts of a translation put in; what does not fit is left out."""
    if is_text(hint):
        return texts if isinstance(texts, str) and texts.strip() else data
    if is_list(hint):
        items = data if isinstance(data, list) else [data]
        if isinstance(texts, dict):
            texts = [texts.get(name_of(item)) if isinstance(item, dict) else None for item in items]
        elif not isinstance(texts, list):
            texts = [texts]
        if len(texts) != len(items):
            return data
        return [
            item if text is None else translated(item, text, step(hint, at))
            for at, (item, text) in enumerate(zip(items, texts, strict=True))
        ]
    if isinstance(texts, str):
        texts = {only_text(hint): texts}
    if not isinstance(data, dict) or not isinstance(texts, dict):
        return data
    return {
        key: translated(value, texts[key], step(hint, key)) if key in texts else value
        for key, value in data.items()
    }


@dataclass(slots=True)
class _Comparison:
    """Compares a translation with the scenario it mirrors."""

    missing: bool
    findings: list[Finding] = field(default_factory=list)
    suggestions: Suggestions = field(default_factory=Suggestions)

    def compare(self, hint: Hint, base: Node, over: Node, path: Path) -> None:
        """Note what is wrong in a part of a translation, and what is missing there."""
        if not isinstance(over.content, str) and is_text(hint):
            self._refuse("S403", over, _("here must stand a text"), _("write the text, in double quotes"))
        elif over.empty or over.content == "":
            place = _key_place(over)
            self._warn("T602", place, _("this text is empty"), _("write it, or take the line out"))
        elif is_text(hint):
            self._same(base, over)
        elif is_list(hint):
            self._list(hint, base, over, path)
        elif isinstance(over.content, str):
            self._bare(hint, base, over)
        elif isinstance(over.content, dict) and isinstance(base.content, dict):
            self._group(hint, base.content, over, path)
        else:
            message = _("a translation repeats the groups and ids of the scenario; this does not fit")
            self._refuse("S403", over, message, _("compare it with the scenario's own file"))

    def _refuse(self, code: str, node: Node, message: str, fix: str, edit: Splice | None = None) -> None:
        self.findings.append(error(code, _key_place(node), message, fix, edit=edit))

    def _warn(self, code: str, place: Place, message: str, fix: str) -> None:
        if self.missing:
            self.findings.append(warning(code, place, message, fix))

    def _same(self, base: Node, over: Node) -> None:
        if over.content == base.content and sum(map(str.isalpha, str(over.content))) >= _LETTERS_ALIKE:
            place = over.source.place(over.start, over.end)
            fix = _("translate it, or take the line out: the scenario's own text is used then")
            self._warn("T603", place, _("this text is the same as in the scenario's own language"), fix)

    def _bare(self, hint: Hint, base: Node, over: Node) -> None:
        key = only_text(hint)
        text = base.content.get(key) if isinstance(base.content, dict) else None
        if text is not None:
            self._same(text, over)
        else:
            message = _("here stands a text, but the scenario has none to translate, or several")
            self._refuse("S403", over, message, _("compare it with the scenario's own file"))

    def _list(self, hint: Hint, base: Node, over: Node, path: Path) -> None:
        items = base.content if isinstance(base.content, list) else [base]
        if isinstance(over.content, dict):
            named = {name_of(_flat(item)): (at, item) for at, item in enumerate(items)}
            for name, text in over.content.items():
                if name not in named:
                    self._unknown(text, name, list(filter(None, named)))
            for name, (at, item) in named.items():
                self._pair(step(hint, at), item, over.content.get(name), over, (*path, name))
            return
        texts = over.content if isinstance(over.content, list) else [over]
        if len(texts) != len(items):
            message = _("{found} texts stand here, the scenario has {wanted}")
            message = message.format(found=len(texts), wanted=len(items))
            self._refuse("S404", over, message, _("translate each of them, in the same order"))
            return
        for at, (item, text) in enumerate(zip(items, texts, strict=True)):
            self.compare(step(hint, at), item, text, (*path, at))

    def _group(self, hint: Hint, base: Mapping[str, Node], over: Node, path: Path) -> None:
        assert isinstance(over.content, dict)  # noqa: S101 - seen in `compare`
        known = [key for key, node in base.items() if _has_text(step(hint, key), node)]
        meant = set()
        for key, text in over.content.items():
            if key in base and key not in known:
                message = _("'{key}' holds no text, and a translation gives texts alone").format(key=key)
                self._refuse("S401", text, message, _("take it out"))
            elif key not in base:
                meant.add(self._unknown(text, key, known))
        for key in known:
            if key in over.content or key not in meant:
                self._pair(step(hint, key), base[key], over.content.get(key), over, (*path, key))

    def _pair(self, hint: Hint, base: Node, text: Node | None, around: Node, path: Path) -> None:
        if text is not None:
            self.compare(hint, base, text, path)
        elif _has_text(hint, base):
            number = _count(hint, base)
            message = ngettext(
                "{n} text has no translation: {path}", "{n} texts have no translation: {path}", number
            )
            shown = ".".join(str(key) for key in path)
            fix = _("add it; until then the scenario's own language is shown")
            self._warn("T601", _key_place(around), message.format(n=number, path=shown), fix)

    def _unknown(self, node: Node, key: str, known: list[str]) -> str | None:
        """Note a text that the scenario does not have; return the one that was probably meant."""
        message = _("there is no text '{key}' to translate here").format(key=key[:80])
        found = self.suggestions.on(key, known)
        edit = renamed_key(node, key, found.sure) if found.sure is not None else None
        self._refuse("R501", node, message, found.fix, edit)
        return found.near


def _key_place(node: Node) -> Place:
    """Return where a value's key stands, or the value itself where it has none."""
    if node.key is not None:
        return (node.key_source or node.source).place(*node.key)
    return node.source.place(node.start, node.end)


def _flat(node: Node) -> dict[str, Any]:
    """Return the scalars of an entry."""
    content = node.content if isinstance(node.content, dict) else {}
    return {key: child.content for key, child in content.items()}


def _has_text(hint: Hint | None, base: Node) -> bool:
    """Return whether a text stands at or below a part of a scenario."""
    if hint is None or not holds_texts(hint):
        return False
    if isinstance(base.content, dict):
        return any(_has_text(step(hint, key), child) for key, child in base.content.items())
    if isinstance(base.content, list):
        return any(_has_text(step(hint, at), child) for at, child in enumerate(base.content))
    return bool(base.content) and (is_text(hint) or is_list(hint))


def _count(hint: Hint | None, base: Node) -> int:
    """Return how many texts stand at and below a part of a scenario."""
    if hint is None or not holds_texts(hint):
        return 0
    if isinstance(base.content, dict):
        return sum(_count(step(hint, key), child) for key, child in base.content.items())
    if isinstance(base.content, list):
        return sum(_count(step(hint, at), child) for at, child in enumerate(base.content))
    return int(bool(base.content) and (is_text(hint) or is_list(hint)))


def compare(base: Node, over: Node) -> list[Finding]:
    """Return what is wrong with a translation of a scenario, and which texts it lacks."""
    comparison = _Comparison(missing=True)
    comparison.compare(Scenario, base, over, ())
    return comparison.findings


def compare_variant(merged: Node, over: Node) -> list[Finding]:
    """Return what is wrong with a translation's own texts for a variant."""
    comparison = _Comparison(missing=False)
    comparison.compare(Scenario, merged, over, ())
    return comparison.findings


def divided(root: Node) -> tuple[Node, dict[str, Node]]:
    """Return a translation without its texts for variants, and these by the variant's name."""
    if not isinstance(root.content, dict) or VARIANTS not in root.content:
        return root, {}
    own = {key: node for key, node in root.content.items() if key != VARIANTS}
    variants = root.content[VARIANTS].content
    return Node(root.source, root.start, root.end, own), variants if isinstance(variants, dict) else {}
