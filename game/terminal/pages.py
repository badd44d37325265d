"""What does a seat's view read like? Pages are lists of lines, numbered so that typing is short."""

from collections.abc import Iterable, Sequence

from game.locale import _, amount, ngettext, number
from game.play.views import AgreementView, DecisionView, IndicatorView, MoveView, View
from game.play.wording import (
    about_move,
    agreement_details,
    agreement_line,
    mark_line,
    offered,
    price,
    roles_of,
    time_left,
    waits_for_signature,
    wishes,
)
from game.terminal.commands import Command
from game.terminal.phrases import change, dates_of, enumerated, level, standing


def paragraphs(text: str) -> list[str]:
    """Return a longer text as lines, one a paragraph, with an empty line between."""
    lines: list[str] = []
    for part in text.split("\n"):
        if part.strip():
            lines += ["", part.strip()] if lines else [part.strip()]
    return lines


def numbered(lines: Iterable[str], first: int = 1) -> list[str]:
    """Return lines as a numbered list."""
    return [f"{place}. {line}" for place, line in enumerate(lines, start=first)]


def listed(lines: Iterable[str]) -> list[str]:
    """Return lines as a list without numbers."""
    return [f"- {line}" for line in lines]


def section(title: str, lines: Sequence[str]) -> list[str]:
    """Return a title and what stands under it, after an empty line; nothing if nothing stands there."""
    return ["", title, *lines] if lines else []


# ---- What is shown when a turn begins ----


def opening_page(view: View) -> list[str]:
    """Return what a person reads once, before the first turn."""
    lines = [view.title, "", *paragraphs(view.about)]
    lines += section(_("You are: {role}").format(role=view.role_label), ["", *paragraphs(view.brief)])
    lines += section(_("What you want:"), [*numbered(wishes(view)), mark_line(view)])
    return [*lines, ""]


def turn_page(view: View) -> list[str]:
    """Return what a person reads when a turn begins: news, questions, how things stand, means."""
    lines = [turn_line(view), _("You are: {role}").format(role=view.role_label)]
    last = view.turn - 1
    if last:
        title = _("What you learned of turn {turn}:").format(turn=last)
        lines += section(title, _news(view, last) or listed([_("Nothing that reached you.")]))
    lines += _urgent(view)
    lines += section(_("What you watch first:"), _watched(view))
    return [*lines, "", *means(view)]


def _news(view: View, turn: int) -> list[str]:
    """Return what the seat learned of a turn; events with their longer text."""
    lines = []
    for item in view.headlines:
        if item.turn == turn:
            lines.append(f"- {item.text}")
            if item.kind == "event" and item.detail:
                lines.append(f"  {' '.join(item.detail.split())}")
    return lines


def turn_line(view: View) -> str:
    """Return which turn it is, of how many, and its dates."""
    message = _("Turn {turn} of {turns}: {dates}")
    return message.format(turn=view.turn, turns=view.turns, dates=dates_of(view))


def _watched(view: View) -> list[str]:
    return listed(standing(item) for item in view.in_order if item.featured)


def _urgent(view: View) -> list[str]:
    questions = [f"{item.label}. {time_left(item)}" for item in unanswered(view)]
    lines = section(_("You are asked to decide:"), listed(questions))
    offers = [offer(view, item) for item in view.agreements if waits_for_signature(view, item)]
    return lines + section(_("Others have signed and wait for you:"), listed(offers))


def offer(view: View, item: AgreementView) -> str:
    """Return who has signed an agreement."""
    message = _("{agreement}: signed by {roles}.")
    return message.format(agreement=item.label, roles=roles_of(view, item.signed_by))


def unanswered(view: View) -> list[DecisionView]:
    """Return the open questions to which the draft holds no answer."""
    return [item for item in view.decisions if not any(option.drafted for option in item.options)]


def means(view: View) -> list[str]:
    """Return what there is to spend this turn."""
    capital = _("Political capital: {left} of {all} left, {income} more each turn, {most} at most.").format(
        left=amount(view.capital - view.draft_cost),
        all=amount(view.capital),
        income=amount(view.income),
        most=amount(view.most_capital),
    )
    return [capital, _slots(view)]


def _slots(view: View) -> str:
    used = sum(move.drafted for move in view.policies)
    text = ngettext(
        "Policies in your order: {used} of {n}.", "Policies in your order: {used} of {n}.", view.slots
    )
    return text.format(used=used, n=view.slots)


def left_over(view: View) -> str:
    """Return shortly what there still is to spend."""
    message = _("Political capital left: {left}.").format(left=amount(view.capital - view.draft_cost))
    return f"{message} {_slots(view)}"


# ---- What can be done ----


def policies_page(view: View) -> list[str]:
    """Return the role's policies, numbered."""
    lines = [_("Your policies:")]
    for place, move in enumerate(view.policies, start=1):
        lines.append(f"{place}. {offered(move)}")
        if move.about:
            lines.append(f"   {about_move(move)}")
    return [
        *lines,
        "",
        *means(view),
        _("Type a number to put a policy into your order or to take it out again."),
    ]


def agreements_page(view: View) -> list[str]:
    """Return the agreements that the seat knows of, numbered."""
    if not view.agreements:
        return [_("You know of no agreement.")]
    lines = [_("Agreements:")]
    for place, item in enumerate(view.agreements, start=1):
        lines.append(f"{place}. {agreement_line(view, item)}")
        lines += [f"   {part}" for part in agreement_details(view, item)]
    if view.phase == "deciding":
        lines += ["", _("Type a number to sign an agreement or to take your signature back.")]
    return lines


def decisions_page(view: View) -> list[str]:
    """Return the questions put to the seat; their answers are numbered through."""
    if not view.decisions:
        return [_("No question is put to you now.")]
    lines: list[str] = []
    place = 1
    for item in view.decisions:
        lines += [item.label, *paragraphs(item.text), time_left(item)]
        for option in item.options:
            lines.append(f"{place}. {offered(option)}")
            if option.about:
                lines.append(f"   {option.about}")
            place += 1
        lines.append("")
    return [*lines, _("Type a number to give that answer.")]


def options_of(view: View) -> list[MoveView]:
    """Return the answers of all open questions in the order of their numbers."""
    return [option for item in view.decisions for option in item.options]


def moves_of(view: View) -> dict[str, MoveView]:
    """Return every move of the seat by its id."""
    moves = {move.id: move for move in (*view.policies, *options_of(view))}
    moves.update({item.sign.id: item.sign for item in view.agreements if item.sign is not None})
    return moves


def called(view: View, move: MoveView) -> str:
    """Return what a move is called on its own: an answer with its question."""
    for item in view.decisions:
        if any(option.id == move.id for option in item.options):
            return _("{question}: {answer}").format(question=item.label, answer=move.label)
    return move.label


def draft_page(view: View) -> list[str]:
    """Return the order as it stands, and what would happen without an answer."""
    known = moves_of(view)
    drafted = [known[name] for name in view.draft]
    if drafted:
        lines = [_("Your order for this turn:")]
        message = _("{move} ({price})")
        lines += numbered(message.format(move=called(view, move), price=price(move)) for move in drafted)
    else:
        lines = [_("Your order is empty: so far you do nothing this turn.")]
    for item in unanswered(view):
        lines.append(_("Not answered: {question}. {time}").format(question=item.label, time=time_left(item)))
    return lines + means(view)


# ---- How things stand ----


def status_page(view: View, *, everything: bool) -> list[str]:
    """Return where things stand: the indicators that the role watches, or all."""
    items = view.in_order
    shown = items if everything else [item for item in items if item.featured]
    title = _("How all things stand, from 0 to 100 if nothing else is said:")
    lines = [title if everything else _("What you watch first:"), *numbered(standing(item) for item in shown)]
    if everything:
        lines += _lists(view)
    else:
        left = len(items) - len(shown)
        text = ngettext("{n} more is shown by: status all", "{n} more are shown by: status all", left)
        lines += ["", text.format(n=left)] if left else []
    return [*lines, _("Type a number to read more about one.")]


def _lists(view: View) -> list[str]:
    lines = []
    for bloc in view.blocs:
        message = (
            _("{bloc}: {was} seats so far.")
            if bloc.seats is None
            else _("{bloc}: {seats} seats, {was} before.")
        )
        lines.append(message.format(bloc=bloc.label, was=bloc.was, seats=bloc.seats))
    return section(_("Seats in parliament:"), lines)


def indicator_page(view: View, item: IndicatorView) -> list[str]:
    """Return all about one indicator."""
    lines = [item.label, *paragraphs(item.about), level(item)]
    wish = {"high": _("You want it high."), "low": _("You want it low."), "none": ""}[item.better]
    lines += [text for text in (change(item), wish) if text]
    if item.report is not None and not item.exact:
        lines.append(_("The latest report said {value}; reports err.").format(value=number(item.report)))
    if item.history:
        values = enumerated(number(value) for value in item.history)
        lines.append(_("Your estimate from the start, turn by turn: {values}.").format(values=values))
    if view.turn > 1 and not item.hidden:
        lines.append(_("How each analyst would explain it is shown by: why {name}").format(name=item.id))
    return lines


# ---- What is known ----


def headlines_page(view: View) -> list[str]:
    """Return all that the seat has learned, turn by turn."""
    if not view.headlines:
        return [_("Nothing has happened yet.")]
    lines: list[str] = []
    for turn in sorted({item.turn for item in view.headlines}, reverse=True):
        lines.append(_("Turn {turn}:").format(turn=turn))
        lines += listed(item.text for item in view.headlines if item.turn == turn)
        lines.append("")
    return lines[:-1]


def objectives_page(view: View) -> list[str]:
    """Return what the role wants."""
    note = _("How far you have come is told at the end: reports err, and only then is everything known.")
    return [_("What you want:"), *numbered(wishes(view)), mark_line(view), note]


def brief_page(view: View) -> list[str]:
    """Return the role's brief."""
    more = _("What the scenario is about is told by: brief about")
    return [_("You are: {role}").format(role=view.role_label), *paragraphs(view.brief), "", more]


def about_page(view: View) -> list[str]:
    """Return what the scenario is about."""
    return [view.title, *paragraphs(view.about)]


def readings_page(view: View) -> list[str]:
    """Return the analysts' accounts, numbered as predictions name them."""
    untold = _(
        "The world of this game follows one of these accounts, or a mix of them; nobody tells you which."
    )
    lines = [untold] if view.end is None else []
    for place, item in enumerate(view.readings, start=1):
        lines += ["", f"{place}. " + _("{analyst}: {label}").format(analyst=item.analyst, label=item.label)]
        lines += [f"   - {claim}" for claim in item.summary]
    return lines


def help_page(items: Sequence[Command]) -> list[str]:
    """Return what can be typed, numbered."""
    lines = [_("What you can type; the start of a word is enough, and so is a number of this list:")]
    return lines + numbered(f"{item.shown}. {item.help}" for item in items)


def command_page(item: Command) -> list[str]:
    """Return all about one command."""
    lines = [f"{item.shown}. {item.help}"]
    others = enumerated(item.words[1:])
    return [*lines, _("Also: {words}").format(words=others)] if others else lines
