"""Which files stand beside a scenario's sections, and what may they say? In words, with examples that are run."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from game.locale import _


@dataclass(frozen=True)
class OtherFile:
    """A kind of file in a scenario's folder that is no section of its own.

    Attributes:
        path: Where it stands in the folder.
        meaning: Returns what it is for and how it is written, in the reader's language.
        example: Such a file, beside the reference's own example.
    """

    path: str
    meaning: Callable[[], str]
    example: str


OTHER_FILES: Final = (
    OtherFile(
        "variants/NAME.yaml",
        lambda: _(
            "Another cut of the scenario, such as a shorter one, which every command calls SCENARIO:NAME. It says only "
            "what differs. Groups merge key by key; a text, a number or a list stands in place of the scenario's; "
            "`null` takes an entry out. Dates and questions that lie behind its last turn must be moved or taken out. "
            "`pace` says how many turns one of its turns stands for, and `steps` can make its turns as much longer."
        ),
        """\
title: "The ferry of Norrholm, in three turns"
pace: 2
calendar: {steps: 2, turns: 3}
roles:
  council: {slots: 3, capital: {income: 4}}
events:
  storm: {decision: {options: {stay: {when: null}}}}
injects: {rumour: null}
""",
    ),
    OtherFile(
        "text/LANGUAGE.yaml",
        lambda: _(
            "The texts of the scenario in another language, under the same keys; a text that is not there is shown in "
            "the scenario's own language. An entry of one text may be that text alone, and effects are "
            "called by their indicator. Texts of a variant stand under `variants`. `translate export` and "
            "`translate import` write this file from a sheet."
        ),
        """\
title: "عبّارة نورهولم"
indicators:
  fares: {label: "الأجرة", about: "ثمن العبور."}
policies:
  subsidy:
    label: "دعم"
    effects: {fares: "يدفع المجلس"}
variants:
  short: {title: "عبّارة نورهولم في ثلاث جولات"}
""",
    ),
)
