"""The actors that settings add, and who they say pays what, held against those that portfolj has.

The codes and words are those of ``reference/economics_headings.toml``; what can be paid by somebody else stands in
``reference/economics_states.toml``.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from portfolj.errors import Fault, Reason
from portfolj.federation.economics import EconomicsSettings
from portfolj.federation.setting_faults import nearest_setting, setting_fault

WAGE_SUBSIDY: Final = "wage_subsidy"
NO_PAYERS: Final = ("samhallet", "staten", "individen")  # sums of others, and the one who is paid
_EXAMPLE = 'till exempel eu = "EU (Socialfonden)"'


def actor_faults(settings: EconomicsSettings) -> list[Fault]:
    """The faults of ``economics.actors`` and ``economics.payers``.

    An actor of the federation's own may not have a code, a label or another word that already means somebody. A payer
    must be an actor that can take part in a flow, of something that is paid.
    """
    return [*_taken_words(settings.actors), *_unknown_payers(settings)]


@cache
def payable_codes() -> tuple[str, ...]:
    """What ``economics.payers`` may be stated for: the benefits and measures that are shipped, and the wage subsidy."""
    known = _reference("economics_states.toml")
    return (*known["benefits"], *known["measures"], WAGE_SUBSIDY)


def payers_known(own: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of those who can pay: the shipped ones but ``NO_PAYERS``, and the federation's own."""
    shipped = _reference("economics_headings.toml")["words"]["actors"]
    return tuple(dict.fromkeys((*(code for code in shipped if code not in NO_PAYERS), *own)))


def _taken_words(own: Mapping[str, str]) -> Iterator[Fault]:
    taken = {word: f"aktören {code}" for word, code in _words_of_everybody().items()}
    taken |= {
        _folded(word): "alla aktörer" for word in _reference("economics_headings.toml")["words"]["everybody"]["all"]
    }
    for code, label in own.items():
        for word in dict.fromkeys((_folded(code), _folded(label))):
            if word in taken:
                yield setting_fault(
                    f"economics.actors.{code}", Reason.SETTING_WRONG,
                    f"{code} = {label!r} går inte att använda: ”{word}” är redan ett ord för {taken[word]}",
                    f"en egen kod och en egen etikett, {_EXAMPLE}", "Välj en annan kod eller etikett",
                )  # fmt: skip
                break
        taken |= {word: f"aktören {code}" for word in (_folded(code), _folded(label)) if word not in taken}


def _unknown_payers(settings: EconomicsSettings) -> Iterator[Fault]:
    actors = payers_known(settings.actors)
    words = {**{_folded(label): code for code, label in settings.actors.items()}, **{code: code for code in actors}}
    words |= {word: code for word, code in _words_of_everybody().items() if code in actors}
    for code, payer in settings.payers.items():
        cell = f"economics.payers.{code}"
        if code not in payable_codes():
            yield setting_fault(
                cell, Reason.SETTING_UNKNOWN, f"Ersättningen eller insatsen {code!r} finns inte",
                ", ".join(payable_codes()), nearest_setting(code, payable_codes()),
            )  # fmt: skip
        if payer not in actors:
            close = difflib.get_close_matches(_folded(payer), list(words), n=1)
            yield setting_fault(
                cell, Reason.SETTING_WRONG, f"{payer!r} är ingen aktör som kan betala", ", ".join(actors),
                f"Menade du {words[close[0]]}?" if close else "Rätta värdet eller lägg till aktören i economics.actors",
            )  # fmt: skip


@cache
def _words_of_everybody() -> Mapping[str, str]:
    """Folded word -> the code that it means, also of those who only stand at the other end of a flow."""
    words = _reference("economics_headings.toml")["words"]
    return {
        _folded(word): code
        for listed in (words["actors"], words["other_ends"])
        for code, others in listed.items()
        for word in (code, *others)
    }


def _folded(word: str) -> str:
    return " ".join(word.split()).casefold().rstrip(".: ")


@cache
def _reference(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("portfolj") / "reference" / name).read_text(encoding="utf-8"))
