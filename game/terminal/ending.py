"""What is told when the game is over? How it ended, who is credited, what it cost, which reading was true."""

from game.locale import _, list_of, number
from game.play.views import EndView, RoleEnd, View
from game.play.wording import cost_line, score_and_mark
from game.terminal.pages import numbered, paragraphs, section


def end_page(view: View) -> list[str]:
    """Return the whole summary of a game that is over."""
    end = view.end
    if end is None:
        return [_("The game is not over yet.")]
    lines = [_("The game is over: {outcome}").format(outcome=end.title), "", *paragraphs(end.text)]
    lines += section(_("Who is credited:"), paragraphs(end.credit))
    lines += section(_("Who harvests it:"), paragraphs(end.harvest))
    lines += section(_("Seats in parliament:"), _seats(view))
    lines += section(_("What each role reached:"), _roles(view, end))
    lines += section(_("What it cost, whoever gains by it:"), numbered(cost_line(item) for item in end.costs))
    return [*lines, "", world_line(view, end)]


def _seats(view: View) -> list[str]:
    return [
        _("{bloc}: {seats} seats, {was} before.").format(bloc=bloc.label, seats=bloc.seats, was=bloc.was)
        for bloc in view.blocs
        if bloc.seats is not None
    ]


def _roles(view: View, end: EndView) -> list[str]:
    """Return how every role fared, the seat's own first."""
    own_first = sorted(end.roles, key=lambda role: role.role != view.role)
    lines = []
    for role in own_first:
        first, *rest = role_lines(role)
        lines += [first, *(f"- {line}" for line in rest)]
    return lines


def role_lines(role: RoleEnd) -> list[str]:
    """Return how a role fared: its score, then each objective."""
    message = (
        _("{role}: objectives reached, {score} of 100 where {mark} are needed.")
        if role.reached
        else _("{role}: objectives not reached, {score} of 100 where {mark} are needed.")
    )
    score, mark = score_and_mark(role.score, role.reached_at, 1)
    lines = [message.format(role=role.label, score=score, mark=mark)]
    for item in role.objectives:
        part = _("{objective}: {share} of 100.")
        lines.append(part.format(objective=item.label, share=number(100 * (item.worth or 0.0))))
    return lines


def world_line(view: View, end: EndView) -> str:
    """Return which account the world followed."""
    names = {item.id: (item.analyst, item.label) for item in view.readings}
    true = {name: weight for name, weight in end.world.items() if weight > 0.0}
    if len(true) == 1:
        analyst, label = names[next(iter(true))]
        message = _("The world of this game followed the account of {analyst}: {label}.")
        return message.format(analyst=analyst, label=label)
    parts = [
        _("{share} percent {analyst}").format(share=number(100 * weight), analyst=names[name][0])
        for name, weight in sorted(true.items(), key=lambda pair: -pair[1])
    ]
    return _("The world of this game was a mix of accounts: {parts}.").format(parts=list_of(parts))
