"""How did a game end? Outcome, every role's objectives, what it cost, and which world it was."""

from game.engine import judge
from game.play.game import Game
from game.play.texts import Texts
from game.play.views import CostView, EndView, ObjectiveView, RoleEnd


def end_of(game: Game, texts: Texts) -> EndView:
    """Return how a game that is over ended."""
    ruleset, scenario = game.ruleset, texts.scenario
    outcome = ruleset.outcomes[int(judge.outcomes(ruleset, game.state)[0])].id
    authored = scenario.outcomes[outcome]
    costs = judge.costs(ruleset, game.states()[1:] or game.states())[:, 0]
    return EndView(
        outcome=outcome,
        title=authored.title,
        text=authored.text,
        credit=authored.credit or "",
        harvest=authored.harvest or "",
        world={name: float(weight) for name, weight in zip(ruleset.readings, game.world, strict=True)},
        roles=tuple(_role(game, texts, at) for at in range(len(ruleset.roles))),
        costs=tuple(
            CostView(
                id=item.id,
                label=scenario.costs[item.id].label,
                value=float(value),
                in_turns=item.count is not None,
            )
            for item, value in zip(ruleset.costs, costs, strict=True)
        ),
    )


def _role(game: Game, texts: Texts, at: int) -> RoleEnd:
    role = game.ruleset.roles[at]
    score = float(judge.score(game.ruleset, game.state, at)[0])
    return RoleEnd(
        role=role.id,
        label=texts.roles[role.id],
        score=score,
        reached_at=role.reached_at,
        reached=score >= role.reached_at,
        objectives=objectives_of(game, texts, at),
    )


def objectives_of(game: Game, texts: Texts, role: int) -> tuple[ObjectiveView, ...]:
    """Return what a role wants, and how far it was reached once the game is over."""
    compiled = game.ruleset.roles[role]
    authored = texts.scenario.roles[compiled.id].objectives
    worth = judge.worth(game.ruleset, game.state, role)[:, 0] if game.over else None
    return tuple(
        ObjectiveView(
            id=item.id,
            label=authored[item.id].label,
            weight=item.weight,
            worth=None if worth is None else float(worth[at]),
        )
        for at, item in enumerate(compiled.objectives)
    )
