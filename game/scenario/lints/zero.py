"""Can a formula divide by 0, or take a root or logarithm that is not defined?"""

from collections.abc import Iterator
from typing import Final

from game.scenario.findings import Finding
from game.scenario.scene import Scene

CODE: Final = "X313"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield the operations that give 0 in place of a value for some values of what they read."""
    for formula in scene.formulas.values() if scene.measured else ():
        yield from scene.doubts(formula.path, formula.doubts, key=formula.is_key)
