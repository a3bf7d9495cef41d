"""What the letters say: counts, reasons, ages of old reports; nothing about persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolj.fleet import Outcome, Status
from portfolj.mail.letter import letters, reason, stopped_letter, subject
from portfolj.mail.settings import MailSettings
from portfolj.report.execute import Failure

PERSON = "19121212-1212"
OUT = Path("/srv/rapporter")
SETTINGS = MailSettings.model_validate(
    {
        "server": "post.exempel.se", "security": "tls", "from": "rapporter@exempel.se",
        "on_failure": ["anna@exempel.se", "bo@exempel.se"], "on_success": ["styrelsen@exempel.se"],
    }
)  # fmt: skip
TRACE = f'''Traceback (most recent call last):
  File "/x/portfolj/fleet.py", line 1, in run
    raise KeyError("{PERSON}")
KeyError: '{PERSON}'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/x/portfolj/fleet.py", line 1, in run
    raise portfolj.errors.ReconciliationError("{PERSON}")
portfolj.errors.ReconciliationError: Anna {PERSON}
{PERSON}
SvenssonError: Anna
'''
OUTCOMES = [
    Outcome("gransbygd", Status.DONE, folder=OUT / "gransbygd" / "2024", rows=(12, 10, 2)),
    Outcome("vikbo", Status.REFUSED, f"Vikbo kan inte läsas rätt: 2 fel.\n  beslut.csv, B2: {PERSON}",
            has_earlier_report=True),
    Outcome("ekbacka", Status.FAILED, TRACE, has_earlier_report=True),
    Outcome("solbacka", Status.UNCHANGED, has_earlier_report=True),
    Outcome("nya", Status.REFUSED, "Mappen 'nya' saknar federation.toml."),
]  # fmt: skip


def body_of(outcomes: list[Outcome], **more: object) -> str:
    (letter,) = letters(outcomes, SETTINGS, out=OUT, **{"standing": {}, "pages": {}, **more})  # type: ignore[arg-type]
    return letter.get_content()


def test_the_letter_on_a_night_with_everything_in_it() -> None:
    body = body_of(
        OUTCOMES,
        standing={"vikbo": "2026-03-01 02:04"},
        pages={"vikbo": OUT / "vikbo" / "fel.html"},
    )
    assert (
        body
        == """5 förbund: 1 med fel, 2 nekade, 1 klar, 1 oförändrad.

Förbund    Läge        Anledning
ekbacka    fel         Programmet stannade på ett fel i sig självt
                       (ReconciliationError). Felet står i loggen. Den förra
                       rapporten ligger kvar.
nya        nekad       Mappen 'nya' saknar federation.toml. Det finns ingen
                       tidigare rapport.
vikbo      nekad       Vikbo kan inte läsas rätt: 2 fel. Rapporten från
                       2026-03-01 02:04 ligger kvar.
                       /srv/rapporter/vikbo/fel.html
gransbygd  klar        12 rader in = 10 använda + 2 åt sidan.
solbacka   oförändrad  Inget har ändrats sedan förra rapporten.

Rapporterna: /srv/rapporter/index.html
"""
    )


def test_the_letter_is_plain_text_from_and_to_those_in_the_settings() -> None:
    (letter,) = letters(OUTCOMES, SETTINGS, out=OUT, standing={}, pages={})
    assert letter.get_content_type() == "text/plain"
    assert not list(letter.iter_attachments())
    assert (letter["From"], letter["To"]) == ("rapporter@exempel.se", "anna@exempel.se, bo@exempel.se")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@exempel.se>")
    assert letter["Subject"] == "portfolj: 2 av 5 rapporter i ordning (nekad: vikbo, nya; fel: ekbacka)"


def test_failure_and_success_go_to_those_who_asked_for_each() -> None:
    done = OUTCOMES[:1]
    (letter,) = letters(done, SETTINGS, out=OUT, standing={}, pages={})
    assert (letter["To"], letter["Subject"]) == ("styrelsen@exempel.se", "portfolj: 1 av 1 rapporter i ordning")
    silent = SETTINGS.model_copy(update={"on_success": []})
    assert letters(done, silent, out=OUT, standing={}, pages={}) == []
    deaf = SETTINGS.model_copy(update={"on_failure": []})
    assert letters(OUTCOMES, deaf, out=OUT, standing={}, pages={}) == []


def test_no_person_reaches_a_letter_by_way_of_a_message() -> None:
    (letter,) = letters(OUTCOMES, SETTINGS, out=OUT, standing={}, pages={})
    (stopped,) = stopped_letter(SETTINGS, error=KeyError(PERSON), message="")
    for written in (letter, stopped):
        assert PERSON not in written.as_string()
        assert "Anna" not in written.as_string()
        assert "Svensson" not in written.as_string()


@pytest.mark.parametrize(
    ("trace", "named"),
    [
        ("Traceback (most recent call last):\n  File x\nValueError\n", " (ValueError)"),
        ("Traceback (most recent call last):\n  File x\nAnna: x\n", ""),
        ("Traceback (most recent call last):\n  File x\nAnna Error: x\n", ""),
        ("Traceback (most recent call last):\n  File x", ""),
        ("AnnaError: x", ""),
        ("", ""),
    ],
)
def test_of_a_bug_only_a_name_that_is_surely_an_errors_is_told(trace: str, named: str) -> None:
    told = reason(Outcome("a", Status.FAILED, trace))
    assert told == f"Programmet stannade på ett fel i sig självt{named}. Felet står i loggen."


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (Failure.KERNEL_DIED.value, "Processen som räknade dog innan den var klar"),
        (Failure.TIMED_OUT.value, "Räkningen tog längre tid än den fick"),
        (Failure.STOPPED.value, "Körningen avbröts innan den var klar"),
    ],
)
def test_what_is_no_bug_is_not_called_one(failure: str, told: str) -> None:
    body = body_of([Outcome("vikbo", Status.FAILED, f"{TRACE}{PERSON}", failure=failure)])
    assert told in " ".join(body.split())
    assert "programmet" not in body.casefold()
    assert "Error" not in body
    assert PERSON not in body


def test_many_names_are_a_few_and_a_number_and_a_long_message_is_cut() -> None:
    many = [Outcome(f"f{n}", Status.REFUSED, "x" * 1000) for n in range(80)]
    assert subject(many) == "portfolj: 0 av 80 rapporter i ordning (nekad: f0, f1, f2, f3 och 76 till)"
    assert reason(many[0]) == "x" * 300 + " …"


def test_a_run_that_stopped_as_a_whole_is_told_by_the_first_line_of_its_message() -> None:
    (letter,) = stopped_letter(SETTINGS, error=ValueError(), message=f"En annan körning pågår.\n{PERSON}")
    assert letter["Subject"] == "portfolj: körningen avbröts"
    assert "En annan körning pågår." in letter.get_content()
    assert PERSON not in letter.get_content()
    assert stopped_letter(SETTINGS.model_copy(update={"on_failure": []}), error=ValueError(), message="x") == []


def test_a_run_that_stopped_at_the_index_does_not_say_that_the_reports_were_broken_off() -> None:
    (letter,) = stopped_letter(SETTINGS, error=ValueError(), message="Disken är full.", outcomes_told=True)
    assert letter["Subject"] == "portfolj: sidan med alla rapporter är gammal"
    assert "avbröts" not in letter.get_content()
    assert "Disken är full." in letter.get_content()


def test_the_readers_own_address_of_the_reports_goes_before_the_folder() -> None:
    settings = SETTINGS.model_copy(update={"reports_at": "https://intranat.exempel.se/finsam"})
    (letter,) = letters(OUTCOMES, settings, out=OUT, standing={}, pages={})
    assert letter.get_content().endswith("\nRapporterna: https://intranat.exempel.se/finsam\n")
