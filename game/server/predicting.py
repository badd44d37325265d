"""What does somebody hold likely? Percentages as they are typed into a seat's page, read and written."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from starlette.datastructures import FormData

from game.locale import _, amount, list_of
from game.play.orders import Prediction, Refused
from game.play.views import View

_LONGEST: Final = 20
_ROUNDING: Final = 0.5


def typed_in(form: FormData, view: View) -> dict[str, str]:
    """Return what a form holds of a prediction, by field."""
    return {name: str(form.get(name, "")).strip()[:_LONGEST] for name in _fields(view)}


def as_typed(kept: Prediction | None, view: View) -> dict[str, str]:
    """Return a kept prediction as its fields show it; empty fields where nothing is kept."""
    shares: dict[str, float] = {}
    if kept is not None:
        shares |= {f"reading:{name}": share for name, share in kept.readings.items()}
        shares |= {f"question:{name}": share for name, share in kept.questions.items()}
    return {name: amount(100 * shares[name]) if name in shares else "" for name in _fields(view)}


def prediction_of(typed: Mapping[str, str], view: View, turn: int) -> Prediction | Refused:
    """Return the prediction that was typed, the accounts' shares made to sum to 1; or why it is none."""
    shares = {name: _share(text) for name, text in typed.items() if text}
    readings = [f"reading:{item.id}" for item in view.readings]
    said = [shares.get(name) for name in readings]
    total = sum(share or 0.0 for share in said)
    if any(name in shares for name in readings) and (None in said or total <= 0):
        reason = _("Give a percentage for each account, from 0 to 100.")
        return Refused(code="malformed", reason=reason)
    if None in shares.values():
        return Refused(code="malformed", reason=_("Answer a question with a percentage from 0 to 100."))
    given = {name: share for name, share in shares.items() if share is not None}
    return Prediction(
        turn=turn,
        readings={
            item.id: given[name] / total for item in view.readings if (name := f"reading:{item.id}") in given
        },
        questions={
            item.id: given[name] for item in view.questions if (name := f"question:{item.id}") in given
        },
    )


class Remark(NamedTuple):
    """What is said of a prediction beside its fields.

    Attributes:
        text: Why it does not count yet, or what becomes of shares that count; empty if that is plain.
        counts: Whether all that was typed counts.
    """

    text: str
    counts: bool


def remark_on(typed: Mapping[str, str], view: View) -> Remark:
    """Return what is to be said of what was typed, in the current language."""
    told, note = [], ""
    said = {item.analyst: typed[f"reading:{item.id}"] for item in view.readings}
    shares = [share for text in said.values() if text and (share := _share(text)) is not None]
    missing = [analyst for analyst, text in said.items() if not text]
    total = 100 * sum(shares)
    if len(shares) + len(missing) < len(said):
        told.append(_("These shares do not count yet: each must be a percentage from 0 to 100."))
    elif shares and missing:
        message = _("These shares do not count yet. Missing: {names}. Left of 100: {left}.")
        told.append(message.format(names=list_of(missing), left=amount(max(0.0, 100 - total))))
    elif shares and not total:
        told.append(_("These shares do not count yet: all of them are 0."))
    elif shares and abs(total - 100) > _ROUNDING:
        note = _("Together {total}; they are taken in proportion.").format(total=amount(total))
    if any(text and _share(text) is None for name, text in typed.items() if name.startswith("question:")):
        told.append(_("Answer a question with a percentage from 0 to 100."))
    return Remark(" ".join([*told, note]).strip(), not told)


def whole_of(typed: Mapping[str, str], view: View, turn: int, kept: Prediction | None) -> Prediction | None:
    """Return what a prediction that is still being typed says; None if that is what is kept already.

    What is only half typed, such as the shares of some accounts, stays as it was kept; what is empty is withdrawn.
    """
    was, shown = kept or Prediction(turn=turn), as_typed(kept, view)
    readings, questions = was.readings, dict(was.questions)
    for names in ([f"reading:{item.id}" for item in view.readings], *_questions(view)):
        found = prediction_of({name: typed[name] for name in names}, view, turn)
        if isinstance(found, Refused) or all(typed[name] == shown[name] for name in names):
            continue
        if names[0].startswith("reading:"):
            readings = found.readings
        else:
            questions.pop(names[0].removeprefix("question:"), None)
            questions |= found.questions
    said = Prediction(turn=turn, readings=readings, questions=questions)
    return None if said == was else said


def _questions(view: View) -> list[list[str]]:
    return [[f"question:{item.id}"] for item in view.questions]


def _fields(view: View) -> list[str]:
    return [f"reading:{item.id}" for item in view.readings] + [
        f"question:{item.id}" for item in view.questions
    ]


def _share(text: str) -> float | None:
    """Return a percentage typed by a person as a share; None if it is none."""
    try:
        value = float(text.rstrip("%٪").replace("٫", ".").replace(",", "."))
    except ValueError:
        return None
    return value / 100 if 0 <= value <= 100 else None
