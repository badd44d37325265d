"""How do a seat's wishes, choices and explanations read? In the same words for the window and for text play."""

from game.locale import _, number
from game.play.views import View


def wishes(view: View) -> list[str]:
    """Return the role's objectives with their weights."""
    total = sum(item.weight for item in view.objectives) or 1.0
    message = _("{objective}: counts for {share} percent.")
    return [
        message.format(objective=item.label, share=number(100 * item.weight / total))
        for item in view.objectives
    ]


def mark_line(view: View) -> str:
    """Return from which score on the role has reached what it wants."""
    return _("You have reached it from {score} of 100 in all.").format(score=number(100 * view.reached_at))
