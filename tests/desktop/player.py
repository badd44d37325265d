"""A person at the window: presses keys and looks at what is there."""

import pygame

from game.desktop.app import App
from game.desktop.screens.title import Title
from game.desktop.settings import Settings


class Player:
    def __init__(self, size=(1280, 720), lang="en", text_size=100):
        settings = Settings(lang=lang, text_size=text_size, reduced_motion=True)
        self.app = App(pygame.Surface(size), settings, keeps=False)

    def at_title(self):
        self.app.show(Title(self.app))
        self.app.draw()
        return self

    def key(self, key, mod=0, scancode=0):
        self.app.handle(pygame.Event(pygame.KEYDOWN, key=key, mod=mod, unicode="", scancode=scancode))
        self.app.draw()

    def look(self):
        self.app.renew()
        self.app.draw()
        return self.app.canvas

    def ids(self):
        return [hot.id for hot in self.look().hots]

    def press(self, name):
        """Go to something by Tab alone, and press Enter on it."""
        names = self.ids()
        for _step in range(len(names) + 1):
            if self.app.focus == name:
                break
            self.app.handle(pygame.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode="", scancode=0))
        self.app.draw()
        assert self.app.focus == name, (name, names)
        self.key(pygame.K_RETURN)

    @property
    def screen(self):
        return type(self.app.screen).__name__
