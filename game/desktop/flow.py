"""What follows what? A seat's board, the curtain between people, the resolution, the end."""

from typing import TYPE_CHECKING

from game.desktop.sitting import Sitting
from game.play.table import Table

if TYPE_CHECKING:
    from game.desktop.app import App


def begin(app: "App", table: Table, *, new: bool = False) -> None:
    """Open a game's screens, exactly where it stands.

    Args:
        app: The app.
        table: The game; its journal is closed when the app leaves it.
        new: Whether it begins now: then each person reads the role before the first turn.
    """
    Flow(app, Sitting(table, app.settings.lang), new=new).go_on(begun=True)


class Flow:
    """The order of a game's screens."""

    def __init__(self, app: "App", sitting: Sitting, *, new: bool = True) -> None:
        self.app, self.sitting, self.new = app, sitting, new
        self.told: dict[str, int] = {}

    def go_on(self, *, begun: bool = False) -> None:
        """Open the screen that is due now."""
        missing = self.sitting.missing()
        if self.sitting.game_is_over:
            role = self.sitting.role
        elif not missing:
            from game.desktop.screens.waiting import Waiting

            self.app.show(Waiting(self.app, self.sitting, self._awaited))
            return
        else:
            role = self.sitting.role if begun and self.sitting.role in missing else missing[0]
        if self.sitting.shared and not self.sitting.game_is_over and (begun or role != self.sitting.role):
            from game.desktop.screens.curtain import Curtain

            self.app.show(Curtain(self.app, self.sitting, role, lambda: self._sit(role, begun=begun)))
            return
        self._sit(role, begun=begun)

    def _sit(self, role: str, *, begun: bool) -> None:
        self.sitting.lang = self.app.settings.lang
        self.sitting.sit(role)
        turn = self.sitting.played
        first = self.new and role not in self.told and turn == 0
        if turn and not begun and self.told.get(role) != turn:
            from game.desktop.screens.resolution import Resolution

            self.told[role] = turn
            self.app.show(Resolution(self.app, self.sitting, self._open))
            return
        self.told[role] = turn
        self._open()
        if first:
            from game.desktop.screens.role import Introduction

            self.app.show(Introduction(self.app, self.sitting))

    def _open(self) -> None:
        from game.desktop.screens.board import Board
        from game.desktop.screens.outcome import Outcome

        if self.sitting.game_is_over:
            self.app.show(Outcome(self.app, self.sitting))
            return
        board = Board(self.app, self.sitting, self._handed_in)
        self.app.show(board)

    def _awaited(self) -> None:
        """Go on after the others' orders are in."""
        self.app.back()
        self.go_on()

    def _handed_in(self) -> None:
        """Close the board of the seat whose order is in, and go on."""
        self.app.back()
        self.go_on()
