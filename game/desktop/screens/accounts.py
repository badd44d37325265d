"""What does each account say of a number, in full? How it explains the last change, and what it expects."""

from collections.abc import Callable, Sequence

from game.desktop import theme
from game.desktop.app import App
from game.desktop.screens.reader import Line, Reader, paragraph, signs_kept, title_line
from game.desktop.sitting import Sitting
from game.locale import _, number
from game.play.citing import series, with_citation
from game.play.views import AccountTerm
from game.play.wording import closest, seen


def explained_screen(app: App, sitting: Sitting) -> Reader:
    """Return the page that tells in full how each account explains a change, and after the game the truth."""
    name = sitting.looked_at

    def lines() -> list[Line]:
        meaning = _meaning(sitting, name)
        found = sitting.explained(name)
        if found is None:
            return [*meaning, paragraph(_("No turn has been played yet, so nothing has moved."))]
        if found.reported is None:
            return [*meaning, paragraph(_("This seat hears nothing of it."))]
        estimates = next(item.history for item in sitting.view.indicators if item.id == name)
        page = [*meaning, *(title_line(signs_kept(text)) for text in seen(found, estimates, found.reported))]
        page.append(paragraph(closest(found.accounts), theme.INK))
        for place, account in enumerate(found.accounts):
            message = _("{analyst} would explain {points}, and leaves {rest}.")
            text = message.format(
                analyst=account.analyst,
                points=_points(account.explained),
                rest=_points(account.unexplained),
            )
            page.append(title_line(text, sitting.view.readings[place].colour))
            page += _terms(account.terms)
        truth = sitting.truth(name)
        if truth is not None:
            page += [title_line(_("What really moved it")), *_terms(truth.terms)]
        elif sitting.view.phase != "over":
            page.append(
                paragraph(_("The true ledger opens when the game is over: it would give the reading away."))
            )
        return page

    def title() -> str:
        label = next((item.label for item in sitting.view.indicators if item.id == name), "")
        return _("Why? {indicator}").format(indicator=label)

    return Reader(app, title, lines)


class Expectations(Reader):
    """The page that tells what each account expects; it looks ahead itself, as the board below it would."""

    def __init__(
        self, app: App, sitting: Sitting, title: Callable[[], str], lines: Callable[[], Sequence[Line]]
    ) -> None:
        """Open the page.

        Args:
            app: The app.
            sitting: The game and the seat in front.
            title: As of any page.
            lines: The same.
        """
        super().__init__(app, title, lines)
        self.sitting = sitting

    def idle(self) -> bool:
        """Work out what the accounts expect."""
        return self.sitting.look_ahead()


def expected_screen(app: App, sitting: Sitting) -> Reader:
    """Return the page that tells in words what each account expects of the draft, and why."""
    name = sitting.looked_at

    def lines() -> list[Line]:
        found = sitting.forecast()
        page = _meaning(sitting, name)
        if found is None:
            return [*page, paragraph(_("looking ahead …"))]
        for place, reading in enumerate(found.readings):
            title = _("{analyst}: {label}").format(analyst=reading.analyst, label=reading.label)
            page.append(title_line(title, sitting.view.readings[place].colour))
            coming = next((item for item in reading.indicators if item.id == name), None)
            if coming is not None:
                low, middle, high = (coming.bands[-1][at] for at in (0, 2, 4))
                told = _(
                    "{change} this turn; at the end {middle}, nine times in ten between {low} and {high}."
                )
                page.append(
                    paragraph(
                        told.format(
                            change=_points(coming.next_turn - coming.now),
                            middle=number(middle),
                            low=number(low),
                            high=number(high),
                        )
                    )
                )
                page += _terms(coming.terms[:5])
            likely = sorted(reading.outcomes.items(), key=lambda pair: -pair[1])[:3]
            ends = series(
                f"{found.titles[end]} \u200e{number(100 * share)}%" for end, share in likely if share > 0
            )
            page.append(
                paragraph(_("Endings that it holds likely: {endings}").format(endings=ends), theme.INK)
            )
        return page

    def title() -> str:
        label = next((item.label for item in sitting.view.indicators if item.id == name), "")
        return _("What each account expects: {indicator}").format(indicator=label)

    return Expectations(app, sitting, title, lines)


def _meaning(sitting: Sitting, indicator: str) -> list[Line]:
    """Return what one point of an indicator means."""
    found = next((item.about for item in sitting.view.indicators if item.id == indicator), "")
    return [paragraph(found)] if found else []


def _points(value: float) -> str:
    return "\u200e" + number(value, 1, signed=True)


def _terms(terms: Sequence[AccountTerm]) -> list[Line]:
    """Return causes as paragraphs, with what they cite; what a claim says is told once."""
    found, told = [], set[str]()
    for term in terms:
        text = f"{_points(term.points)}  {with_citation(term.text, term.cite)}"
        if term.says and term.says not in told:
            text += f": {term.says}"
            told.add(term.says)
        found.append(paragraph(text))
    return found
