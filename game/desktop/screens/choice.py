"""What does an agreement or a question say in full? A page with its whole text and what can be done about it."""

from collections.abc import Callable, Sequence

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Canvas
from game.desktop.screens.reader import Line, Reader, paragraph, title_line
from game.desktop.sitting import Sitting
from game.locale import _
from game.play.views import AgreementView, DecisionView, MoveView
from game.play.wording import agreement_details, agreement_line, offered, time_left

_ROW = 34.0


class Choice(Reader):
    """A text with the moves that it speaks of as buttons below it."""

    def __init__(self, app: App, sitting: Sitting, name: str) -> None:
        """Tell of an agreement or a question.

        Args:
            app: The app.
            sitting: The game and the seat in front.
            name: The agreement or event, by id.
        """
        super().__init__(app, self.heading, self.text)
        self.sitting, self.name = sitting, name

    def heading(self) -> str:
        """Return what stands above the page."""
        raise NotImplementedError

    def text(self) -> Sequence[Line]:
        """Return the page's paragraphs."""
        raise NotImplementedError

    def moves(self) -> Sequence[tuple[MoveView, str]]:
        """Return what can be put into the order here, each with the label of its button."""
        raise NotImplementedError

    def draw_foot(self, canvas: Canvas, left: float, width: float) -> float:
        """Draw the moves as buttons, one below the other."""
        moves = self.moves()
        top = canvas.height - 50 - _ROW * len(moves)
        for at, (move, label) in enumerate(moves):
            spot = (left, top + at * _ROW + 6, width, _ROW - 4)
            canvas.button(f"move:{move.id}", spot, label, self._press(move), on=move.drafted)
        return _ROW * len(moves)

    def _press(self, move: MoveView) -> Callable[[], None]:
        return lambda: self.say(self.sitting.toggle(move))


class AgreementPage(Choice):
    """An agreement: its text, its parties, its state and what breaks it."""

    def _item(self) -> AgreementView:
        return next(item for item in self.sitting.view.agreements if item.id == self.name)

    def heading(self) -> str:
        """Return the agreement's name."""
        return self._item().label

    def text(self) -> Sequence[Line]:
        """Return its state and its text."""
        view, item = self.sitting.view, self._item()
        details = [paragraph(part) for part in agreement_details(view, item)]
        return [title_line(agreement_line(view, item)), *details]

    def moves(self) -> Sequence[tuple[MoveView, str]]:
        """Return the seat's signature where one can be given."""
        item = self._item()
        if not can_be_signed(item) or item.sign is None:
            return ()
        return ((item.sign, _("Signed") if item.sign.drafted else _("Sign")),)


class QuestionPage(Choice):
    """A question that an event puts to the seat: its text and every answer with what it costs and means."""

    def _item(self) -> DecisionView:
        return next(item for item in self.sitting.view.decisions if item.event == self.name)

    def heading(self) -> str:
        """Return the event's name."""
        return self._item().label

    def text(self) -> Sequence[Line]:
        """Return what happened, until when to answer, and the answers."""
        item = self._item()
        lines = [paragraph(part, theme.INK) for part in item.text.split("\n") if part.strip()]
        lines.append(title_line(time_left(item), theme.WORSE))
        for option in item.options:
            lines.append(title_line(offered(option)))
            if option.about:
                lines.append(paragraph(option.about))
        return lines

    def moves(self) -> Sequence[tuple[MoveView, str]]:
        """Return the answers."""
        return tuple((option, option.label) for option in self._item().options)


def can_be_signed(item: AgreementView) -> bool:
    """Return whether the seat's signature under an agreement could be given or taken back."""
    return item.sign is not None and item.status in ("open", "offered")
