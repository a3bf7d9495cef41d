"""The parts of a goal that make it measurable: a level, a time and a starting point, each with its words."""

from __future__ import annotations

import re
from functools import lru_cache

_TENS = "tio|tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio"
_ONES = "två|tre|fyra|fem|sex|sju|åtta|nio"
NUMBER = (
    rf"(?:\d[\d\s]*(?:[.,]\d+)?|(?:{_TENS})(?:ett|{_ONES})?|{_ONES}|"
    r"elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|"
    rf"(?:ett\s?|två|tre)?hundra(?:{_TENS})?|(?:ett\s+|{_TENS}|{_ONES})?tusen)"
)
_UNIT_OF_TIME = (
    r"(?:dag(?:ar|en)?|dygn|veck(?:a|or)|månad(?:er|en)?|mån|kvartal|"
    r"termin(?:er)?|år(?:en)?|timm(?:e|ar)|minut(?:er)?|halvår)s?"
)
_MONTH = r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
_YEAR = r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?"

SHARE = re.compile(
    rf"(?:(?<![\d/])[1-9]/\d(?![\d/])|{NUMBER}\s*(?:%|procent(?:iga?|en|enheter)?\b)(?![-\s]*(?:ig\s+)?(?:av\s+)?\w*(?:tjänst|arbetstid|heltid)\b)|(?<!\w)(?:hälften|(?:en|ett|två|tre|fyra)\s+(?:tredje|fjärde|femte|tion)del(?:ar)?|"
    r"majoriteten|merparten|noll|varannan(?!\s+(?:vecka|månad|dag))|var\s+(?:tredje|fjärde|femte|tionde)|de\s+flesta|flertalet|en\s+majoritet|stör(?:re|sta)\s+delen|hela\s+(?:grupp|målgrupp|personal)\w*|lika\s+(?:många|stor\s+andel|hög\s+andel)|till\s+(?:rikets|länets|kommunens)\s+(?:nivå|genomsnitt|snitt)|riks(?:genom)?snittet|lägsta?\s+\w+\s+i|bland\s+de\s+\w+\s+(?:bästa|främsta|lägsta|högsta)|(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|\d)\s+av\s+(?:tio|10|fem|5|fyra|4|tre|3))(?!\w)|"
    r"(?<!\w)(?:halver\w+|fördubbl\w+|tredubbl\w+|dubbelt\s+så\s+\w+)(?!\w))",
    re.IGNORECASE,
)
COUNT = re.compile(
    rf"(?<![\w/:.-])(?:{NUMBER}\s*[-–]\s*\d+|{NUMBER}|ett\s+(?:tio|femton|tjugo|tjugofem|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|hundra)tal|ett\s+(?:halvt\s+)?dussin|(?:ett\s+)?\d+\s*-?\s*tal|(?:minst|högst)\s+(?:en|ett))"
    rf"(?![\w%:]|-\w)",
    re.IGNORECASE,
)
_NUMERAL = re.compile(rf"\d|(?<!\w){NUMBER}(?!\w)|\w+tal(?!\w)|dussin|(?:minst|högst)\s+ett?\b", re.IGNORECASE)
SPAN = re.compile(rf"{NUMBER}\s*{_UNIT_OF_TIME}", re.IGNORECASE)
# "på alla nivåer" and "varje individs behov" say nothing of how many.
EVERY = re.compile(
    r"(?<!\w)(?<!mellan\s)(?<!bland\s)(?<!oss\s)(?:(?<!för\s)alla(?=\s*(?:[.,;]|$|och\b))|alla(?!\s*(?:[.,;]|$|och\b))|samtlig[at]?|varje|all|var\s+och\s+en|ingen|inga|noll)(?=[\s.,;]|$)"
    r"(?!\s+(?:(?:enskild\s+)?(?:individs|deltagares|persons|människas)\b|led\b|människors|år\b|månad|kvartal|vecka|termin|dag|"
    r"nivåer|områden|delar|former|typer|sätt|möjlig|resurser|tillgänglig|avseenden|sammanhang|aspekter|perspektiv|goda\b|enskilt\b|"
    r"fall\b|tillfälle|steg\b|unik|förutsättningar|led\b|villkor|människors\b)|"
    r"\s+(?:enskild\s+|unik\s+)?(?:\w{3,}[^s\W]s)\s+(?:\w+\s+)?(?:behov|förutsättningar|egna|egen|förmåga|resurser|möjligheter|situation|unika))",
    re.IGNORECASE,
)
# Numbers that are no level: dates, ages, durations, sections, steps.
_NO_LEVEL = re.compile(
    rf"\b(?:den\s+)?\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|{_MONTH}\s+{_YEAR}|(?<![\d\w]){_YEAR}(?!\s*(?:personer|deltagare|kr|%|procent))(?![\d\w])|\d{{4}}-\d\d(?:-\d\d)?|"
    rf"{NUMBER}\s*(?:[-–]\s*\d+\s*)?(?:[-–]?års?(?:åldern)?|åringar|-åringar|årig\w*)\b|(?:ålder\w*|mellan|från)\s+\d+\s*(?:[-–]|och|till)\s*\d+\s*år|"
    rf"(?:inom|efter|under|i|på|minst|högst|om|mer\s+än|upp\s+till|senast|var|vart|de\s+första|längre\s+än|över|cirka|ca)?\s*{NUMBER}\s*(?:[-–]\s*\d+\s*|(?:,|och|till|eller|respektive)\s+{NUMBER}\s*)*{_UNIT_OF_TIME}\b|"
    rf"\b(?:steg|fas|nivå|kap|kapitel|punkt|paragraf|mål|delmål|etapp|budget|artikel|nr)\s+\d+|\d+\s*§|\d{{2,4}}:\d+|\bden\s+\d+\b|{NUMBER}\s*(?:gånger|ggr)\s+(?:i|per|om)\b|en\s+till\s+en|(?:{_ONES}|\d\d?)\s+(?:\w+\s+)?(?:kommuner|orter|stadsdelar|län)\b|\d\d\s*\+|(?<!av\s)\bde\s+(?:cirka\s+|ca\s+|omkring\s+|totalt\s+)?\d[\d\s]*(?=\w)|\b(?:unga|ungdomar|personer|vuxna|individer)\s+(?:under|över|upp\s+till|från)\s+\d\d\b|{NUMBER}\s+eller\s+(?:flera|fler)\b|\bmellan\s+(?:{_ONES}|tio|\d\d?)\s+(?!och\b|till\b)\w+|\bUng\s+\d\d|\bi\s+{NUMBER}\s+(?:steg|faser|etapper|delar|spår)\b|\d\s+kap\b|\b(?:unga|ungdomar|vuxna|kvinnor|män|personer|individer|ålder\w*)\s+\(?\d\d\s*[-–]\s*\d\d|\b(?:de|dessa|våra|alla|samtliga|båda)\s+(?:{_ONES}|\d)\s+|(?:i|inom|länets|våra|från|mellan)\s+(?:de\s+|länets\s+|våra\s+)?{NUMBER}\s+(?:\w+\s+)?kommuner\w*|\b(?:minst|från|av|mellan|hos)\s+(?:{_ONES}|\d)\s+(?:\w+\s+)?(?:myndigheter|parter|aktörer|huvudmän|organisationer|samverkansparter|förbund|förvaltningar|medlemmar)\b|\b(?:programområde|område|insats|aktivitet|projekt|del|version|prioritering|linje|årskurs|åk|grupp|nummer)\s+\d(?![\d\s]*(?:%|procent|\d))|\d+\s*(?:%|procents?)[-\s]*(?:ig\s+)?(?:av\s+)?\w*(?:tjänst|arbetstid|heltid)\w*|"
    rf"\d{{6,}}\S*|(?<!med\s)(?<!till\s)(?<!under\s)(?<!överstiga\s)(?<!understiga\s)(?<!minst\s)(?<!högst\s)(?<![\d,.])\d[\d\s,.]*(?:kr|kronor|tkr|mkr|miljoner)\b|"
    r"\b(?:ett|två|tre)\s+(?:och|eller)\s+(?:två|tre)\b|halvtid|kvartal\s*\d|\d+\s*:\s*\d+|plus\s+\d+|\b(?:sex|fem)\s+frågor",
    re.IGNORECASE,
)
TIME = re.compile(
    rf"(?<!\w)(?!under\s+[1-9]\d\s*år)(?:"
    rf"(?:efter|vid|i|före|under)\s+(?:\w+\s+){{0,2}}?(?:avslut\w*|projektslut\w*|projektavslut\w*|slutet|utgång\w*|insatsslut\w*|utskrivning\w*)(?:\s+(?:av|på)\s+\w+|\s+\w*(?:insats|projekt|period|program|aktivitet|rehabilitering|praktik|medverkan|deltag)\w*)?|"
    rf"(?:vid|efter)\s+(?:in-\s+och\s+)?(?:ut|in)skrivning\w*|"
    rf"(?:efter)\s+(?:\w+\s+){{0,2}}?(?:insats\w*|program\w*|rehabilitering\w*|projekt\w*|deltag\w*|period\w*|utbildning\w*|genomförd\s+\w+|genomgången\s+\w+|medverkan|kurs\w*|praktik\w*|aktivitet\w*|behandling\w*|start\w*|inskrivning\w*)|"
    rf"(?:inom|efter|under|i|på|för|minst|senast)\s+(?:de\s+(?:första|närmaste)\s+|loppet\s+av\s+|en\s+period\s+(?:på|av)\s+|högst\s+|max\s+|minst\s+|cirka\s+|ca\s+|en\s+|ett\s+|loppet\s+av\s+)*(?:{NUMBER}|en|ett)\s*(?:[-–]\s*\d+\s*)?{_UNIT_OF_TIME}(?:\s+efter\s+(?:\w+\s+)?\w+)?|"
    rf"{NUMBER}\s*{_UNIT_OF_TIME}\s+(?:efter|från|före)\s+(?:\w+\s+)?\w+|"
    rf"(?:per|varje|vart|om)\s+(?:år|månad|kvartal|termin|vecka|halvår|verksamhetsår|kalenderår|tertial)(?:et|en)?|årligen|månadsvis|kvartalsvis|varje\s+år|/år|/månad|"
    rf"under\s+(?:hela\s+)?(?:projekttid\w*|projektperiod\w*|projektår\w*|insatstid\w*|insatsen|projektet|perioden|året|åren|våren|hösten|sommaren|vintern|programtid\w*|programperiod\w*|mandatperiod\w*|avtalsperiod\w*|innevarande\s+\w+|verksamhetsår\w*|\w+\s+(?:projekt)?året|tiden\s+i\s+\w+|kommande\s+\w+|genomförande\w*)|"
    rf"senast\s+(?:vid|den|under|i|år|{_MONTH}|\d+)|(?:före|innan|vid)\s+(?:års\w+|årets|projektets|insatsens|periodens|utgången)(?:\s+(?:slut|utgång|av\s+\w+))?|"
    rf"(?:vid|i)\s+(?:projektets|insatsens|årets|periodens|programmets)\s+(?:slut|avslut)\w*|"
    rf"(?:den\s+)?\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|{_MONTH}\s+{_YEAR}|(?<![\d\w:/]){_YEAR}(?!\w|:\d)|\d{{4}}-\d\d-\d\d|"
    rf"när\s+(?:projektet|insatsen|de|deltagaren|deltagarna)\s+(?:är\s+)?(?:avslutas?|avslutats|slut|avslutad|lämnar|skrivs\s+ut)|"
    rf"(?:i|före|till)\s+{_MONTH}|vid\s+(?:varje\s+)?(?:års|halvårs)skifte\w*|när\s+\w+\s+(?:är|tar|har\s+tagit)\s+slut|"
    rf"(?:första|andra|tredje)\s+(?:projekt)?året|år\s+(?:ett|två|tre|1|2|3)|före\s+och\s+efter|helår\w*"
    rf")(?!\w)",
    re.IGNORECASE,
)
BASELINE = re.compile(
    rf"(?<!\w)(?:från\s+(?:dagens\s+|cirka\s+|nuvarande\s+)?{NUMBER}\s*(?:%|procent|personer|deltagare|dagar|st)?\s*(?:\S+\s+){{0,4}}?till\s+(?:minst\s+|cirka\s+|under\s+|högst\s+)?{NUMBER}|"
    rf"(?:jämfört|i\s+jämförelse|jämförelsevis)\s+med\s+\w+(?:\s+\w+){{0,2}}|i\s+relation\s+till\s+(?:\d{{4}}|föregående)|"
    r"än\s+(?:vid\s+(?:start|inskrivning)\w*|föregående\s+\w+|tidigare\s+år|ordinarie\s+\w+|\d{4}|året\s+innan|före\s+\w+|i\s+dag|idag)|"
    r"(?:utgångsläge|baslinje|basmätning|nollmätning|nuläge|ingångsvärde|startvärde|startmätning)\w*|före\s+och\s+efter|mellan\s+(?:första|start)\w*\s+och\s+\w+|från\s+dagens|utifrån\s+\d{4})(?!\w)",
    re.IGNORECASE,
)


# A duration that is the level itself: "väntetiden ska vara högst två veckor".
_LASTS = re.compile(
    rf"(?:tid|period|vänta)\w*\s.*?\b(?:vara|understiga|överstiga|vänta|mer\s+än|kortas|minska|minskas|sjunka|uppgå)\s+(?:till\s+|med\s+|i\s+(?:snitt|genomsnitt)\s+|högst\s+|max(?:imalt)?\s+|under\s+|mindre\s+än\s+)*"
    rf"(?P<level>{NUMBER}\s*{_UNIT_OF_TIME})|"
    # a rate in days: "sjukpenningtalet ska vara högst nio dagar"
    rf"\b(?:ohälso|sjuk\w*)tal(?:et)?\b[^.]{{0,80}}?\s(?P<rate>{NUMBER}\s*dagar)|"
    # a change by so many days: "förkorta sjukskrivningarna med två månader"
    rf"\b(?:minska|öka|kort|förkort|sänk|sjunk|reducer|höj)\w*\b[^.]{{0,70}}?\b(?:med|till)\s+(?:i\s+(?:snitt|genomsnitt)\s+|minst\s+|högst\s+|cirka\s+|ca\s+|max\s+)*"
    rf"(?P<change>{NUMBER}\s*{_UNIT_OF_TIME})",
    re.IGNORECASE,
)


def without(text: str, pattern: re.Pattern[str]) -> str:
    """The text with what a pattern finds blanked, as long as before."""
    return pattern.sub(lambda hit: "|" * len(hit.group()), text)


@lru_cache(maxsize=1024)
def level_words(text: str) -> list[re.Match[str]]:
    """What says how much: shares, counts, "alla". Dates, ages and durations are none."""
    shares = list(SHARE.finditer(text))
    if not _NUMERAL.search(text):
        return sorted([*shares, *EVERY.finditer(without(text, SHARE))], key=lambda hit: hit.start())
    rest = without(without(text, SHARE), _NO_LEVEL)
    lasts = [SPAN.match(text, *hit.span(hit.lastgroup or 0)) for hit in _LASTS.finditer(text)]
    return sorted(
        [*shares, *filter(None, lasts), *COUNT.finditer(rest), *EVERY.finditer(without(text, SHARE))],
        key=lambda hit: hit.start(),
    )


def time_words(text: str) -> list[re.Match[str]]:
    """When it is to be reached or measured."""
    return list(TIME.finditer(text))


def baseline_words(text: str) -> list[re.Match[str]]:
    """What it is compared with."""
    return list(BASELINE.finditer(text))
