"""Which paragraphs are cited?"""

from collections.abc import Iterable

from game.locale import _
from game.scenario.collector import Collector
from game.scenario.names import hint
from game.scenario.places import Path
from game.scenario.schema import Scenario


def only_source(scenario: Scenario) -> str | None:
    """Return the only source with paragraphs, which bare numbers mean; None if not just one has any."""
    numbered = [name for name, source in scenario.sources.items() if source.paragraphs]
    return numbered[0] if len(numbered) == 1 else None


def cites_in_full(scenario: Scenario, cites: Iterable[str]) -> tuple[str, ...]:
    """Return citations as SOURCE:NUMBER."""
    source = only_source(scenario)
    return tuple(cite if ":" in cite or source is None else f"{source}:{int(cite)}" for cite in cites)


def check_cites(scenario: Scenario, collector: Collector, path: Path, cites: Iterable[str]) -> None:
    """Note citations of what is in no source."""
    for at, cite in enumerate(cites):
        _check(scenario, collector, (*path, at), cite)


def _check(scenario: Scenario, collector: Collector, path: Path, cite: str) -> None:
    name, colon, number = cite.rpartition(":")
    if not colon:
        name = only_source(scenario) or ""
        if not name:
            if not scenario.sources:
                message = _("paragraph {name} is cited, and there are no sources")
                collector.unknown(path, number, (), message, section="sources")
            elif "sources" not in collector.unread:
                message = _("it is not clear which source paragraph {number} is of")
                fix = _("write SOURCE:{number}").format(number=number)
                collector.error("R516", path, message.format(number=number), fix)
            return
    if name not in scenario.sources:
        message = _("there is no source '{name}'")
        collector.unknown(path, name, scenario.sources, message, section="sources")
        return
    paragraphs = scenario.sources[name].paragraphs
    if paragraphs and int(number) not in paragraphs and "sources" not in collector.unread:
        message = _("'{source}' has no paragraph {number}").format(source=name, number=int(number))
        known = [str(number) for number in sorted(paragraphs)]
        collector.error("R516", path, message, hint(number, known))
