"""A small scenario that has one of everything, for tests to bend."""

from collections.abc import Mapping

from game.scenario.building import Examined, examine
from game.scenario.findings import has_errors
from game.scenario.nodes import read_text
from game.scenario.places import Places, Source
from game.scenario.schema import Scenario

TEXT = """\
format: 1
title: The bridge
sources:
  report: {title: A report, paragraphs: {1: "SHA", 2: "SHA"}}
  book: {title: A book}
calendar:
  start: 2021-07-29
  step: half-month
  turns: 6
  dates: {vote: 2021-09-10, late: 2021-10-10}
indicators:
  trust:
    label: Trust
    start: 50
    rests: {at: 40, rate: 0.1}
    noise: 2
    soft: [30, 40]
    report: {error: {default: 15, town: 8}}
  anger: {label: Anger, start: 30, report: {error: 12, hidden_from: [crowd]}}
  money: {label: Money, start: 20, range: [0, 50], report: {error: 10, exact_for: [town]}}
always:
  - {change: trust, by: -0.5, why: Time wears, cite: 1}
  - {change: trust, by: "0.1 * (money - 20)", id: wealth}
roles:
  town:
    label: Town hall
    brief: Keep calm.
    capital: {start: 4, income: 2, most: 8}
    slots: 2
    shows: [trust, money]
    objectives:
      calm: {label: Calm, of: anger, from: 60, to: 20, weight: 2}
      votes: {label: Votes, of: seats.townsfolk, from: 5, to: 15}
    caretaker: [talk, protest.listen]
    bot: {believes: hopeful, temperature: 0.5}
  crowd:
    label: The crowd
    brief: Be heard.
    objectives:
      heard: {label: Heard, of: trust, from: 20, to: 80}
    caretaker: [sign.pact]
policies:
  talk: {role: town, label: Talk, tags: [soft], cost: 2, effects: [{change: trust, by: 3, cite: [1, 2]}]}
  spend:
    role: town
    label: Spend
    tags: [soft, costly]
    cost: 1
    when: "money > 10 and not before(vote)"
    excludes: [talk]
    covert: 0.5
    effects:
      - {change: money, by: -4}
      - {change: money, by: 6, after: 2, for: 2, id: later}
      - {change: anger, by: "-0.1 * anger"}
  march: {role: crowd, label: March, tags: [loud], cost: 2, effects: [{change: anger, by: 4}]}
  shout:
    {role: crowd, label: Shout, tags: [loud], excludes: ["#loud"], effects: [{change: anger, by: 2}]}
events:
  protest:
    label: A protest
    chance: "0.1 + 0.002 * anger"
    effects: [{change: trust, by: -3}]
    decision:
      role: town
      default: wait
      options:
        wait: {label: Wait, effects: [{change: anger, by: 1}]}
        listen: {label: Listen, cost: 1, effects: [{change: anger, by: -3}]}
  vote_day: {label: The vote, date: vote, once: true}
  leak: {label: A leak, chance: 0.1, seen_by: [town], when: "in_force(pact)"}
agreements:
  pact:
    label: A pact
    between: [town, crowd]
    cost: {town: 1}
    offer_lasts: 2
    effects: [{change: anger, by: -1}]
    broken_by: ["#loud", protest.wait, leak]
    if_broken: [{change: trust, by: -6}]
contests:
  council:
    date: vote
    seats: 20
    blocs:
      townsfolk: {label: Townsfolk, strength: "log(10) + 0.01 * trust"}
      rebels: {label: Rebels, was: 8, strength: "log(10) + 0.01 * anger"}
    harvest_without: ["#loud"]
outcomes:
  storm: {when: "anger >= 60", title: Storm, text: It storms.}
  peace: {title: Peace, text: It is calm.}
costs:
  loud_turns: {label: Loud turns, count: "anger >= 50"}
  spent: {label: Spent, of: "20 - money"}
readings:
  hopeful:
    analyst: A
    label: Hope
    prior: 3
    claims:
      talk_works:
        says: Talk works.
        cite: 2
        effects:
          - {of: "#soft", change: anger, by: -1}
          - {change: trust, by: 0.2, basis: inference}
        scale:
          - {of: talk, change: trust, times: 2}
          - {of: "#loud", change: anger, times: 0.5}
          - {of: march, times: 0.5, cite: "report:1"}
        chances: {protest: 0.5}
        expect:
          - {measure: trust, with: {play: {town: ["#soft"]}}, without: {}, at_least: 4}
          - {measure: "trust - start(trust)", at: vote+1, at_most: 10}
  bleak:
    analyst: B
    label: Gloom
    claims:
      nothing_helps:
        says: Nothing helps.
        cite: [1, "book:7"]
        scale:
          - {of: talk, change: trust, times: 0}
          - {rule: spend>anger, times: -1}
          - {of: broken.pact, change: trust, times: 1.5}
        chances: [{event: protest, times: 2}, {event: leak, times: 3, basis: inference}]
        expect:
          - measure: anger
            at: late
            both: [{play: {crowd: [march]}}, {start: {money: "+10"}, force: [leak, protest@3, protest@vote]}]
            more_than_sum: 4
          - {measure: chance(storm), at_most: 0.2, also_under: {hopeful: {at_most: 0.1}}}
          - {measure: anger, every: {until: vote}, within: 80, with: {forbid: leak}, where: happened(protest)}
          - measure: trust
            with: {play: {town: [talk]}}
            without: {}
            at_least_times: {factor: 2, of: {play: {crowd: [shout]}}}
injects:
  rumour: {label: Rumour, text: A rumour., to: [town], event: leak}
questions:
  rises: {turns: [2], dates: [vote], ask: Will it rise?, holds: "anger > asked(anger)"}
debrief:
  one: {ask: Why?, claims: [hopeful.talk_works]}
history:
  then: {date: 2021-09-10, text: Yes., source: Archive, bears_on: {bleak: for}, values: {seats.rebels: 9}}
""".replace("SHA", "0" * 64)


def read(text: str = TEXT, changes: Mapping[str, str] | None = None) -> tuple[Scenario, Places]:
    """Return the scenario of a text in which pieces, each there exactly once, are replaced by others."""
    for old, new in (changes or {}).items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    tree = read_text(Source("tiny.yaml", text))
    assert tree.findings == [], tree.findings
    return Scenario.model_validate(tree.root.data()), Places(tree.root)


def examined(changes: Mapping[str, str] | None = None) -> Examined:
    """Return the small scenario, changed, as checked."""
    return examine(*read(changes=changes))


def sound(changes: Mapping[str, str] | None = None) -> Examined:
    """Return the small scenario, changed, in which there is no error."""
    result = examined(changes)
    assert not has_errors(result.findings), result.findings
    return result
