"""Files made to break a reader: each a whole scenario file as bytes, and the script that measures them.

Run as a script it reads each in a process of its own and prints, line by line, what came of it.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.scenario.tiny import TEXT

Cases = Mapping[str, Callable[[], bytes]]

MB = 1024 * 1024


def _with(old: str, new: str) -> Callable[[], bytes]:
    """Return the small scenario with a change."""
    assert old in TEXT, old
    return lambda: TEXT.replace(old, new, 1).encode("utf-8", "surrogatepass")


def _formula(text: str) -> Callable[[], bytes]:
    return _with('"0.1 * (money - 20)"', json.dumps(text, ensure_ascii=False))


def _many(section: str, line: str, count: int) -> Callable[[], bytes]:
    """Return the small scenario with very many lines in a section."""
    return lambda: TEXT.replace(
        f"\n{section}:\n", f"\n{section}:\n" + "".join(line.format(n=n) + "\n" for n in range(count)), 1
    ).encode()


def _merge_bomb() -> bytes:
    lines = ["a0: &a0 {k: 1}"] + [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 30)]
    return "\n".join(lines).encode()


def _alias_bomb() -> bytes:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


CASES: Cases = {
    "100,000 brackets": lambda: b"[" * 100_000,
    "100,000 brackets in a value": _with("label: Trust\n", "label: " + "[" * 100_000 + "\n"),
    "50,000 pairs of brackets": lambda: b"a: " + b"[" * 50_000 + b"]" * 50_000,
    "100,000 braces": lambda: b"{a: " * 100_000,
    "100,000 dashes": lambda: b"a:\n" + b"- " * 100_000,
    "2,000 levels of indentation": lambda: b"".join(b" " * n + b"a:\n" for n in range(2_000)),
    "100,000 question marks": lambda: b"? " * 100_000,
    "an alias bomb": _alias_bomb,
    "a merge bomb": _merge_bomb,
    "a list within itself": lambda: b"a: &a [*a]\n",
    "100,000 aliases": lambda: b"a: &a x\nb: [" + b"*a, " * 100_000 + b"]",
    "a text of 5 MB": _with("brief: Keep calm.", "brief: '" + "x" * 5 * MB + "'"),
    "a text just below the limit": _with("brief: Keep calm.", "brief: '" + "x " * 900_000 + "'"),
    "a key of 1 MB": _with("  trust:\n", "  " + "x" * MB + ":\n"),
    "a quotation mark that swallows 1 MB": _with("label: Trust\n", 'label: "Trust\n' + "    # x\n" * 130_000),
    "a block text of 100,000 lines": _with("brief: Keep calm.", "brief: |\n" + "      x\n" * 100_000),
    "a remark of 1 MB": (TEXT + "# " + "x" * MB).encode,
    "200,000 keys": (TEXT + "".join(f"k{n}: 1\n" for n in range(160_000))).encode,
    "200,000 keys that are the same": (TEXT + "kkkkk: 1\n" * 200_000).encode,
    "200,000 items": (TEXT + "k: [" + "1," * 190_000 + "]\n").encode,
    "200,000 dashes below each other": (TEXT + "k:\n" + "- 1\n" * 190_000).encode,
    "60,000 keys in an indicator": _with("    noise: 2\n", "".join(f"    k{n}: 1\n" for n in range(60_000))),
    "20,000 misspelt keys": _with("    noise: 2\n", "".join(f"    nois{n}: 2\n" for n in range(20_000))),
    "20,000 indicators": _many("indicators", "  i{n}: {{label: I, start: 1}}", 20_000),
    # As much as is allowed.
    "900 misspelt keys": _with("    noise: 2\n", "".join(f"    nois{n}: 2\n" for n in range(900))),
    "900 indicators": _many("indicators", "  i{n}: {{label: I, start: 1}}", 900),
    "900 broken indicators": _many("indicators", "  i{n}: {{lable: I, start: x}}", 900),
    "900 broken indicators with 20 mistakes each": _many(
        "indicators", "  i{n}: {{" + ", ".join(f"k{at}: x" for at in range(20)) + "}}", 900
    ),
    "900 policies": _many("policies", "  p{n}: {{role: town, label: P, tags: [t]}}", 900),
    "a formula on 900 policies": lambda: _many(
        "policies", "  p{n}: {{role: town, label: P, tags: [t]}}", 900
    )().replace(b'"0.1 * (money - 20)"', b'"played(t)"'),
    "900 policies of unknown roles": _many("policies", "  p{n}: {{role: twn{n}, label: P}}", 900),
    "900 policies, each with a tag": _many(
        "policies", "  p{n}: {{role: town, label: P, tags: [tag_{n}]}}", 900
    ),
    "900 policies that exclude each other": _many(
        "policies", '  p{n}: {{role: town, label: P, tags: [t], excludes: ["#t"]}}', 900
    ),
    "900 policies that are the same": _many(
        "policies", "  p{n}: {{role: crowd, label: P, cost: {n}, effects: [{{change: trust, by: 1}}]}}", 900
    ),
    "900 effects on unknown indicators": _many("always", "  - {{change: trst{n}, by: 1, id: e{n}}}", 900),
    "900 formulas with unknown names": _many(
        "always", '  - {{change: trust, by: "trst{n} + 1", id: e{n}}}', 900
    ),
    "900 formulas": _many("always", '  - {{change: trust, by: "0.1 * (anger - {n})", id: e{n}}}', 900),
    "900 long formulas": _many(
        "always",
        '  - {{change: trust, by: "{n} + ' + " + ".join(["anger * 0.1"] * 15) + '", id: e{n}}}',
        900,
    ),
    "900 formulas of many brackets": _many(
        "always",
        '  - {{change: trust, by: "' + "(" * 12 + "{n} + anger" + ")" * 12 + ' / trust / money", id: e{n}}}',
        900,
    ),
    "8,000 long formulas": _many(
        "policies",
        "  p{n}: {{role: town, label: P, effects: ["
        + ", ".join(
            f'{{{{change: trust, id: e{at}, by: "{at} + {{n}} + ' + " + ".join(["anger * 0.1"] * 13) + '"}}'
            for at in range(9)
        )
        + "]}}",
        900,
    ),
    "900 indicators, each misnamed": lambda: _many(
        "indicators", "  indic_{n}: {{label: I, start: 1}}", 900
    )().replace(
        b"\nalways:\n",
        b"\nalways:\n" + b"".join(b"  - {change: indik_%d, by: 1}\n" % n for n in range(900)),
    ),
    "900 events that wait for each other": lambda: TEXT.replace(
        "\nevents:\n",
        "\nevents:\n"
        + "".join(f'  e{n}: {{label: E, chance: 0.1, when: "happened(e{n + 1})"}}\n' for n in range(900))
        + "  e900: {label: E, chance: 0.1}\n",
    ).encode(),
    "900 answers to one event": _with(
        "        wait: {",
        "".join(f"        w{n}: {{label: W, cost: {n}}}\n" for n in range(900)) + "        wait: {",
    ),
    "900 claims with 3 expectations": _with(
        "      talk_works:\n",
        "".join(
            f"      c{n}: {{says: C, cite: 1, expect: [{', '.join(['{measure: trust, at_least: 1}'] * 3)}]}}\n"
            for n in range(900)
        )
        + "      talk_works:\n",
    ),
    "900 factors on many rules": lambda: _many(
        "always", "  - {{change: trust, by: 1, id: e{n}}}", 900
    )().replace(
        b"          - {of: talk, change: trust, times: 2}\n",
        b"          - {of: always, change: trust, times: 2}\n" * 900,
    ),
    "100,000 tabs": (TEXT + "k:\n" + "\tx: 1\n" * 100_000).encode,
    "100,000 control characters": _with("brief: Keep calm.", "brief: " + "\x07" * 100_000),
    "a second colon in 50,000 sections": lambda: "".join(f"k{n}: x: y\n" for n in range(50_000)).encode(),
    "a file cut in the middle of a letter": lambda: TEXT.replace("Trust", "ثقة").encode()[:371],
    "a file cut in the middle": TEXT[: len(TEXT) // 2].encode,
    "a NUL": _with("label: Trust", "label: Tr\0ust"),
    "only NULs": lambda: b"\0" * MB,
    "a byte order mark, twice": lambda: b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(),
    "UTF-16": lambda: TEXT.encode("utf-16"),
    "UTF-16 without a mark": lambda: TEXT.encode("utf-16-be"),
    "UTF-32": lambda: TEXT.encode("utf-32"),
    "Arabic in cp1256": lambda: TEXT.replace("Keep calm.", "حافظ على الهدوء").encode("cp1256"),
    "random bytes": lambda: bytes((n * n * 2654435761 >> 7) & 0xFF for n in range(200_000)),
    "half of a pair": lambda: TEXT.replace("Trust", "Tr\ud800ust").encode("utf-8", "surrogatepass"),
    "text that turns direction": _with("label: Trust", "label: T\u202erust\u202c"),
    "direction in a key": _with("  trust:\n", "  tr\u2066ust\u2069:\n"),
    "letters that look alike": _with("{change: trust, by: -0.5", "{change: trυst, by: -0.5"),
    "a Cyrillic id": _with("  trust:\n", "  trust\u0430:\n"),
    "a huge number": _with("start: 50\n", "start: 1" + "0" * 5_000 + "\n"),
    "a huge number in hexadecimal": _with("start: 50\n", "start: 0x" + "f" * 500_000 + "\n"),
    "a number with an exponent": _with("start: 50\n", "start: 1e999\n"),
    "not a number": _with("start: 50\n", "start: .nan\n"),
    "10 billion turns": _with("turns: 6", "turns: 9999999999"),
    "400 turns": _with("turns: 6", "turns: 400"),
    "an effect that lasts for ages": _with("after: 2, for: 2", "after: 10000, for: 400"),
    "a Python tag": _with("label: Trust", "label: !!python/object/apply:os.system ['touch /tmp/hurt']"),
    "a Python tag on a name": _with("label: Trust", "label: !!python/name:os.system"),
    "a binary tag": _with("label: Trust", "label: !!binary aGVsbG8="),
    "10,000 tags": lambda: b"a: [" + b"!!set {a, b}, " * 10_000 + b"]",
    "a formula that imports": _formula("__import__('os').system('touch /tmp/hurt')"),
    "a formula that calls": _formula("open('/etc/passwd')"),
    "a formula that evaluates": _formula("eval('1')"),
    "a formula that climbs": _formula("trust.__class__.__mro__[1].__subclasses__()"),
    "a formula that climbs from a number": _formula("(1).__class__"),
    "a formula that grows": _formula("9**9**9**9"),
    "a formula that shifts": _formula("1 << 999999999"),
    "a formula that repeats": _formula("'x' * 999999999"),
    "a formula of many signs": _formula("-" * 290 + "1"),
    "a formula of many nots": _formula("not " * 70 + "1"),
    "a formula of many brackets": _formula("(" * 150 + ")" * 150),
    "a formula of many lambdas": _formula("lambda: " * 35 + "1"),
    "a formula with a walrus": _formula("(x := 1)"),
    "a formula with a comprehension": _formula("[x for x in range(10)]"),
    "a formula with an f-string": _formula("f'{trust}'"),
    "a formula with await": _formula("await trust"),
    "a formula in wide letters": _formula("ｔｒｕｓｔ + ｅｖａｌ(1)"),
    "a formula of exponentials": _formula("exp(exp(exp(exp(trust))))"),
    "a formula of quotients": _formula("1 / (1 / (1 / (trust - trust)))"),
    "a formula of 1 MB": _formula("1 + " * 250_000 + "1"),
    "a formula with a NUL": _formula("trust + 1\x00"),
    "a formula with half a pair": _with('"0.1 * (money - 20)"', '"trust + \\ud800"'),
    "a formula with a line end": _formula("trust\n\n\n+ 1"),
}


def _measured(content: bytes, path: Path) -> str:
    """Check a file in a process of its own; return seconds, bytes of memory at most and what was found."""
    from game.scenario.findings import github_lines, json_problems, json_text, text_lines
    from game.scenario.loading import load

    path.write_bytes(content)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        code = 1
        try:
            began = time.process_time()
            loaded = load(path)
            report = text_lines(loaded.findings)
            json.loads(json_text(json_problems(loaded.findings)))
            github_lines(loaded.findings)
            seconds = time.process_time() - began
            first = loaded.findings[0] if loaded.findings else None
            said = [first.code, first.place.line, first.place.column] if first is not None else []
            positions = all(item.place.line >= 1 and item.place.column >= 1 for item in loaded.findings)
            refused = loaded.ruleset is None
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            os.write(writer, json.dumps([seconds, memory, said, positions, refused, len(report)]).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        text = answer.read().decode()
    _pid, status = os.waitpid(child, 0)
    return text if text and status == 0 else json.dumps(None)


def main(folder: Path) -> Iterator[str]:
    """Yield the name of each case and what came of it, as lines of JSON."""
    from game.scenario.loading import load_texts

    load_texts({"scenario.yaml": TEXT}, "warm", None)
    for name, content in CASES.items():
        yield json.dumps([name, json.loads(_measured(content(), folder / "hostile.yaml"))])


if __name__ == "__main__":
    for line in main(Path(sys.argv[1])):
        print(line, flush=True)
