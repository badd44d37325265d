"""What does a person hold likely at the prompt, what does the evidence say, and how good were the predictions?"""

from collections.abc import Sequence

from game.locale import _, ngettext, number
from game.play.orders import Prediction, Refused
from game.play.scores import FEW, Scores
from game.play.seat import PARTICIPANT
from game.play.views import EvidenceTurn, EvidenceView, View
from game.play.wording import shares_in_a_mix
from game.terminal.commands import whole_number
from game.terminal.pages import listed, section
from game.terminal.phrases import enumerated
from game.terminal.seated import Seated

_WHOLE = 100
_ROUNDING = 1


def predict(seated: Seated, rest: Sequence[str]) -> None:
    """Note how likely the person holds each account, in percent; then ask the question of the turn."""
    readings = seated.view.readings
    if rest:
        shares = [_percent(word) for word in rest]
        if len(shares) == len(readings) - 1 and None not in shares:
            shares.append(max(0, _WHOLE - sum(share or 0 for share in shares)))
    else:
        shares = []
        for item in readings:
            shares.append(_percent(seated.ask(_("{analyst}, percent:").format(analyst=item.analyst))))
    problem = _problem(seated, shares)
    if problem:
        seated.say([problem])
        return
    whole = [share or 0 for share in shares]
    total = sum(whole)
    likely = {item.id: share / total for item, share in zip(readings, whole, strict=True)}
    _keep(seated, Prediction(turn=seated.view.turn, readings=likely, questions=_earlier(seated).questions))


def guess(seated: Seated, rest: Sequence[str]) -> None:
    """Note how likely the person holds yes to the question of the turn, in percent."""
    questions = seated.view.questions
    if not questions:
        seated.say([_("No question is asked in this turn.")])
        return
    likely = dict(_earlier(seated).questions)
    given = list(rest)
    for item in questions:
        typed = given.pop(0) if given else seated.ask(_("{question} Yes, percent:").format(question=item.ask))
        share = _percent(typed)
        if share is None or not 0 <= share <= _WHOLE:
            seated.say([_("Percent are whole numbers from 0 to 100.")])
            return
        likely[item.id] = share / _WHOLE
    readings = _earlier(seated).readings
    _keep(seated, Prediction(turn=seated.view.turn, readings=readings, questions=likely))


def _percent(word: str) -> int | None:
    return whole_number(word.rstrip("%٪ "))


def _earlier(seated: Seated) -> Prediction:
    """Return what was predicted for this turn so far."""
    return seated.seat.predicted(PARTICIPANT) or Prediction(turn=seated.view.turn)


def _keep(seated: Seated, prediction: Prediction) -> None:
    found = seated.seat.predict(PARTICIPANT, prediction, seated.terminal.lang)
    seated.say([found.reason] if isinstance(found, Refused) else predicted(seated))


def predicted(seated: Seated) -> list[str]:
    """Return this turn's prediction in words; nothing if none was made."""
    kept = _earlier(seated)
    lines = []
    if kept.readings:
        parts = [
            _("{analyst} {share} percent").format(
                analyst=item.analyst, share=number(100 * kept.readings.get(item.id, 0.0))
            )
            for item in seated.view.readings
        ]
        lines.append(_("Your prediction: {parts}.").format(parts=enumerated(parts)))
    for item in seated.view.questions:
        if item.id in kept.questions:
            message = _("{question} Yes: {share} percent.")
            lines.append(message.format(question=item.ask, share=number(100 * kept.questions[item.id])))
    return lines


def asked(view: View) -> list[str]:
    """Return the question of the turn and how it is answered; nothing if none is asked."""
    title = _("A question of this turn (answer with: guess PERCENT):")
    return section(title, listed(item.ask for item in view.questions))


def _problem(seated: Seated, shares: Sequence[int | None]) -> str:
    """Return why shares are no prediction, empty if they are one."""
    names = enumerated(item.analyst for item in seated.view.readings)
    if len(shares) != len(seated.view.readings):
        message = _("A prediction needs {n} numbers that sum to 100, in this order: {names}.")
        return message.format(n=len(seated.view.readings), names=names)
    if None in shares:
        return _("Percent are whole numbers from 0 to 100. In this order: {names}.").format(names=names)
    total = sum(share or 0 for share in shares)
    if abs(total - _WHOLE) > _ROUNDING:
        message = _("They should sum to 100, but sum to {total}. In this order: {names}.")
        return message.format(total=total, names=names)
    return ""


def weigh(seated: Seated, *, every_turn: bool) -> None:
    """Show which account what the seat has seen speaks for."""
    found = seated.seat.evidence(seated.terminal.lang)
    if isinstance(found, Refused):
        seated.say([found.reason])
    else:
        seated.say(evidence_page(seated.view, found, every_turn=every_turn))


def show_scores(seated: Seated) -> None:
    """Show how good the seat's predictions were."""
    found = seated.seat.scores(seated.terminal.lang)
    seated.say([found.reason] if isinstance(found, Refused) else scores_page(seated.view, found))


def evidence_page(view: View, evidence: EvidenceView, *, every_turn: bool) -> list[str]:
    """Return what the seat could hold of the accounts, and what moved it, for the latest turn or for each."""
    lines = [_("How likely each account is, given all that you have seen and nothing else:")]
    for item in evidence.turns if every_turn else evidence.turns[-1:]:
        lines += _weights(view, item)
        lines += [f"- {testimony.text}" for testimony in item.testimonies]
    mixed = shares_in_a_mix(view.end)
    if mixed:
        lines.append(mixed)
    if not every_turn and len(evidence.turns) > 1:
        lines.append(_("For every turn: evidence all"))
    return lines


def _weights(view: View, item: EvidenceTurn) -> list[str]:
    parts = [
        _("{analyst} {share} percent").format(
            analyst=reading.analyst, share=number(100 * item.weights[reading.id])
        )
        for reading in view.readings
    ]
    if item.turn == 0:
        return [_("Before the first turn: {parts}.").format(parts=enumerated(parts))]
    return [_("After turn {turn}: {parts}.").format(turn=item.turn, parts=enumerated(parts))]


def scores_page(view: View, scores: Scores) -> list[str]:
    """Return how good the seat's predictions were."""
    if not scores.people():
        return [_("Nothing was predicted in this game.")]
    names = {item.id: item.analyst for item in view.readings}
    lines = [_("Brier scores: 0 is perfect; always saying a half gives 0.25 for a question.")]
    for item in scores.answers:
        message = (
            _("Turn {turn}, yes held {said} percent likely; it came true. Score {score}; {others}.")
            if item.came
            else _(
                "Turn {turn}, yes held {said} percent likely; it did not come true. Score {score}; {others}."
            )
        )
        others = enumerated(
            _("{analyst}: {score}").format(analyst=names[name], score=number(score, 2))
            for name, score in item.reading_scores.items()
        )
        said = number(100 * item.said)
        told = message.format(turn=item.turn, said=said, score=number(item.score, 2), others=others)
        lines += [f"- {item.ask}", f"  {told}"]
    for about in scores.readings:
        if about.score is not None and about.evidence_score is not None:
            message = _(
                "Turn {turn}, about the accounts: score {score}; the evidence at the time: {evidence}."
            )
            score, evidence = number(about.score, 2), number(about.evidence_score, 2)
            lines.append("- " + message.format(turn=about.turn, score=score, evidence=evidence))
    return [*lines, *_means(scores)]


def _means(scores: Scores) -> list[str]:
    lines = []
    answers, readings = scores.answer_mean(), scores.reading_mean()
    if answers is not None:
        lines.append(_("Mean over the questions: {score}.").format(score=number(answers, 2)))
    if readings is not None:
        lines.append(_("Mean about the accounts: {score}.").format(score=number(readings, 2)))
    if not lines:
        text = ngettext(
            "With under {n} answer it is too few to tell more.",
            "With under {n} answers it is too few to tell more.",
            FEW,
        )
        lines.append(text.format(n=FEW))
    return lines
