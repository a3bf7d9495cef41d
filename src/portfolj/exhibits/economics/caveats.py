"""What a reader must not conclude, and how everything is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.costs import cost_source
from portfolj.exhibits.economics.lacking import has_payback, no_payback
from portfolj.exhibits.economics.rules import in_short, prices
from portfolj.exhibits.markup import Html, bullets, definitions, paragraph, subheading

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

NO_EFFECT = (
    "Skillnaden mellan före och efter är inte en effekt. En del av deltagarna kan ha kommit i arbete eller studier "
    "även utan insatsen, och utan en jämförelsegrupp går det inte att säga hur många."
)
COMPARISON_NEEDS = (
    "en grupp som liknar deltagarna när de börjar: samma ålder, tid utan arbete, försörjning och hälsa, men som inte "
    "fick insatsen",
    "helst lottning mellan dem som står i kö, annars en jämförelse med register där både grupper och tidpunkter är "
    "valda i förväg",
    "samma uppgifter för båda grupperna, före och en bra stund efter, också för dem som hoppade av",
    "tillräckligt många för att en skillnad ska kunna skiljas från slumpen",
)
BREAK_EVEN = (
    "Gå jämnt ut",
    "Så många personer behövs att deras värde per år, gånger antalet år, blir minst lika stort som kostnaden.",
)
WORK = (
    "Värdet av ett arbete",
    "Lönen plus arbetsgivaravgifter plus indirekta skatter: vad arbetet är värt för den som köper det som det ger. "
    "Lönestöd räknas inte som värde. Det byter bara ägare.",
)
MEANS = (
    "Medelvärde och summor",
    "Medelvärdet räknas på de år som har en återbetalningstid och avrundas till hela månader, halva uppåt. Räknat på "
    "summorna betyder att alla kostnader ska betalas av alla intäkter, också de år som inte har någon intäkt.",
)
WEIGHTS = "Åren får olika vikt på måfå, så att ett ovanligt bra eller dåligt år slår igenom i osäkerheten. "
MOVED = "Också hur många som bytte läge dras, så mycket fler eller färre som slumpen kan ha gjort dem. "
ROUNDING = ("Avrundning", "Allt räknas i kronor. Tabellerna avrundar när de skrivs, varje tal för sig.")

PLACES_RECUR = (
    "Också platser i studier, praktik och utbildning räknas så, med de ersättningar som hör till: som om de kom "
    f"tillbaka varje år i {words.HORIZON}."
)
TAXES_TOO_HIGH = (
    "Skatterna är för högt räknade, mest till fördel för staten. Hela den indirekta skatten på lönen räknas som ny, "
    "fast också bidragen gav sådan skatt när de användes. Grundavdrag och skattereduktioner finns inte med. Och den "
    "del av arbetsgivaravgiften som går till pension är en skuld som staten betalar senare."
)
WHOLE_BENEFITS = (
    "Varje ersättning räknas som hel, fast många är partiella. Antalen är deltaganden, inte personer: den som har "
    "deltagit två gånger räknas två gånger."
)
NOT_COUNTED = (
    "Det som räknas är pengar. Hälsa, trygghet, barnens uppväxt och minskad brottslighet syns inte, och inte heller "
    "vad väntan eller ett misslyckande kostar en människa. Inte heller syns den som blev utan ett arbete för att en "
    "deltagare fick det."
)
NOT_PROFIT = (
    "Återbetalningstid är inte detsamma som lönsamhet. Två insatser med samma tid kan vara värda olika mycket, och en "
    "insats som betalar sig sent kan ändå vara rätt."
)
WHO_WINS = (
    "En aktör kan betala för det som en annan tjänar på. Att en aktör inte får tillbaka sin kostnad är inget skäl för "
    "samhället att låta bli. Deltagaren vinner ofta mindre än samhället, eftersom bidrag faller bort när lönen kommer. "
    "Arbetsgivaren antas varken vinna eller förlora."
)
DEDUCTED = "Avdraget görs också på förluster"
DEDUCTED_IN_DRAWS = "I omräkningarna görs ett avdrag för det som hade kommit ändå, också på förluster"
LOSSES_SHRINK = "en aktör som förlorar på insatserna ser då ut att förlora mindre."


def caveats(view: EconomicsView) -> Html:
    """What the figures do not tell, then what a comparison would need."""
    if not has_payback(view):
        return no_payback(view)
    choices = view.options
    lasting = (
        "Intäkten antas vara lika stor varje år. Den som får ett arbete kan bli av med det, och den som inte fick "
        "något kan ha fått det senare. Ju längre tid, desto osäkrare."
        if choices.fade_out == 0
        else f"Intäkten antas minska med {words.pct(100 * choices.fade_out)} per år. Hur fort den minskar i "
        "verkligheten vet bara den som följer deltagarna i flera år."
    )
    from_states = view.basis != "incomes"
    items = [
        " ".join([NO_EFFECT, *_anyway(view)]),
        f"{lasting} {PLACES_RECUR}" if from_states else lasting,
        *([TAXES_TOO_HIGH, WHOLE_BENEFITS] if from_states else []),
        *([cost_source(view)] if cost_source(view) else []),
        NOT_COUNTED,
        NOT_PROFIT,
        WHO_WINS,
        prices(view),
    ]
    return Html(
        bullets(items),
        subheading("Vad en jämförelse kräver"),
        paragraph("För att kunna tala om en effekt behövs:"),
        bullets([f"{swedish.sentence(need)}." for need in COMPARISON_NEEDS]),
    )


def _anyway(view: EconomicsView) -> list[str]:
    """What to know of the deduction of what would have come anyway, where there is one here or in the redrawings."""
    share = view.options.deadweight
    told = [f"Att {words.pct(100 * share)} hade kommit ändå är ett antagande, inte något som är mätt."] if share else []
    drawn = any(one.name == "deadweight_pct" and one.high > 0 for one in view.ranges)
    loses = (words.table_of(view, "payback_summary")["income_1y_sek"] < 0).any()
    shrink = f"{DEDUCTED if share else DEDUCTED_IN_DRAWS}: {LOSSES_SHRINK}"
    return [*told, *([shrink] if (share or drawn) and loses else [])]


def method(view: EconomicsView) -> Html:
    """The definitions and rules, in words."""
    frame = words.table_of(view, "break_even")
    needed = [] if frame.empty else [BREAK_EVEN]
    if not has_payback(view):
        return definitions([*needed, WORK, ROUNDING]) if needed else no_payback(view)
    pairs: list[tuple[str, str | Markup]] = [
        (
            "Intäkt",
            "Hur mycket mer en aktör får in, eller hur mycket mindre den betalar ut, per år efter insatserna jämfört "
            "med före.",
        ),
        (
            "Kostnad",
            "Kostnaden i allt, eller kostnaden per deltagare gånger antalet deltagare. Hela kostnaden ligger i början.",
        ),
        ("Resultat", _result(view)),
        ("Återbetalningstid", _time(view)),
        *([MEANS] if _several_years(view) else []),
        (
            "Ränta, avtagande och avdrag",
            "Det första årets intäkt räknas utan ränta. Varje år därefter är intäkten värd mindre: räntan sänker den, "
            "och en del av den försvinner. Det som hade kommit ändå dras av från alla år.",
        ),
        *needed,
        *([WORK] if needed or view.basis != "incomes" else []),
        ROUNDING,
    ]
    if not words.table_of(view, "chance").empty:
        seed = view.seed
        pairs.append(
            (
                "Simulering",
                f"Datorn räknar om allt {swedish.number(view.draws)} gånger. Varje gång drar den ett värde ur varje "
                f"spann, oftast nära det troligaste. {WEIGHTS if _several_years(view) else ''}{_moved(view)}"
                f"Alla aktörer får samma dragning. Startvärdet är {seed}, så att samma underlag ger samma svar.",
            )
        )
    return definitions(pairs)


def _moved(view: EconomicsView) -> str:
    return "" if view.basis == "incomes" else MOVED


def _several_years(view: EconomicsView) -> bool:
    return words.table_of(view, "payback")["year"].nunique() > 1


def _result(view: EconomicsView) -> str:
    years = view.options.write_off_years
    plain = f"Intäkt minus kostnad, för det första året och för {words.HORIZON}."
    if years == 1:
        return plain
    return f"{plain} Varje år bär en lika stor del av kostnaden i {swedish.in_words(years)} år."


def _time(view: EconomicsView) -> str:
    without = "En aktör utan intäkt har ingen återbetalningstid."
    if view.options.is_printed_model:
        return f"12 × kostnad / intäkt per år, i månader, avrundat uppåt. {without}"
    return (
        f"Intäkten läggs ihop månad för månad tills den når kostnaden, avrundat uppåt till hela månader. {without} "
        f"{in_short(view)}"
    )
