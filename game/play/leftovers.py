"""Which accounts leave the least of a change over, and what does that tell? For every front end."""

import math
from collections.abc import Sequence
from typing import Final

from game.locale import _, list_of
from game.play.views import Account

_CLOSE: Final = math.log(2.0)
"""By how much more an account must misfit than the best before it is told apart: half as likely, or less."""


def closest(accounts: Sequence[Account]) -> str:
    """Return in words which accounts leave the least over, where that tells them from the others."""
    least = min((account.misfit for account in accounts), default=0.0)
    near = [account.analyst for account in accounts if account.misfit - least < _CLOSE]
    if len(near) == len(accounts):
        return _("All leave about as much over: this change tells nothing about which of them is right.")
    message = _(
        "The least is left over by {analyst}. Reports err and luck plays along: "
        "compare over several turns, and more than one indicator, before you believe it."
    )
    return message.format(analyst=list_of(near))
