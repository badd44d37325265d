"""How does a file become a tree of values with positions, whatever stands in it?

Bytes are checked first: size, encoding, characters that nobody can see. Then libyaml's events are put
together here, without recursion and with limits; scalars stay text. Anchors, aliases, merge keys and tags are
refused, so nothing can grow or be constructed. After a mistake in the YAML the section that it stands in is
blanked out and the rest is read, so that other mistakes are found in the same run.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import yaml

from game.locale import _
from game.scenario.authoring.splicing import Splice, quoted
from game.scenario.characters import escaped, look_at
from game.scenario.cutting import cut_off
from game.scenario.decoding import MOST_BYTES, decoded, too_big
from game.scenario.edits import in_quotes
from game.scenario.findings import Finding, error, warning
from game.scenario.places import Node, Source
from game.scenario.syntax import explain

MOST_DEPTH: Final = 24
MOST_NODES: Final = 100_000
"""Values of a whole scenario."""
MOST_ENTRIES: Final = 1_000
"""Entries of one group or list."""
MOST_TEXT: Final = 20_000
_MOST_KEPT: Final = 256 * 1024
"""Bytes of the largest file that is remembered."""
_MOST_FINDINGS: Final = 500
_BRACKETS: Final = re.compile(r"[\[\]{}]")
_ROUNDS: Final = 5

_SECTION: Final = re.compile(r"^[^\s#].*$", re.MULTILINE)
_BLANK: Final = re.compile(r"[^\r\n]")
_TYPOGRAPHIC: Final = "“”„‟"
_INDENTS: Final = frozenset({"Y201", "Y202"})


@dataclass(slots=True)
class FileTree:
    """A file as read.

    Attributes:
        source: Its text.
        root: Its mapping; empty where nothing could be read.
        findings: What was wrong.
        blanked: Sections that could not be read, by name.
        nodes: How many values were read.
        cut: Words that a comment follows after a single space.
    """

    source: Source
    root: Node
    findings: list[Finding] = field(default_factory=list)
    blanked: set[str] = field(default_factory=set)
    nodes: int = 0
    cut: list[Node] = field(default_factory=list)


def read_bytes(name: str, content: bytes, *, is_list: bool = False, most: int = MOST_NODES) -> FileTree:
    """Read a file's bytes; never fails, findings say what is wrong.

    A file without mistakes is read once as long as it stays the same: nobody may change its tree.

    Args:
        name: The file as findings name it.
        content: Its bytes.
        is_list: Whether it holds a list instead of `key: value` lines.
        most: How many values it may have.
    """
    if len(content) <= _MOST_KEPT:
        try:
            tree = _faultless(name, content, is_list)
        except _FaultyError as problem:
            tree = problem.tree
        if tree.nodes <= most:
            return tree
    return _read_bytes(name, content, is_list, most)


class _FaultyError(Exception):
    """A file has mistakes."""

    def __init__(self, tree: FileTree) -> None:
        super().__init__()
        self.tree = tree


@lru_cache(maxsize=128)
def _faultless(name: str, content: bytes, is_list: bool) -> FileTree:
    """Return a file without mistakes as read.

    Raises:
        _FaultyError: It has mistakes; what is said of them depends on the reader's language.
    """
    tree = _read_bytes(name, content, is_list, MOST_NODES)
    if tree.findings:
        raise _FaultyError(tree)
    return tree


def forget() -> None:
    """Let go of all files as they were read: whoever needs them reads them again."""
    _faultless.cache_clear()


def _read_bytes(name: str, content: bytes, is_list: bool, most: int) -> FileTree:
    text, problem = decoded(name, content)
    source = Source(name, text)
    empty = Node(source, 0, 0, {})
    if problem is not None:
        return FileTree(source, empty, [problem])
    return read_text(source, is_list=is_list, most=most)


def read_text(source: Source, *, is_list: bool = False, most: int = MOST_NODES) -> FileTree:
    """Read a file's text, as `read_bytes` does."""
    tree = FileTree(source, Node(source, 0, 0, {}))
    if len(source.text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        tree.findings.append(too_big(source.name))
        return tree
    found, text = look_at(source)
    tree.findings += found
    for _round in range(_ROUNDS):
        builder = _Builder(source, list if is_list else dict, most)
        try:
            builder.build(text)
        except _YamlError as problem:
            section = _section_at(text, problem.offset)
            if not _known_cause(tree.findings, source, section):
                tree.findings.append(problem.finding)
            text = (
                text[: section.start]
                + _BLANK.sub(" ", text[section.start : section.end])
                + text[section.end :]
            )
            tree.blanked.add(section.name)
            tree.nodes = builder.nodes
            if problem.final:
                tree.findings += builder.findings
                tree.root = builder.root if builder.root is not None and not builder.open else tree.root
                break
            continue
        tree.findings += builder.findings
        tree.nodes, tree.cut = builder.nodes, builder.cut
        if builder.root is not None:
            tree.root = builder.root
        elif not tree.findings:
            fix = _("write something into it, or delete it")
            tree.findings.append(error("F109", source.place(0, 1), _("this file is empty"), fix))
        break
    return tree


def left_out(name: str) -> FileTree:
    """Return what there is of a file that is not read since the others of its scenario are large enough."""
    source = Source(name, "")
    message = _("the files of this scenario are too large together, so this one is not read")
    finding = error("F101", source.place(0, 1), message, _("shorten them, or put others elsewhere"))
    return FileTree(source, Node(source, 0, 0, {}), [finding])


class _YamlError(Exception):
    """The YAML cannot be read on from here; `final` where another try makes no sense."""

    def __init__(self, finding: Finding, offset: int, *, final: bool = False) -> None:
        super().__init__(finding.message)
        self.finding, self.offset, self.final = finding, offset, final


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of a file from one unindented line up to the next."""

    name: str
    start: int
    end: int


def _section_at(text: str, offset: int) -> _Section:
    start, end, name = 0, len(text), ""
    for found in _SECTION.finditer(text):
        if found.start() > offset:
            end = found.start()
            break
        start, name = found.start(), found.group().partition(":")[0].strip("\"' ")[:80]
    return _Section(name, start, end)


def _known_cause(findings: list[Finding], source: Source, section: _Section) -> bool:
    """Return whether a section's trouble comes of a tab or special space that was found in it."""
    first, last = source.place(section.start, section.start).line, source.place(section.end, section.end).line
    return any(item.code in _INDENTS and first <= item.place.line <= last for item in findings)


class _Builder:
    """Puts the events of one file together."""

    def __init__(self, source: Source, wanted: type, most: int) -> None:
        self.source, self.wanted, self.most = source, wanted, most
        self.findings: list[Finding] = []
        self.root: Node | None = None
        self.open: list[Node] = []
        self.content: dict[str, Node] | list[Node] | None = None
        self.key: tuple[str, int, int] | None = None
        self.nodes = 0
        self.cut: list[Node] = []
        self.quoted: tuple[int, int] | None = None

    def build(self, text: str) -> None:
        """Read the text.

        Raises:
            _YamlError: It cannot be read to its end.
        """
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                kind = type(event)
                if kind is yaml.ScalarEvent:
                    self._scalar(event)
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    self._begin(event, {} if kind is yaml.MappingStartEvent else [])
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    self._end(event)
                else:
                    self._refuse_structure(event)
        except yaml.YAMLError as problem:
            if "nesting depth" in str(problem):
                raise self._too_deep(self._deepest(text)) from problem
            trouble = explain(problem, text, self.quoted)
            raise self._problem(
                trouble.code, trouble.offset, 1, trouble.message, trouble.fix, trouble.edit
            ) from problem
        if self.root is not None and not isinstance(self.root.content, self.wanted):
            self.findings.append(self._wrong_form(self.root.start))
            self.root = None

    def _wrong_form(self, start: int) -> Finding:
        place = self.source.place(start, start + 1)
        if self.wanted is list:
            message = _("this file does not consist of entries that begin with '- '")
            return error("F110", place, message, _("begin each entry with '- '"))
        message = _("this file does not consist of 'key: value' lines")
        return error("F110", place, message, _("begin with a line such as 'format: 1'"))

    def _refuse_structure(self, event: Any) -> None:
        """Refuse aliases and second documents; the other marks of a stream say nothing."""
        start: int = event.start_mark.index
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            fix = _("delete the line '---' and what follows, or put it into a file of its own")
            raise self._problem("Y207", start, 3, _("a second document begins here"), fix, final=True)
        if isinstance(event, yaml.AliasEvent):
            edit = self._as_text(start, f"&{event.anchor}")
            fix = _("write the text out")
            raise self._problem("Y203", start, 1, _("aliases (*name) are not used here"), fix, edit)

    def _refuse_marks(self, event: Any) -> None:
        start: int = event.start_mark.index
        fix = _("put the text in double quotes if it is meant as text")
        if event.anchor:
            edit = self._as_text(start, f"*{event.anchor}")
            raise self._problem("Y203", start, 1, _("anchors (&name) are not used here"), fix, edit)
        if event.tag != "!":
            edit = self._as_text(start, "!!")
            raise self._problem("Y204", start, 1, _("tags (!name) are not used here"), fix, edit)

    def _as_text(self, start: int, other: str) -> Splice | None:
        """Return the change that makes a text of a mark, where nothing else shows that it is meant as a mark."""
        return in_quotes(self.source.text, start) if other not in self.source.text else None

    def _problem(
        self,
        code: str,
        start: int,
        length: int,
        message: str,
        fix: str,
        edit: Splice | None = None,
        *,
        final: bool = False,
    ) -> _YamlError:
        finding = error(code, self.source.place(start, start + length), message, fix, edit=edit)
        return _YamlError(finding, start, final=final)

    def _begin(self, event: Any, content: dict[str, Node] | list[Node]) -> None:
        if event.anchor or event.tag:
            self._refuse_marks(event)
        node = Node(self.source, event.start_mark.index, event.end_mark.index, content)
        self._add(node)
        if len(self.open) >= MOST_DEPTH:
            raise self._too_deep(node.start)
        self.open.append(node)
        self.content = content

    def _too_deep(self, start: int) -> _YamlError:
        message = _("brackets or indents are nested deeper than {most} levels").format(most=MOST_DEPTH)
        return self._problem("F108", start, 1, message, _("take some levels out"))

    def _deepest(self, text: str) -> int:
        """Return where brackets are first nested too deep, if libyaml refused them before their events came."""
        depth, start = len(self.open), self.open[-1].start + 1 if self.open else 0
        for found in _BRACKETS.finditer(text, start):
            start = found.start()
            depth += 1 if found.group() in "[{" else -1
            if depth > MOST_DEPTH:
                break
        return start

    def _end(self, event: Any) -> None:
        node = self.open.pop()
        node.end = max(node.start, event.start_mark.index)
        around = self.open[-1].content if self.open else None
        self.content = None if isinstance(around, str) else around

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse_marks(event)
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        text: str = event.value
        if len(text) > MOST_TEXT:
            message = _("this text is too long: the most is {most} characters").format(most=MOST_TEXT)
            self.findings.append(error("F107", self.source.place(start, end), message, _("shorten it")))
            text = text[:MOST_TEXT]
        if event.style == '"':
            wrong, text = escaped(self.source, start, end, text)
            self.findings += wrong
        if self.key is None and type(self.content) is dict:
            if text == "<<":
                message, fix = _("merge keys (<<) are not used here"), _("write the keys out")
                raise self._problem("Y203", start, 2, message, fix)
            self.key = (text, start, end)
            return
        style = event.style
        node = Node(self.source, start, end, text, not style)
        self._add(node)
        if style == '"' or style == "'":
            self.quoted = (start, end)
        elif text and not style:
            if self.source.text.startswith(" #", end):
                self._comment_in_text(node)
            if text[0] in _TYPOGRAPHIC and text[-1] in _TYPOGRAPHIC:
                self._typographic(text, start, end)

    def _add(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > self.most:
            message = _("a scenario has {most} values at most, and here are more").format(most=MOST_NODES)
            raise self._problem("F101", node.start, 1, message, _("make it simpler"), final=True)
        content = self.content
        if content is None:
            self.root = node
        elif len(content) == MOST_ENTRIES:
            message = _("a group has {most} entries at most, and here are more").format(most=MOST_ENTRIES)
            raise self._problem("F101", node.start, 1, message, _("take some of them out"), final=True)
        elif isinstance(content, list):
            content.append(node)
        elif self.key is None:
            fix = _("write a name before the colon")
            raise self._problem("Y214", node.start, 1, _("a group stands where a key must"), fix)
        else:
            text, start, end = self.key
            self.key = None
            node.key = (start, end)
            if content.setdefault(text, node) is not node:
                self._duplicate(text, start, end, content[text])

    def _duplicate(self, key: str, start: int, end: int, first: Node) -> None:
        message = _("the key '{key}' stands here a second time").format(key=key[:80])
        fix = _("delete one of the two, or give it another name")
        if len(self.findings) == _MOST_FINDINGS:
            message = _("this file has more than {most} mistakes").format(most=_MOST_FINDINGS)
            raise self._problem("F101", start, 1, message, _("mend those above first"), final=True)
        see = self.source.place(*(first.key or (0, 1)))
        self.findings.append(error("Y206", self.source.place(start, end), message, fix, see))

    def _typographic(self, text: str, start: int, end: int) -> None:
        """Warn where a word processor's quotation marks stand for those that YAML knows."""
        if len(text) > 1:
            message = _("these quotation marks are part of the text")
            fix = _('use straight ones: "..."')
            edit = Splice(start, end, quoted(text[1:-1]))
            self.findings.append(warning("Y221", self.source.place(start, end), message, fix, edit=edit))

    def _comment_in_text(self, node: Node) -> None:
        """Warn where a plain text is cut off by a comment; a single word may be whole, and is kept in mind."""
        if " " in self.source.text[node.start : node.end]:
            self.findings.append(cut_off(self.source, node.end))
        else:
            self.cut.append(node)
