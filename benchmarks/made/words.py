"""What interventions are called, for whom they are and what they want, as ledgers write it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """``names`` of interventions of this kind, and texts of each field to choose among."""

    names: tuple[str, ...]
    target_groups: tuple[str, ...]
    descriptions: tuple[str, ...]
    goals: tuple[str, ...]


INDIVIDUAL = (
    Theme(
        ("Unga framåt", "Ungdomscoacherna", "Nystart unga", "Navigatorn", "Unga vuxna i sikte"),
        ("Unga 16-29 år som varken arbetar eller studerar", "Unga med aktivitetsersättning", "Unga vuxna 18–29 år"),
        ("Individuellt stöd av coach mot arbete eller studier", "Coach för unga med studiebesök och praktik"),
        ("40 % av deltagarna ska vara i arbete eller studier sex månader efter avslut", "60 unga per år",
         "Fler unga ska komma i egen försörjning"),
    ),
    Theme(
        ("Rehabteamet", "Åter i arbete", "Samordnad rehabilitering", "Steget tillbaka", "Rehabkoordinator"),
        ("Långtidssjukskrivna", "Personer med sjukpenning i mer än ett år", "Utförsäkrade och nollklassade"),
        ("Kartläggning och arbetslivsinriktad rehabilitering i samverkan", "Arbetsträning med stöd av handledare"),
        ("30 % av deltagarna ska återgå i arbete", "Öka deltagarnas arbetsförmåga", "Alla ska få en plan"),
    ),
    Theme(
        ("Vägen till arbete", "Jobbspåret", "Egen försörjning", "Arbetssteget", "Framsteget"),
        ("Personer långt från arbetsmarknaden", "Långvarigt biståndsmottagare",
         "Långtidsarbetslösa med försörjningsstöd"),
        ("Förberedande insatser med arbetsprövning", "Stöd från försörjningsstöd till arbete, steg för steg"),
        ("25 personer i arbete per år", "Minskat beroende av försörjningsstöd",
         "50 % ska ha egen försörjning ett år efter avslut"),
    ),
    Theme(
        ("Supported employment", "IPS-teamet", "Psykiatrins jobbcoach", "Må bra i arbete", "Gröna rehab"),
        ("Personer med psykisk ohälsa", "Personer med psykisk ohälsa och behov av samordnat stöd",
         "Vuxna med ångest och depression"),
        ("Stöd enligt IPS till arbete för personer inom psykiatrin", "Naturbaserad rehabilitering i grupp"),
        ("35 % i arbete efter 18 månader", "Deltagarna ska må bättre", "40 deltagare"),
    ),
    Theme(
        ("Etablering tillsammans", "Hälsa för nyanlända", "Språk och arbete", "Mötesplatsen", "Kvinnor i arbete"),
        ("Nyanlända", "Utrikes födda kvinnor utanför arbetsmarknaden", "Nyanlända och utrikesfödda med ohälsa"),
        ("Hälsoskola och språkpraktik", "Samhällsinformation, språkträning och praktik"),
        ("20 kvinnor ska gå vidare till arbete eller studier", "Ökad egenmakt"),
    ),
    Theme(
        ("NPF-stödet", "Funktionsrätt i arbete", "Anpassa rätt", "Nya möjligheter", "Resursteamet"),
        ("Personer med neuropsykiatrisk funktionsnedsättning", "Personer med funktionsnedsättning",
         "Personer med missbruk"),
        ("Kartläggning och anpassad arbetsträning", "Boendestöd och arbete i samverkan"),
        ("30 % ska få arbete eller börja studera", "Deltagarna ska få rätt stöd"),
    ),
)  # fmt: skip
STRUCTURAL = (
    Theme(
        ("Processledare", "Processtöd LSG", "Samverkanskoordinator", "Lokal samverkan"),
        ("Lokala samverkansgrupper", "Personal hos parterna", ""),
        ("Processledare för den lokala samverkansgruppen", "Stöd till parternas samverkan i lokala grupper"),
        ("En bestående struktur för samverkan", "Fyra möten per år", ""),
    ),
    Theme(
        ("Utbildning i MI", "Kompetenslyftet", "Suicidprevention", "Våld i nära relationer", "Gemensam utbildning"),
        ("Personal och chefer hos medlemmarna", "Handläggare och arbetsledare", ""),
        ("Utbildningsdagar för personal hos parterna", "Utbildning i bemötande och metod"),
        ("All personal ska ha gått utbildningen", "200 utbildade", ""),
    ),
    Theme(
        ("Förstudie", "Kartläggning av behov", "Medfinansiering ESF", "Projektutveckling", "Analys av målgruppen"),
        ("", "Parternas beslutsfattare", ""),
        ("Förstudie inför en ansökan till ESF", "Kartläggning av hur många som behöver samordnat stöd"),
        ("En rapport ska vara klar i december", "Underlag för beslut", ""),
    ),
    Theme(
        ("Frukostseminarier", "Samverkansdag", "Informationsinsats", "Chefsnätverk", "Metodutveckling"),
        ("Chefer och beslutsfattare", "Personal, chefer och politiker", ""),
        ("Mötesplatser för parternas chefer", "Seminarier om samverkan"),
        ("Ökad kunskap om varandras uppdrag", "Tio seminarier", ""),
    ),
)  # fmt: skip
# Which of them a ledger keeps apart from the others by a phase, a place or a year.
ENDINGS = (
    "",
    " Norr",
    " Söder",
    " Öst",
    " Väst",
    " Centrum",
    " fas 2",
    " 2.0",
    " Plus",
    " Mitt",
    " i samverkan",
    " fas 3",
)
OWNERS = ("{place}s kommun", "Arbetsförmedlingen", "Försäkringskassan", "Region {region}", "LSG {place}",
          "Samordningsförbundet {place}", "{place}s folkhögskola", "{place} kommun och Arbetsförmedlingen")  # fmt: skip
OWNER_WEIGHTS = (44, 12, 7, 16, 7, 8, 3, 3)
REGIONS = ("Mittlandet", "Västerlandet", "Österdalarna", "Norrbygden", "Sydlandet")
REFERRERS = ("Arbetsförmedlingen", "Försäkringskassan", "Region", "Socialtjänst")
