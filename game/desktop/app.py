"""What runs the window? Events to the screen on top, one drawing whenever something changed, else nothing."""

import os
import sys
from collections.abc import Callable
from typing import Final

if sys.platform == "linux":
    # Without it every small change sends the whole window to the screen where there is no graphics card.
    os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
if sys.platform == "win32":
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")

import pygame

from game.base.errors import EnvironmentLacksError, RivalReadingsError
from game.desktop.canvas import Canvas, Hot
from game.desktop.drawing.icons import picture_of
from game.desktop.focus import neighbour, step
from game.desktop.opening import LEAST_SIZE
from game.desktop.screen import Screen
from game.desktop.settings import Settings, keep, kept
from game.desktop.text import TextPainter
from game.desktop.theme import Style
from game.locale import LANGUAGES, _, direction, speak

_TICKS: Final = 30
_BASE: Final = (1280, 720)
_LEAST: Final = (480, 320)
_ICON: Final = 128
_ARROWS: Final = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
}
_AT: Final = dict(enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890", start=pygame.KSCAN_A))
"""Letters and digits by the place of their key, which is the same under every layout."""


class App:
    """The window's screens, its settings and what is in focus.

    Attributes:
        settings: What the person has set.
        screens: Open screens, the one on top last; empty: the window closes.
        focus: What is in focus, by its id; empty: nothing.
        canvas: What was drawn last.
        drawn: How often the window was drawn.
    """

    def __init__(
        self, surface: pygame.Surface, settings: Settings | None = None, *, keeps: bool = True
    ) -> None:
        """Prepare an app that draws on a surface.

        Args:
            surface: What it draws on.
            settings: What the person has set; None takes what was kept.
            keeps: Whether changes of settings are kept for the next time.
        """
        self.surface = surface
        self._keeps = keeps
        self.settings = settings or kept()
        self.screens: list[Screen] = []
        self.focus = ""
        self.drawn = 0
        self.canvas: Canvas | None = None
        self._dirty = True
        self._over = ""
        self._hindered = ""
        self._style: Style | None = None

    @property
    def screen(self) -> Screen:
        """The screen on top."""
        return self.screens[-1]

    def show(self, screen: Screen, *, instead: bool = False) -> None:
        """Open a screen, on top or instead of the one on top."""
        if instead and self.screens:
            self.screens.pop()
        self.screens.append(screen)
        self.focus = ""
        self._dirty = True

    def back(self) -> None:
        """Close the screen on top."""
        if self.screens:
            self.screens.pop()
        if self.screens:
            self.screens[-1].uncovered()
        self.focus = ""
        self._dirty = True

    def renew(self) -> None:
        """Draw the window again."""
        self._dirty = True

    def change(self, settings: Settings) -> None:
        """Use and keep other settings."""
        self.settings = settings
        self._style = None
        self._dirty = True
        if self._keeps:
            keep(settings)

    @property
    def next_language(self) -> str:
        """The language that a switch leads to."""
        at = LANGUAGES.index(self.settings.lang)
        return LANGUAGES[(at + 1) % len(LANGUAGES)]

    def switch_language(self) -> None:
        """Go on in the next language."""
        self.change(self.settings.model_copy(update={"lang": self.next_language}))
        for screen in self.screens:
            screen.language_changed()

    def style(self) -> Style:
        """Return how things are drawn at the present size and settings."""
        w, h = self.surface.get_size()
        scale = max(1.0, min(w / _BASE[0], h / _BASE[1])) * self.settings.text_size / 100
        scale = min(scale, max(1.0, w / _LEAST[0]), max(1.0, h / _LEAST[1]))
        rtl = direction(self.settings.lang) == "rtl"
        if self._style is None or (self._style.scale, self._style.rtl) != (scale, rtl):
            self._style = Style(scale, rtl, TextPainter(scale, rtl=rtl))
        return self._style

    def draw(self) -> bool:
        """Draw the screen on top if something changed; return whether it did."""
        if not self._dirty or not self.screens:
            return False
        self._dirty = False
        with speak(self.settings.lang):
            canvas = Canvas(self.surface, self.style())
            self.screen.draw(canvas)
        self.canvas = canvas
        self.drawn += 1
        for hot in canvas.hots:
            if hot.id == self.focus:
                canvas.ring(hot.rect)
        return True

    def idle(self) -> None:
        """Do what can wait, when nothing else happens; what it lacks, such as the host, is told while it does."""
        if not self.screens:
            return
        screen, hindered = self.screen, ""
        with speak(self.settings.lang):
            try:
                self._dirty |= screen.idle()
            except EnvironmentLacksError as error:
                hindered = str(error)
            except RivalReadingsError as error:
                screen.say(str(error))
                self._dirty = True
        if hindered:
            self._dirty |= screen.message != hindered
            screen.say(hindered)
        elif self._hindered and screen.message == self._hindered:
            self._dirty = True
            screen.say("")
        self._hindered = hindered

    def handle(self, event: pygame.Event) -> None:
        """Do what an event asks for."""
        if not self.screens:
            return
        try:
            with speak(self.settings.lang):
                self._handle(event)
        except RivalReadingsError as error:
            self.screen.say(str(error))
            self._dirty = True

    def _handle(self, event: pygame.Event) -> None:
        if event.type in (pygame.MOUSEBUTTONDOWN, pygame.KEYDOWN):
            self.screen.message = ""
        if event.type == pygame.QUIT:
            self.screens.clear()
        elif event.type in (pygame.WINDOWRESIZED, pygame.WINDOWSIZECHANGED, pygame.WINDOWEXPOSED):
            self._dirty = True
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self._press_at(event.pos)
        elif event.type == pygame.MOUSEMOTION:
            self._hover(event.pos)
        elif event.type == pygame.MOUSEWHEEL:
            self.screen.turn_page(-event.y)
            self._dirty = True
        elif event.type == pygame.KEYDOWN:
            self._key(event)

    def _hots(self) -> list[Hot]:
        return self.canvas.hots if self.canvas is not None else []

    def _hover(self, pos: tuple[int, int]) -> None:
        over = next((hot.id for hot in reversed(self._hots()) if hot.rect.collidepoint(pos)), "")
        if over != self._over:
            self._over = over
            self._dirty |= self.screen.hover(over)

    def _press_at(self, pos: tuple[int, int]) -> None:
        for hot in reversed(self._hots()):
            if hot.rect.collidepoint(pos):
                self.focus = ""
                self.press(hot)
                return

    def press(self, hot: Hot) -> None:
        """Press something that was drawn; what is in focus stays so."""
        self._dirty = True
        hot.press()

    def _key(self, event: pygame.Event) -> None:
        self._dirty = True
        if self.screen.typed(self.focus, event):
            return
        hots = self._hots()
        if event.key == pygame.K_TAB:
            self.focus = step(hots, self.focus, -1 if event.mod & pygame.KMOD_SHIFT else 1)
        elif event.key in _ARROWS:
            self.focus = neighbour(hots, self.focus, _ARROWS[event.key])
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE) and self.focus:
            for hot in hots:
                if hot.id == self.focus:
                    self.press(hot)
                    return
        elif event.key == pygame.K_ESCAPE:
            self.screen.back()
        elif event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            self.screen.turn_page(1 if event.key == pygame.K_PAGEDOWN else -1)
        else:
            self._shortcut(_name_of(event))

    def _shortcut(self, name: str) -> None:
        for hot in self._hots():
            if hot.key.upper() == name:
                self.press(hot)
                return
        if self.canvas is not None and name in self.canvas.keys:
            self.canvas.keys[name]()
        elif name == "L":
            self.switch_language()


def _name_of(event: pygame.Event) -> str:
    """Return what a key is called on the screen: what it writes, or what it writes in Latin where it stands."""
    name = pygame.key.name(event.key).upper()
    if name in _AT.values():
        return name
    return _AT.get(event.dict.get("scancode", 0), {"RETURN": "ENTER"}.get(name, name))


def size_on(desktop: tuple[int, int]) -> tuple[int, int]:
    """Return the width and height with which the window opens on a desktop of a size: no larger than that."""
    return (
        max(LEAST_SIZE[0], min(_BASE[0], desktop[0])),
        max(LEAST_SIZE[1], min(_BASE[1], desktop[1])),
    )


def run(begin: Callable[[App], None], goes_on: Callable[[], bool] = lambda: True) -> int:
    """Open the window and run it until it is closed.

    Args:
        begin: Opens the first screens.
        goes_on: Says whether what the window shows is still there; once it is not, the window closes.
    """
    pygame.display.init()
    pygame.font.init()
    settings = kept()
    size = size_on(pygame.display.get_desktop_sizes()[0])
    window = pygame.Window(_title(settings.lang), size, resizable=True, allow_high_dpi=True)
    window.set_icon(picture_of("emblem.svg", _ICON))
    window.minimum_size = LEAST_SIZE
    if settings.full_screen:
        window.set_fullscreen(desktop=True)
    app = App(window.get_surface(), settings)
    begin(app)
    clock = pygame.Clock()
    while app.screens and goes_on():
        for event in pygame.event.get():
            app.handle(_scaled(event, window))
        if app.settings.full_screen != settings.full_screen:
            window.set_fullscreen(desktop=True) if app.settings.full_screen else window.set_windowed()
        if app.settings.lang != settings.lang:
            window.title = _title(app.settings.lang)
        settings = app.settings
        if app.draw():
            window.flip()
        else:
            app.idle()
        clock.tick(_TICKS)
    window.destroy()
    pygame.quit()
    return 0


def _title(lang: str) -> str:
    with speak(lang):
        return _("Rival Readings")


def _scaled(event: pygame.Event, window: pygame.Window) -> pygame.Event:
    """Return a mouse event in the window's own pixels, of which a sharp screen has more."""
    factor = window.get_surface().get_width() / max(1, window.size[0])
    if event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION) and factor != 1.0:
        event.pos = (round(event.pos[0] * factor), round(event.pos[1] * factor))
    return event
