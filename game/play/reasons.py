"""Why can a move not be made? One sentence for the player, whichever front end shows it."""

from collections.abc import Sequence

from game.engine.expression import Call, Const, Expr, Leaf
from game.engine.moves import Obstacle, first_obstacle
from game.engine.program import compile_formulas
from game.engine.state import State
from game.locale import _, list_of, ngettext, number
from game.play.game import Game
from game.play.orders import Order, Refused
from game.play.texts import Texts


def refusal(texts: Texts, role: int, game: Game, order: Order) -> Refused | None:
    """Return why an order for the current turn cannot stand, None if it can.

    Args:
        texts: The scenario's texts.
        role: Position of the role whose order it is.
        game: The game, whose turn is due.
        order: The order.
    """
    ruleset, state = texts.ruleset, game.state
    positions = []
    for name in order.moves:
        at = ruleset.move_at.get((role, name))
        if at is None:
            return _not_a_move(texts, role, name)
        positions.append(at)
    if len(set(positions)) < len(positions):
        return Refused(code="malformed", reason=_("The same move stands twice in the order."))
    found = first_obstacle(ruleset, state, positions, game.held_back())
    if found is None:
        return None
    at, obstacle = found
    reason = why(texts, state, at, obstacle, positions)
    return Refused(code=obstacle, reason=reason, move=ruleset.moves[at].id)


def _not_a_move(texts: Texts, role: int, name: str) -> Refused:
    owners = [at for at, known in texts.ruleset.move_at if known == name]
    if not owners:
        return Refused(code="unknown", reason=_("There is no move '{name}'.").format(name=name))
    owner = texts.roles[texts.ruleset.roles[owners[0]].id]
    message = _("'{name}' is not a move of {role}: it belongs to {owner}.")
    mine = texts.roles[texts.ruleset.roles[role].id]
    reason = message.format(name=name, role=mine, owner=owner)
    return Refused(code="not_yours", reason=reason, move=name)


def why(texts: Texts, state: State, at: int, obstacle: Obstacle, order: Sequence[int]) -> str:
    """Return in a sentence why a move cannot be made."""
    ruleset = texts.ruleset
    move = ruleset.moves[at]
    role = ruleset.roles[move.role]
    match obstacle:
        case "closed":
            return _closed(texts, state, at)
        case "cooling":
            turns = int(state.cooldown[at, 0])
            text = ngettext(
                "It was used lately: available again after {n} more turn.",
                "It was used lately: available again after {n} more turns.",
                turns,
            )
            return text.format(n=turns)
        case "unavailable":
            return unmet(texts, state, at)
        case "unaffordable":
            cost = sum(ruleset.moves[item].cost for item in {*order, at})
            message = _("Capital does not suffice: it would cost {cost}, and there is {capital}.")
            return message.format(cost=points(cost), capital=points(float(state.capital[move.role, 0])))
        case "excluded":
            rivals = [
                texts.move(other)
                for other in order
                if other != at and (other in move.excludes or ruleset.moves[other].event == move.event)
            ]
            message = _("It cannot stand in one order with {others}.")
            return message.format(others=list_of(rivals) or _("another move of the order"))
        case "too_many":
            text = ngettext(
                "The order has no room left: {n} policy a turn. Take one out first.",
                "The order has no room left: {n} policies a turn. Take one out first.",
                role.slots,
            )
            return text.format(n=role.slots)


def points(value: float) -> str:
    """Write an amount of capital."""
    return number(value, 0 if value == int(value) else 1)


def _closed(texts: Texts, state: State, at: int) -> str:
    move = texts.ruleset.moves[at]
    if move.agreement is None:
        return _("There is nothing to decide here now.")
    if state.in_force[move.agreement, 0]:
        return _("The agreement is in force already.")
    if state.signed[move.agreement, move.role, 0] > 0:
        return _("Your signature stands already.")
    return _("It was concluded once and cannot be signed again.")


def unmet(texts: Texts, state: State, at: int) -> str:
    """Return in a sentence which condition of a move does not hold."""
    formula = texts.ruleset.moves[at].when
    if formula is None:
        return ""
    parts = [part for part in _parts(formula) if not _holds(part, state)]
    return list_of([_described(texts, part) for part in parts])


def _parts(formula: Expr) -> list[Expr]:
    if isinstance(formula, Call) and formula.op == "and":
        return [part for arg in formula.args for part in _parts(arg)]
    return [formula]


def _holds(formula: Expr, state: State) -> bool:
    return bool(compile_formulas([formula]).run(state.read)[0] != 0.0)


def _described(texts: Texts, formula: Expr) -> str:
    """Return in words what would have to be so, for the conditions that authors write most."""
    match formula:
        case Leaf("in_force", at):
            return _("Only while in force: {agreement}").format(agreement=texts.agreement(at))
        case Call("not", (Leaf("in_force", at),)):
            return _("Not while in force: {agreement}").format(agreement=texts.agreement(at))
        case Leaf("happened", at):
            return _("Only after: {event}").format(event=texts.event(at))
        case Call("not", (Leaf("happened", at),)):
            return _("Not after: {event}").format(event=texts.event(at))
        case Leaf("played", at):
            return _("Only after: {event}").format(event=texts.move(at))
        case Call("not", (Leaf("played", at),)):
            return _("Only once: {event}").format(event=texts.move(at))
        case Call("gt", (Leaf("turn"), Const(turn))):
            return _("Only after turn {turn}").format(turn=int(turn))
        case Call("ge", (Leaf("turn"), Const(turn))):
            return _("Only from turn {turn}").format(turn=int(turn))
        case Call("lt", (Leaf("turn"), Const(turn))):
            return _("Only before turn {turn}").format(turn=int(turn))
        case Call("le", (Leaf("turn"), Const(turn))):
            return _("Only up to turn {turn}").format(turn=int(turn))
        case Call("not", (Call("gt", (Leaf("turn"), Const(turn))),)):
            return _("Only up to turn {turn}").format(turn=int(turn))
        case _:
            return _("Its condition does not hold now.")


def legal_moves(game: Game, role: int, draft: Sequence[int]) -> dict[int, Obstacle | None]:
    """Return for each of a role's moves what keeps it out of a draft, None if nothing does."""
    ruleset, alone = game.ruleset, game.held_back()
    result: dict[int, Obstacle | None] = {}
    for at in ruleset.moves_of[role]:
        if at in draft:
            continue
        result[at] = alone[at]
        if alone[at] is None and (draft or not ruleset.roles[role].slots):
            found = first_obstacle(ruleset, game.state, [*draft, at], alone)
            result[at] = found[1] if found else None
    return result
