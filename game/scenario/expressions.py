"""What does the text of a formula mean? A whitelist over Python's syntax tree; no text is ever run.

A quotient is held within +-1e9, so that a divisor near 0 never leads out of the finite numbers.
"""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from game.engine.expression import Call, Const, Expr, Leaf, LeafKind, Op
from game.locale import _
from game.scenario.formula_names import Kind, Names
from game.scenario.formula_source import LARGEST, MOST_FAULTS, Fault, check_source, diagnose
from game.scenario.names import hint, meant


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a formula reads, and where."""

    kind: Kind
    name: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A division, root or logarithm in a formula, and where it stands."""

    call: Call
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A text read as a formula. With faults, `expr` is not what the text means and must not be used."""

    text: str
    expr: Expr
    faults: tuple[Fault, ...]
    uses: tuple[Use, ...]
    spots: tuple[Spot, ...]


_FUNCTIONS: Final[Mapping[str, tuple[Op, int, int]]] = {
    "min": ("min", 2, 20),
    "max": ("max", 2, 20),
    "clamp": ("clamp", 3, 3),
    "abs": ("abs", 1, 1),
    "sqrt": ("sqrt", 1, 1),
    "exp": ("exp", 1, 1),
    "log": ("log", 1, 1),
    "logistic": ("logistic", 1, 1),
}
_BY_NAME: Final = ("before", "after", "turns_to", "happened", "in_force", "played")
_EXTRAS: Final = ("start", "chance", "asked")
RESERVED: Final = frozenset({"turn", "seats", "sign", *_FUNCTIONS, *_BY_NAME, *_EXTRAS})
"""Words that formulas use themselves: no indicator may be called so."""

_BINARY: Final[Mapping[type[ast.operator], Op]] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Mod: "mod",
}
_COMPARED: Final[Mapping[type[ast.cmpop], Op]] = {
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.Eq: "eq",
    ast.NotEq: "ne",
}
_RISKY: Final = frozenset({"div", "mod", "log", "sqrt"})
_NUMBER: Final = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})?")
_TURN: Final = Leaf("turn")
_NOTHING: Final = Const(0.0)


def read(text: str, names: Names) -> Formula:
    """Read a formula.

    Args:
        text: What the author wrote.
        names: What it may speak of.

    Returns:
        Its meaning, or what is wrong with it; never an exception, whatever the text.
    """
    if _NUMBER.fullmatch(text):  # most are one
        return Formula(text, Const(float(text)), (), (), ())
    faults = check_source(text)
    if faults:
        return Formula(text, _NOTHING, tuple(faults), (), ())
    reader = _Reader(text, names)
    try:
        # One bracket around it lets a formula run over several lines; it shifts columns by one.
        expr = reader.visit(ast.parse(f"({reader.line})", mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return Formula(text, _NOTHING, (diagnose(text),), (), ())
    return Formula(text, expr, tuple(reader.faults[:MOST_FAULTS]), tuple(reader.uses), tuple(reader.spots))


class _Reader:
    """Walks one formula's tree; collects faults instead of stopping at the first."""

    def __init__(self, text: str, names: Names) -> None:
        # check_source let only ASCII pass, so a byte of the tree's columns is a character.
        self.line = text.translate(str.maketrans("\t\r\n", "   "))
        self.names = names
        self.faults: list[Fault] = []
        self.uses: list[Use] = []
        self.spots: list[Spot] = []

    def visit(self, node: ast.AST) -> Expr:
        match node:
            case ast.Constant(value=(int() | float()) as value):
                return Const(float(value))
            case ast.Name():
                return self._name(node)
            case ast.Attribute():
                return self._dotted(node)
            case ast.UnaryOp():
                return self._unary(node)
            case ast.BinOp() if type(node.op) in _BINARY:
                args = (self.visit(node.left), self.visit(node.right))
                return self._call(_BINARY[type(node.op)], args, node)
            case ast.BoolOp():
                op: Op = "and" if isinstance(node.op, ast.And) else "or"
                return self._fold(op, [self.visit(value) for value in node.values])
            case ast.Compare() if all(type(op) in _COMPARED for op in node.ops):
                return self._compare(node)
            case ast.IfExp():
                parts = (self.visit(node.test), self.visit(node.body), self.visit(node.orelse))
                return Call("where", parts)
            case ast.Call(func=ast.Name()):
                return self._function(node)
            case ast.Call():
                message = _("an operator is missing before this bracket")
                return self._fault("X307", node, message, _("add one, such as * or and"))
            case ast.Tuple():
                message = _("a comma separates only the values of a function")
                return self._fault("X307", node, message, _("write min(A, B), or 0.5 with a point"))
        return self._fault("X308", node, _("this is not available in formulas"), _("write it another way"))

    def _fault(self, code: str, node: ast.AST, message: str, fix: str, instead: str = "") -> Expr:
        self.faults.append(Fault(code, *self._place(node), message, fix, instead))
        return _NOTHING

    def _place(self, node: ast.AST) -> tuple[int, int]:
        start = max(getattr(node, "col_offset", 1) - 1, 0)
        end = min((getattr(node, "end_col_offset", None) or len(self.line) + 1) - 1, len(self.line))
        return start, end - start

    def _source(self, node: ast.AST) -> str:
        offset, length = self._place(node)
        return self.line[offset : offset + length]

    def _call(self, op: Op, args: tuple[Expr, ...], node: ast.AST) -> Expr:
        call = Call(op, args)
        if op in _RISKY:
            self.spots.append(Spot(call, *self._place(node)))
        if op == "div" and not isinstance(args[1], Const):
            return Call("clamp", (call, Const(-LARGEST), Const(LARGEST)))
        return call

    @staticmethod
    def _fold(op: Op, parts: Iterable[Expr]) -> Expr:
        return reduce(lambda left, right: Call(op, (left, right)), parts)

    def _unary(self, node: ast.UnaryOp) -> Expr:
        inner = self.visit(node.operand)
        if isinstance(node.op, ast.Not):
            return Call("not", (inner,))
        if isinstance(node.op, ast.UAdd):
            return inner
        return Const(-inner.value) if isinstance(inner, Const) else Call("neg", (inner,))

    def _compare(self, node: ast.Compare) -> Expr:
        values = [self.visit(value) for value in (node.left, *node.comparators)]
        pairs = [
            Call(_COMPARED[type(op)], (left, right))
            for op, left, right in zip(node.ops, values, values[1:], strict=False)
        ]
        return self._fold("and", pairs)

    def _use(
        self,
        kind: Kind,
        node: ast.AST,
        known: Mapping[str, object],
        name: str,
        missing: str,
        *,
        alone: bool = False,
    ) -> bool:
        """Note that a name is read; report it where there is none. Return whether there is.

        Args:
            kind: What is named.
            node: Where.
            known: Names that there are.
            name: The name.
            missing: What is wrong, with `{name}` for the name.
            alone: Whether it stands outside a function, so that it can be put into one.
        """
        if name in known:
            self.uses.append(Use(kind, name, *self._place(node)))
            return True
        if kind not in self.names.unread:
            other, whole = self.names.other_kind(name, kind)
            if other:
                self._fault("X314", node, missing.format(name=name), other, whole if alone else "")
            else:
                found = self.names.suggestions.on(name, known)
                self._fault("X312", node, missing.format(name=name), found.fix, found.sure or "")
        return False

    def _name(self, node: ast.Name) -> Expr:
        name = node.id
        if name == "turn":
            return _TURN
        if name == "seats":
            return self._fault("X312", node, _("'seats' needs a bloc"), _("write seats.BLOC"))
        if name in RESERVED and name != "sign":
            message = _("'{name}' is a function and needs brackets").format(name=name)
            return self._fault("X309", node, message, _("write {name}(...)").format(name=name))
        known = self.names.indicators
        if self._use("indicator", node, known, name, _("there is no indicator '{name}'"), alone=True):
            return Leaf("indicator", known[name])
        return _NOTHING

    def _dotted(self, node: ast.Attribute) -> Expr:
        text = self._source(node)
        owner, _dot, bloc = text.partition(".")
        if owner != "seats":
            message = _("'{text}' cannot stand here").format(text=text)
            fix = _("write seats.BLOC or played({text})").format(text=text)
            return self._fault("X305", node, message, fix)
        if self._use("bloc", node, self.names.blocs, bloc, _("there is no bloc '{name}'")):
            return Leaf("seats", self.names.blocs[bloc])
        return _NOTHING

    def _function(self, node: ast.Call) -> Expr:
        name = self._source(node.func)
        if name in _FUNCTIONS:
            return self._mathematical(name, node)
        if name in _BY_NAME or name in self.names.extras:
            return self._by_name(name, node)
        if name in _EXTRAS:
            message = _("{name}() is not available in this formula").format(name=name)
            return self._fault("X309", node.func, message, _("use it in `expect` or in questions"))
        known = [*_FUNCTIONS, *_BY_NAME]
        message = _("there is no function '{name}'").format(name=name)
        return self._fault("X309", node.func, message, hint(name, known), meant(name, known) or "")

    def _mathematical(self, name: str, node: ast.Call) -> Expr:
        op, fewest, most = _FUNCTIONS[name]
        if not fewest <= len(node.args) <= most:
            wanted = str(fewest) if fewest == most else _("{fewest} or more").format(fewest=fewest)
            message = _("{name}() takes {wanted} values and has {count}")
            fix = _("write clamp(value, low, high)") if name == "clamp" else _("add or remove values")
            text = message.format(name=name, wanted=wanted, count=len(node.args))
            return self._fault("X310", node, text, fix)
        args = [self.visit(arg) for arg in node.args]
        if op in ("min", "max"):
            return self._fold(op, args)
        return self._call(op, tuple(args), node)

    def _by_name(self, function: str, node: ast.Call) -> Expr:
        if len(node.args) != 1 or not isinstance(node.args[0], ast.Name | ast.Attribute):
            message = _("{name}() takes one name").format(name=function)
            return self._fault("X310", node, message, _("write {name}(NAME)").format(name=function))
        arg = node.args[0]
        name = self._source(arg)
        if function in ("before", "after", "turns_to"):
            return self._date(function, arg, name)
        if function == "played":
            return self._played(arg, name)
        if function == "chance":
            return self._chance(arg, name)
        kind, known, leaf, missing = self._single(function)
        return Leaf(leaf, known[name]) if self._use(kind, arg, known, name, missing) else _NOTHING

    def _single(self, function: str) -> tuple[Kind, Mapping[str, int], LeafKind, str]:
        if function == "happened":
            return "event", self.names.events, "happened", _("there is no event '{name}'")
        if function == "in_force":
            return "agreement", self.names.agreements, "in_force", _("there is no agreement '{name}'")
        leaf: LeafKind = "start" if function == "start" else "asked"
        return "indicator", self.names.indicators, leaf, _("there is no indicator '{name}'")

    def _date(self, function: str, arg: ast.AST, name: str) -> Expr:
        if not self._use("date", arg, self.names.dates, name, _("there is no date '{name}'")):
            return _NOTHING
        turn = Const(float(self.names.dates[name]))
        if function == "turns_to":
            return Call("sub", (turn, _TURN))
        return Call("lt" if function == "before" else "gt", (_TURN, turn))

    def _played(self, arg: ast.AST, name: str) -> Expr:
        moves, tags = self.names.moves, self.names.tags
        if name in moves and name in tags:
            message = _("'{name}' is a policy and a tag").format(name=name)
            return self._fault("X316", arg, message, _("give the tag another name"))
        if name in tags:
            self.uses.append(Use("tag", name, *self._place(arg)))
            return self._any_of(tags[name])
        if "tag" in self.names.unread and name not in moves:
            return _NOTHING
        missing = _("there is no policy, tag or answer '{name}'")
        if self._use("move", arg, {**tags, **moves}, name, missing):
            return self._any_of(moves[name])
        return _NOTHING

    def _any_of(self, moves: Sequence[int]) -> Expr:
        """Return whether any of some moves was played, halves within halves so that many stand no deeper than few."""
        if len(moves) == 1:
            return Leaf("played", moves[0])
        middle = len(moves) // 2
        return Call("max", (self._any_of(moves[:middle]), self._any_of(moves[middle:])))

    def _chance(self, arg: ast.AST, name: str) -> Expr:
        if name in self.names.outcomes:
            self.uses.append(Use("outcome", name, *self._place(arg)))
            return Leaf("outcome", self.names.outcomes[name])
        if "outcome" in self.names.unread and name not in self.names.events:
            return _NOTHING
        if self._use("event", arg, self.names.events, name, _("there is no event or outcome '{name}'")):
            return Leaf("happened", self.names.events[name])
        return _NOTHING
