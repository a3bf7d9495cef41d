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
from typing import Any

from portfolj.coding.compiling import parts_of

_parser: Any = importlib.import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")  # a possessive repeat never gives back what it took
MANY = 20  # a repeat that may go on for longer than this is as one without end
SLOW_SECONDS = 0.25
LONG = 1000  # a text of more characters may take eight times that: ways that only grow with its square are no danger
STOPPED_AFTER_SECONDS = 10.0
# Small steps: ways that double tell themselves early.
LENGTHS = (8, 12, 15, 18, 20, 22, 24, 26, 28, 30, 33, 36, 40, 45, 50, 64, 400, 2000)
MOST_SEEDS = 16
HANGS = "Skriv om upprepningar som står i varandra, till exempel (a+)+"  # what to do
_ENDINGS = ("!", "\x01", "")

# Runs in a process of its own: one expression a line in, the length of the first text that takes too long out, or 0.
# The watch is a thread in C, since Python's own wait while an expression is tried.
_TRIAL = """
import faulthandler, json, os, re, sys, time
slow, long, stopped = map(float, sys.argv[1:])
nowhere = open(os.devnull, "w")
for line in sys.stdin:
    pattern, flags, ways = json.loads(line)
    expression, found = re.compile(pattern, flags), 0
    for texts in ways:
        faulthandler.dump_traceback_later(stopped, exit=True, file=nowhere)
        for text in texts:
            start = time.process_time()
            expression.search(text)
            if time.process_time() - start > slow * (8 if len(text) > long else 1):
                found = len(text)
                break
        if found:
            break
    faulthandler.cancel_dump_traceback_later()
    print(found, flush=True)
"""


def slow_expressions(expressions: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    """Those that take more than a quarter of a second on a text made to be hard for them: key -> that text's length.

    Of one that never ends, the longest that was tried.

    The time is the processor's, so a busy machine makes no expression slow. A process that is not done with a text in
    ten seconds ends itself, and the rest are tried in a new one.
    """
    slow: dict[str, int] = {}
    waiting = list(expressions)
    while waiting:
        answers = _try([expressions[key] for key in waiting])
        for key, length in zip(waiting, answers, strict=False):
            if length:
                slow[key] = length
        if len(answers) < len(waiting):
            slow[waiting[len(answers)]] = LENGTHS[-1]
        waiting = waiting[len(answers) + 1 :]
    return slow


def _try(expressions: Sequence[re.Pattern[str]]) -> list[int]:
    """The answers of one process, fewer than the expressions where it ended itself."""
    answers: list[int] = []
    limits = map(str, (SLOW_SECONDS, LONG, STOPPED_AFTER_SECONDS))
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-W", "ignore", "-c", _TRIAL, *limits],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for expression in expressions:
            process.stdin.write(json.dumps((expression.pattern, expression.flags, hard_texts(expression))) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            if not answer:
                break
            answers.append(int(answer))
        process.kill()
    return answers


def hard_texts(expression: re.Pattern[str]) -> list[list[str]]:
    """Texts that an expression almost matches: a repeat of it grown, longer and longer, and an end that doesn't fit."""
    tree = _parser.parse(expression.pattern, expression.flags)
    dice = random.Random(len(expression.pattern))
    seeds: list[tuple[str, str]] = []
    for repeat in _long_repeats(tree):
        for fewest, most in ((0, 0), (1, 1), (0, 1), (0, 1)):
            before = _sample(tree, dice, until=repeat)
            seeds.append((before, _sample(repeat[2], dice, more=(fewest, most))))
        seeds.append((before, _sample(repeat[2], dice) + _sample(repeat[2], dice)))
    seeds = list(dict.fromkeys((before, grown) for before, grown in seeds if grown))[:MOST_SEEDS]
    return [
        [before + (grown * length)[:length] + ending for length in LENGTHS]
        for before, grown in seeds
        for ending in _ENDINGS
    ]


def _long_repeats(items: Any, times: int = 1) -> Iterator[Any]:
    """Every repeat that may go on for long, by itself or ``times`` over within others."""
    for operator, argument in items:
        repeats = str(operator) in _REPEATS
        more = min(times * argument[1], MANY + 1) if repeats else times
        if repeats and argument[1] > 1 and more > MANY:
            yield argument
        for part in parts_of(str(operator), argument):
            yield from _long_repeats(part, more)


def _sample(items: Any, dice: random.Random, *, until: Any = None, more: tuple[int, int] = (0, 1)) -> str:
    """A text that a sequence matches, as near as can be made without trying; up to the repeat ``until``.

    ``more``: how many times more than it must something is repeated, at least and at most.
    """
    text = ""
    for operator, argument in items:
        name = str(operator)
        if argument is until and until is not None:
            return text
        inside = until is not None and any(_holds(part, until) for part in parts_of(name, argument))
        if name == "LITERAL":
            text += chr(argument)
        elif name in ("IN", "ANY", "NOT_LITERAL"):
            text += _sign(name, argument, dice)
        elif name == "BRANCH":
            branches = [part for part in argument[1] if _holds(part, until)] if inside else argument[1]
            text += _sample(dice.choice(branches), dice, until=until if inside else None, more=more)
        elif name in (*_REPEATS, "POSSESSIVE_REPEAT"):
            times = 0 if inside else min(argument[0] + dice.randint(*more), argument[1])
            text += "".join(_sample(argument[2], dice, more=more) for _ in range(times))
            text += _sample(argument[2], dice, until=until, more=more) if inside else ""
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            text += _sample(parts_of(name, argument)[0], dice, until=until if inside else None, more=more)
        if inside:
            return text
    return text


def _holds(items: Any, repeat: Any) -> bool:
    return any(
        argument is repeat or any(_holds(part, repeat) for part in parts_of(str(operator), argument))
        for operator, argument in items
    )


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
        if inside and any(_bare_loop(part) for part in parts_of(operator, argument)):
            return True
    return False


def _can_be_empty(operator: str, argument: Any) -> bool:
    if operator in (*_REPEATS, "POSSESSIVE_REPEAT"):
        return argument[0] == 0 or all(_can_be_empty(str(name), inner) for name, inner in argument[2])
    if operator in ("SUBPATTERN", "ATOMIC_GROUP", "BRANCH"):
        return any(
            all(_can_be_empty(str(name), inner) for name, inner in part) for part in parts_of(operator, argument)
        )
    return operator in ("AT", "ASSERT", "ASSERT_NOT")
