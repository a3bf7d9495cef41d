"""What the conventions of the coded set say, one by one."""

from __future__ import annotations

import pytest

from portfolj.goals.grade import grade

MEASURABLE, UNMEASURABLE, VOLUME, ACTIVITY, MISSING = (
    "outcome_measurable", "outcome_unmeasurable", "volume", "activity", "missing",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "goal_class"),
    [
        ("40 procent av deltagarna ska vara i arbete eller studier.", MEASURABLE),
        ("Tjugofem procent av deltagarna ska ha egen försörjning.", MEASURABLE),
        ("Hälften av ungdomarna ska ha påbörjat studier.", MEASURABLE),
        ("En tredjedel av kvinnorna ska ha en anställning.", MEASURABLE),
        ("Sju av tio deltagare ska gå vidare till arbete.", MEASURABLE),
        ("Minst 60 av dem ska gå vidare till jobb eller studier.", MEASURABLE),
        ("Sjukfrånvaron ska halveras.", MEASURABLE),
        ("Alla deltagare ska ha en egen försörjning.", MEASURABLE),
        ("Minskat bidragsberoende.", UNMEASURABLE),
        ("Fler unga ska komma i arbete.", UNMEASURABLE),
        ("Deltagarna ska ha ökat sin livskvalitet.", UNMEASURABLE),
        ("Samverkan mellan parterna ska förbättras.", UNMEASURABLE),
        ("Projektet ska ta emot 140 deltagare.", VOLUME),
        ("20 platser per år.", VOLUME),
        ("Nå 300 arbetsgivare.", VOLUME),
        ("Projektet ska erbjuda arbetsträning till 45 personer.", VOLUME),
        ("Projektet ska genomföras.", ACTIVITY),
        ("Ta fram en modell för samverkan.", ACTIVITY),
        ("En handbok ska utarbetas.", ACTIVITY),
        ("Kartläggning av behoven hos unga.", ACTIVITY),
        ("Validera deltagarnas betyg.", ACTIVITY),
        ("Projektet startade den 1 september 2019.", MISSING),
        ("Resultatet uppnåddes nästan i sin helhet.", MISSING),
        ("52 procent av deltagarna var kvinnor.", MISSING),
        ("Arbetslösheten bland unga är högre än i riket.", MISSING),
        ("Målgrupp: personer 18–64 år med försörjningsstöd.", MISSING),
        ("Se bifogad projektplan.", MISSING),
        ("-", MISSING),
    ],
)
def test_class(text: str, goal_class: str) -> None:
    assert grade(text).main_class == goal_class


@pytest.mark.parametrize(
    "text",
    [
        "80 procent av personalen ska ha gått grundutbildningen.",
        "Alla handläggare ska gå kursen.",
        "Utbilda 200 chefer och medarbetare i bemötande.",
        "Samtliga enhetschefer ska ha deltagit i utbildningen senast 2020.",
    ],
)
def test_staff_trained_is_an_activity_whatever_the_share(text: str) -> None:
    assert grade(text).main_class == ACTIVITY


def test_an_organisational_result_with_a_level_is_an_outcome() -> None:
    assert grade("90 % av handläggarna ska uppleva att samverkan har förbättrats.").main_class == MEASURABLE
    assert grade("Väntetiden till kartläggning ska vara högst två veckor.").main_class == MEASURABLE


@pytest.mark.parametrize(
    ("text", "goal_class"),
    [
        ("Involvera medborgaren i processen för att främja återgång i arbete.", ACTIVITY),
        ("Minska inlåsningen genom praktik på en arbetsplats.", UNMEASURABLE),
        ("Genom information bidra till att fler barn börjar på förskola.", UNMEASURABLE),
        ("Projektet ska genom en kartläggning identifiera hinder för samverkan.", ACTIVITY),
    ],
)
def test_the_goal_is_neither_why_nor_how(text: str, goal_class: str) -> None:
    assert grade(text).main_class == goal_class


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Alla deltagare ska ha ett arbete.", True),
        ("Varje deltagare ska ta ett steg.", True),
        ("Stegförflyttning för samtliga deltagare.", True),
        ("Öka antalet deltagare i arbete.", False),
        ("Fler ska få arbete.", False),
        ("Minska sjukskrivningarna.", False),
        ("Personer 16–29 år ska komma i arbete.", False),
        ("Deltagarna ska ha ett arbete inom 90 dagar.", False),
        ("Ett tjugotal arbetslösa ska få jobb.", True),
    ],
)
def test_level(text: str, level: bool) -> None:
    assert grade(text).level is level


@pytest.mark.parametrize(
    ("when", "time"),
    [
        ("efter avslutad insats", True),
        ("2019", True),
        ("inom 90 dagar", True),
        ("under projekttiden", True),
        ("per år", True),
        ("vid årets slut", True),
        ("sex månader efter avslut", True),
        ("senast den 31 december 2020", True),
        ("på sikt", False),
        ("långsiktigt", False),
        ("ständigt", False),
    ],
)
def test_time(when: str, time: bool) -> None:
    assert grade(f"Deltagarna ska ha arbete {when}.").time is time


@pytest.mark.parametrize(
    ("text", "goal_class"),
    [
        ("90 procent av deltagarna ska känna att de kunnat påverka sin planering.", MEASURABLE),
        ("80 procent av personalen ska anse att samverkan fungerar.", MEASURABLE),
        ("Handläggarna upplever att de har stöd av varandra.", UNMEASURABLE),
        ("80 procent av deltagarna ska delta i en gruppaktivitet.", VOLUME),
        ("Hälften av deltagarna ska vara kvinnor.", VOLUME),
    ],
)
def test_a_share_who_think_or_feel_is_an_outcome_and_a_share_who_take_part_a_volume(text: str, goal_class: str) -> None:
    assert grade(text).main_class == goal_class


@pytest.mark.parametrize(
    ("text", "goal_class"),
    [
        ("Arbetssättet ska leva kvar i kommunernas egen regi.", UNMEASURABLE),
        ("Vårdcentralerna frågar rutinmässigt om arbete.", UNMEASURABLE),
        ("Det finns en väl förankrad samsyn mellan parterna.", UNMEASURABLE),
        ("Det finns en gemensam handlingsplan för unga.", ACTIVITY),
        ("Det finns ett stort behov av insatser.", MISSING),
        ("Remisserna bedöms av ett team.", MISSING),
        ("35 deltagare slutade i förtid.", MISSING),
        ("Utvärderingen visar att deltagarna mår bättre.", MISSING),
        ("Pröva om tidiga samtal kan korta sjukskrivningarna.", ACTIVITY),
        ("Deltagarnas hälsa ska mätas vid start.", ACTIVITY),
        ("Genomföra intervjuer med 20 deltagare.", VOLUME),
        ("Fler långtidssjukskrivna ska få en kartläggning.", VOLUME),
    ],
)
def test_what_lasts_is_an_outcome_and_what_is_told_no_goal(text: str, goal_class: str) -> None:
    assert grade(text).main_class == goal_class


@pytest.mark.parametrize(
    "text", ["Förbättra kommunernas arbete med unga.", "Förbättrad arbetsmiljö för kommunens anställda."]
)
def test_work_that_is_done_is_nothing_that_people_reach(text: str) -> None:
    assert not grade(text).indicator


def test_a_change_by_so_many_days_is_a_level() -> None:
    assert grade("Förkorta sjukskrivningstiden med två månader.").main_class == MEASURABLE


def test_baseline() -> None:
    assert grade("Öka andelen i arbete från 30 till 40 procent.").baseline
    assert grade("Antalet hushåll med försörjningsstöd ska minska med 10 procent jämfört med 2018.").baseline
    assert not grade("40 procent ska ha arbete.").baseline


def test_what_is_vague_is_no_indicator() -> None:
    assert not grade("Deltagarna ska förbättra sin förmåga till arbete.").indicator
    assert grade("Fler deltagare ska få arbete.").indicator


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("30 deltagare ska skrivas in och 50 procent av dem ska få arbete.", (VOLUME, MEASURABLE)),
        ("Mål 1: Kartlägga 50 personer.\nMål 2: 10 personer i anställning.", (VOLUME, MEASURABLE)),
        ("Efter insatsen ska:\n- 30 % ha ett arbete\n- 20 % studera", (MEASURABLE, MEASURABLE)),
        ("Effektivare samverkan, bättre struktur och ökad kunskap.", (UNMEASURABLE,) * 3),
        ("Utveckla en modell, med delmål att korta sjukskrivningarna.", (ACTIVITY, UNMEASURABLE)),
        ("Minst 20 deltagare; 5 föreläsningar", (VOLUME, VOLUME)),
        ("Vidareutveckla och stärka koordinatorsrollen.", (ACTIVITY,)),
        ("Deltagarna fick bättre självförtroende och bättre hälsa.", (MISSING,)),
    ],
)
def test_a_text_is_split_into_its_goals(text: str, classes: tuple[str, ...]) -> None:
    assert grade(text).classes == classes


def test_parts_are_those_of_the_strongest_goal() -> None:
    graded = grade("Minska utanförskapet. Under 2020 ska 30 deltagare skrivas in.")
    assert (graded.main_class, graded.level, graded.time) == (UNMEASURABLE, False, False)
    assert [(goal.level, goal.time) for goal in graded.goals] == [(False, False), (True, True)]


def test_a_bullet_has_the_time_of_what_stands_over_it() -> None:
    assert all(goal.time for goal in grade("Vid projektets slut ska:\n• 30 % ha arbete\n• 20 % studera").goals)
