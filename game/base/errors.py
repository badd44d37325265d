"""How does the product say that something cannot be done?

Every error that a person may meet carries one clear message with the remedy, and the exit code of the
command that meets it: 1 the content has errors, 2 wrong usage, 3 the environment lacks something.
"""


class RivalReadingsError(Exception):
    """An error with a message for the person in front of the screen."""

    exit_code = 1


class ContentError(RivalReadingsError):
    """A scenario or a save has errors."""

    exit_code = 1


class UsageError(RivalReadingsError):
    """A name, value or file that was asked for does not exist or makes no sense."""

    exit_code = 2


class EnvironmentLacksError(RivalReadingsError):
    """The machine lacks something, such as a display."""

    exit_code = 3
