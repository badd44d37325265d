"""How does a command get at the scenario that it was asked for?"""

from game.base.errors import ContentError
from game.cli.frame import tell
from game.locale import _
from game.scenario.findings import has_errors, summary, text_lines
from game.scenario.loading import Loaded, load


def playable(spec: str) -> Loaded:
    """Return a scenario that can be played; where it has errors, show them.

    Raises:
        UsageError: There is no such scenario.
        ContentError: It has errors.
    """
    loaded = load(spec)
    if loaded.ruleset is None or has_errors(loaded.findings):
        for line in text_lines(loaded.findings):
            tell(line)
        message = _("the scenario {scenario} cannot be played before its errors are mended: {count}")
        raise ContentError(message.format(scenario=spec, count=summary(loaded.findings)))
    return loaded
