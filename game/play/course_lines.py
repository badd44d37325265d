"""How are a game's other courses, its luck and its turning points told in lines?"""

from collections.abc import Iterator, Sequence

from game.locale import _, list_of, number
from game.play.citing import points, term_line
from game.play.retelling import CourseView, EndingShare, LuckView, TurningPoint
from game.play.views import AccountTerm

_TERMS = 3


def course_lines(own: CourseView, other: CourseView) -> Iterator[str]:
    """Yield how another course of a game's orders went, beside the game's own."""
    yield _("It ends so: {ending}").format(ending=other.title)
    if other.outcome == own.outcome:
        yield _("That is the ending of the game as it was played.")
    else:
        yield _("As it was played, it ended so: {ending}").format(ending=own.title)
    for was, now in zip(own.roles, other.roles, strict=True):
        message = _("{role}: {score} of 100, against {was} as it was played.")
        yield "- " + message.format(role=now.label, score=_share(now.score), was=_share(was.score))
    parting = other.parting
    if parting is None:
        yield _("The two courses never lie noticeably apart.")
    else:
        message = _("They part after turn {turn}: {indicator} lies {points} from where it was.")
        yield message.format(turn=parting.turn, indicator=parting.label, points=points(parting.apart))
        yield _("What moved it in that turn as it was played:")
        yield from _terms(parting.terms)
        yield _("What moved it in the other course:")
        yield from _terms(parting.other_terms)
    if other.left_out:
        yield _("Orders that were not allowed in the other course, and were left out:")
        yield from (f"- {line}" for line in other.left_out)


def _terms(terms: Sequence[AccountTerm]) -> Iterator[str]:
    yield from (f"   {term_line(term, says=False)}" for term in terms[:_TERMS])


def _share(value: float) -> str:
    return number(100 * value, 1)


def luck_lines(roles: Sequence[LuckView], endings: Sequence[EndingShare]) -> Iterator[str]:
    """Yield where a game fell among the same orders with other luck."""
    yield _("The same orders with other luck, {n} times:").format(n=roles[0].seeds)
    for role in roles:
        message = _(
            "{role}: {score} of 100; {below} percent of them scored less. Nine in ten lie between {low} and {high}."
        )
        yield "- " + message.format(
            role=role.label,
            score=_share(role.score),
            below=number(100 * role.below),
            low=_share(role.quantiles[0]),
            high=_share(role.quantiles[-1]),
        )
    yield _("How they ended:")
    for ending in sorted(endings, key=lambda item: -item.share):
        if ending.share > 0:
            yield "- " + _("{ending}: {share} percent").format(
                ending=ending.title, share=number(100 * ending.share)
            )


def turning_lines(items: Sequence[TurningPoint]) -> Iterator[str]:
    """Yield the decisions that mattered most, each against the game without it."""
    if not items:
        yield _("Nobody ordered anything in this game.")
    for place, item in enumerate(items, start=1):
        message = _("{place}. Turn {turn}, {role}: {move}")
        yield message.format(place=place, turn=item.turn, role=item.role_label, move=item.label)
        moved = [
            _("{indicator} {points}").format(indicator=label, points=points(value))
            for label, value in item.moved
        ]
        yield "   " + _("What owes most to it at the end: {moved}.").format(moved=list_of(moved))
        owed = points(100 * item.scores[item.role])
        yield "   " + _("Of its 100 points it brought {role} {points}.").format(
            role=item.role_label, points=owed
        )
        if item.other_end:
            yield "   " + _("Without it, the game ends so: {ending}").format(ending=item.title)
        else:
            yield "   " + _("Without it, the game ends in the same way.")
