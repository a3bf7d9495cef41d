"""Regular expressions that could hang: found by their shape, and by trying them on texts made to be hard for them.

Python's ``re`` tries one way after the other to match. Where a repeat stands within a repeat, the ways can double with
every letter of the text. ``loops_within_loops`` sees the plainest of these in the parse tree. ``slow_expressions``
tries each expression in a process of its own, on texts grown from the expression itself, so that one that hangs is
stopped.
"""

from __future__ import annotations

import importlib
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from threading import Timer
from typing import Any

_parser: Any = importlib.import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")  # a possessive repeat never gives back what it took
MANY = 20  # a repeat that may go on for longer than this is as one without end
SLOW_SECONDS = 0.5
STOPPED_AFTER_SECONDS = 10.0
LENGTHS = (8, 12, 15, 18, 20, 22, 24, 26, 28, 32, 64, 400, 3000)  # small steps: ways that double tell themselves early
MOST_TEXTS = 16
_ENDINGS = ("!", "\x01", "")

# Runs in a process of its own: one expression a line in, the length of the first text that takes too long out, or 0.
_TRIAL = """
import json, re, sys, time
slow = float(sys.argv[1])
for line in sys.stdin:
    pattern, flags, texts = json.loads(line)
    expression, found = re.compile(pattern, flags), 0
    for text in texts:
        start = time.process_time()
        expression.search(text)
        if time.process_time() - start > slow:
            found = len(text)
            break
    print(found, flush=True)
"""


def slow_expressions(expressions: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    """Those that take more than half a second on some text made to be hard for them: key -> length of that text.

    Of one that never ends, the longest that was tried.

    The time is the processor's, so a busy machine makes no expression slow. One that is not done in ten seconds is
    stopped with its process, and the rest are tried in a new one.
    """
    slow: dict[str, int] = {}
    waiting = list(expressions)
    while waiting:
        answers = _try([(expressions[key], hard_texts(expressions[key])) for key in waiting])
        for key, length in zip(waiting, answers, strict=False):
            if length:
                slow[key] = length
        if len(answers) < len(waiting):
            stopped = waiting[len(answers)]
            slow[stopped] = LENGTHS[-1]
        waiting = waiting[len(answers) + 1 :]
    return slow


def _try(trials: Sequence[tuple[re.Pattern[str], list[str]]]) -> list[int]:
    """The answers of one process, fewer than the trials where it had to be stopped."""
    lines = [json.dumps((expression.pattern, expression.flags, texts)) for expression, texts in trials]
    answers: list[int] = []
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _TRIAL, str(SLOW_SECONDS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for line in lines:
            watch = Timer(STOPPED_AFTER_SECONDS, process.kill)
            watch.start()
            try:
                process.stdin.write(line + "\n")
                process.stdin.flush()
                answer = process.stdout.readline()
            except BrokenPipeError:  # stopped
                answer = ""
            finally:
                watch.cancel()
            if not answer:
                break
            answers.append(int(answer))
        process.kill()
    return answers


def hard_texts(expression: re.Pattern[str]) -> list[str]:
    """Texts that an expression almost matches: each of its repeats grown long, then an end that does not fit."""
    tree = _parser.parse(expression.pattern, expression.flags)
    dice = random.Random(len(expression.pattern))
    seeds: list[tuple[str, str]] = []
    for repeat in _long_repeats(tree):
        for _ in range(3):
            before = _sample(tree, dice, until=repeat)
            grown = "".join(_sample(repeat[2], dice) for _ in range(dice.choice((1, 1, 2))))
            seeds.append((before, grown))
    seeds = list(dict.fromkeys((before, grown) for before, grown in seeds if grown))[:MOST_TEXTS]
    texts = []
    for length in LENGTHS:
        for before, grown in seeds:
            body = (grown * length)[:length]
            texts += [before + body + ending for ending in _ENDINGS]
    return texts


def _long_repeats(items: Any) -> Iterator[Any]:
    """Every repeat that may go on for long, those within others too."""
    for operator, argument in items:
        if str(operator) in _REPEATS and argument[1] > MANY:
            yield argument
        for part in _parts(str(operator), argument):
            yield from _long_repeats(part)


def _parts(operator: str, argument: Any) -> list[Any]:
    """The sequences within an item."""
    if operator in (*_REPEATS, "POSSESSIVE_REPEAT"):
        return [argument[2]]
    if operator == "SUBPATTERN":
        return [argument[3]]
    if operator == "BRANCH":
        return list(argument[1])
    if operator == "ATOMIC_GROUP":
        return [argument]
    return [argument[1]] if operator in ("ASSERT", "ASSERT_NOT") else []


def _sample(items: Any, dice: random.Random, *, until: Any = None) -> str:
    """A text that a sequence matches, as near as can be made without trying; up to the repeat ``until``."""
    text = ""
    for operator, argument in items:
        name = str(operator)
        if argument is until and until is not None:
            return text
        inside = until is not None and any(_holds(part, until) for part in _parts(name, argument))
        if name == "LITERAL":
            text += chr(argument)
        elif name in ("IN", "ANY", "NOT_LITERAL"):
            text += _sign(name, argument, dice)
        elif name == "BRANCH":
            branches = [part for part in argument[1] if _holds(part, until)] if inside else argument[1]
            text += _sample(dice.choice(branches), dice, until=until if inside else None)
        elif name in (*_REPEATS, "POSSESSIVE_REPEAT"):
            times = 0 if inside else min(argument[0] + dice.randint(0, 1), argument[1])
            text += "".join(_sample(argument[2], dice) for _ in range(times))
            text += _sample(argument[2], dice, until=until) if inside else ""
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            text += _sample(_parts(name, argument)[0], dice, until=until if inside else None)
        if inside:
            return text
    return text


def _holds(items: Any, repeat: Any) -> bool:
    return any(found is repeat for found in _long_repeats(items))


def _sign(name: str, argument: Any, dice: random.Random) -> str:
    """A sign that a set admits; of a set that is told by what it leaves out, the first that it admits."""
    members = [] if name != "IN" else [(str(operator), inner) for operator, inner in argument]
    if members and members[0][0] != "NEGATE":
        operator, inner = dice.choice(members)
        if operator == "LITERAL":
            return chr(inner)
        if operator == "RANGE":
            return chr(inner[0])
        return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": "-"}.get(str(inner), "a")
    left_out = {inner for operator, inner in members if operator == "LITERAL"}
    left_out |= {argument} if name == "NOT_LITERAL" else set()
    no_words = ("CATEGORY", "CATEGORY_WORD") in [(operator, str(inner)) for operator, inner in members]
    return next(sign for sign in ("-# " if no_words else "abx1 -") if ord(sign) not in left_out)


def loops_within_loops(expression: re.Pattern[str]) -> bool:
    """Whether a repeat without end is all that another repeats, as in ``(a+)+`` or ``(\\w+\\s*)*``."""
    return any(_bare_loop(repeat[2]) for repeat in _long_repeats(_parser.parse(expression.pattern, expression.flags)))


def _bare_loop(items: Any) -> bool:
    """Whether a sequence can be one repeat without end and nothing else."""
    told = [(str(operator), argument) for operator, argument in items]
    for place, (operator, argument) in enumerate(told):
        rest = told[:place] + told[place + 1 :]
        if not all(_can_be_empty(name, inner) for name, inner in rest):
            continue
        if operator in _REPEATS and argument[1] > MANY:
            return True
        inside = operator in ("SUBPATTERN", "BRANCH", *_REPEATS)
        if inside and any(_bare_loop(part) for part in _parts(operator, argument)):
            return True
    return False


def _can_be_empty(operator: str, argument: Any) -> bool:
    if operator in (*_REPEATS, "POSSESSIVE_REPEAT"):
        return argument[0] == 0 or all(_can_be_empty(str(name), inner) for name, inner in argument[2])
    if operator in ("SUBPATTERN", "ATOMIC_GROUP", "BRANCH"):
        return any(all(_can_be_empty(str(name), inner) for name, inner in part) for part in _parts(operator, argument))
    return operator in ("AT", "ASSERT", "ASSERT_NOT")
