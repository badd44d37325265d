"""The scenario around the examples of the pages on codes: a folder, small and without mistakes."""

from collections.abc import Mapping
from pathlib import Path

from game.play.claims import prove
from game.scenario.articles import compare, copy_of
from game.scenario.codes import Example
from game.scenario.findings import Finding
from game.scenario.loading import load
from game.scenario.silence import unsilenced

FILES: Mapping[str, str] = {
    "scenario.yaml": "format: 1\ntitle: The bridge\n",
    "calendar.yaml": "start: 2030-01-01\nstep: week\nturns: 4\ndates: {vote: 2030-01-20}\n",
    "indicators.yaml": "trust: {label: Trust, start: 50}\nmoney: {label: Money, start: 50}\n",
    "roles.yaml": """\
town:
  label: Town hall
  brief: Keep calm.
  shows: [trust, money]
  objectives: {calm: {label: Calm, of: trust, from: 20, to: 80}}
crowd:
  label: The crowd
  brief: Be heard.
  objectives: {heard: {label: Heard, of: trust, from: 80, to: 20}}
""",
    "policies.yaml": """\
talk: {role: town, label: Talk, effects: [{change: trust, by: 2}]}
march: {role: crowd, label: March, effects: [{change: trust, by: -2}]}
""",
    "outcomes.yaml": """\
calm: {when: "trust > 60", title: Calm, text: It is calm.}
other: {title: Otherwise, text: Nobody knows.}
""",
    "readings/hope.yaml": "analyst: A\nlabel: Hope\n",
    "readings/gloom.yaml": "analyst: B\nlabel: Gloom\n",
}


def findings(example: Example, folder: Path) -> tuple[Finding, ...]:
    """Return what the checker finds where a file of the small scenario is replaced by an example's.

    Args:
        example: The example.
        folder: An empty folder to write in.
    """
    contents = {path: text.encode() for path, text in FILES.items() if path not in example.without}
    for path, content in {**contents, example.file: example.content}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    loaded = load(folder)
    found = list(loaded.findings)
    if loaded.scenario is not None and loaded.places is not None:
        found += [proof.finding for proof in prove(loaded) if proof.finding is not None]
        compared = compare(loaded.scenario, loaded.places, copy_of(example.copy)) if example.copy else None
        found += compared.findings if compared is not None else ()
    return tuple(unsilenced(found))
