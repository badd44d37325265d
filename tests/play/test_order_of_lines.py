"""The order of lines, moves and seats never decides what happens (outcomes and display order apart)."""

import random

import numpy as np
import pytest
import yaml

from game.engine.bound import pure
from game.engine.chance import roots_from
from game.engine.state import begin
from game.play.batch import Circumstances, play_batch
from game.play.quick import QuickBot
from game.scenario.loading import load_texts

KEEP = {"outcomes.yaml", "map.yaml"}


def shuffled(content, order: random.Random):
    """Return mappings and lists of effects in another order."""
    if isinstance(content, dict):
        pairs = [(key, shuffled(value, order)) for key, value in content.items()]
        order.shuffle(pairs)
        return dict(pairs)
    if isinstance(content, list) and all(isinstance(item, dict) for item in content):
        items = [shuffled(item, order) for item in content]
        order.shuffle(items)
        return items
    return content


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shuffled_files_play_the_same_game(baghdad, ruleset, seed):
    order = random.Random(seed)  # noqa: S311 - a shuffle that can be repeated
    files = {
        name: text
        if name in KEEP or ("/" in name and not name.startswith("readings/"))
        else yaml.safe_dump(
            shuffled(yaml.load(text, yaml.BaseLoader), order), sort_keys=False, allow_unicode=True
        )
        for name, text in baghdad.files.items()
    }
    other = load_texts(files, baghdad.id, None)
    assert other.ruleset is not None, other.findings
    assert other.digest != baghdad.digest
    ends = []
    for rules in (ruleset, other.ruleset):
        reading = rules.reading_at["al_basri"]
        circumstances = Circumstances(others=lambda role, rules=rules: QuickBot(rules, role))
        (path,) = play_batch(rules, pure(rules, reading), circumstances, 3, 20)
        by_name = {item.id: path[-1].x[at] for at, item in enumerate(rules.indicators)}
        ends.append(by_name)
    assert list(ends[0]) != list(ends[1])
    for name, row in ends[0].items():
        assert np.array_equal(row, ends[1][name]), name


def test_lanes_do_not_know_each_other(ruleset):
    """Any subset of a batch is the batch's subset."""
    state = begin(ruleset, roots_from(4, 6))
    chosen = np.array([5, 2])
    assert np.array_equal(state.take(chosen).roots, state.roots[chosen])
