"""What stands in place of an exhibit that has nothing to go on, and how a federation adds what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.economics import words
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Html, bullets, command, definitions, finding, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

HOW_TO_ADD = (
    ("incomes", "Intäkt per år och aktör, om någon annan redan har räknat fram den: år, antal deltagare, aktör och "
                "intäkt första året. En rad för varje år och aktör."),
    ("transitions", "Antal deltagare som gick från ett läge före till ett läge efter, till exempel från "
                    "försörjningsstöd till arbete på heltid. Då räknar modellen fram intäkten."),
    ("values", "Egna värden: månadslön, skattesatser, bidrag och kostnad per deltagare, vart och ett med år och "
               "källa. Saknas ett värde säger sidan vilket."),
)  # fmt: skip
NO_VALUES = "Det går inte att säga om insatserna har lönat sig: värden som räkningen behöver saknas."
NOTHING = "Det går inte att säga om insatserna har lönat sig: förbundets mapp saknar uppgifter om intäkter."


def has_payback(view: EconomicsView) -> bool:
    """Whether there is anything to tell of income and payback."""
    return bool(view.basis) and not words.table_of(view, "payback").empty


def has_states(view: EconomicsView) -> bool:
    """Whether there are counts of states before and after, shown or hidden."""
    frame = words.table_of(view, "changes")
    return not frame.empty and bool((frame["before"].notna() | frame["hidden"].astype("bool")).any())


def nothing(view: EconomicsView) -> str:
    """Why there is no payback to tell of, in a sentence."""
    return NO_VALUES if has_states(view) else NOTHING


def no_payback(view: EconomicsView) -> Html:
    """The sentence in place of an exhibit on payback. A page leaves it out: ``basis`` says it there."""
    return left_out("Uppgifter om intäkter saknas. Därför går det inte att räkna ut om insatserna har betalat sig.")


def not_from_states(view: EconomicsView) -> Html:
    """The same for the exhibits of the model from states before and after."""
    if has_payback(view):
        return left_out("Intäkterna är hämtade ur en fil och inte räknade ur deltagarnas lägen före och efter.")
    return no_payback(view)


def how_to_add(view: EconomicsView) -> Html:
    """What a federation without files of incomes or states, or without values for them, can do."""
    if has_states(view):
        return Html(
            finding(NO_VALUES),
            paragraph(
                "Hur många som var i varje läge före och efter är känt. För att räkna om det till kronor behövs löner, "
                "bidrag och kostnader, vart och ett med år och källa. Vilka som saknas står längre ned. Lägg dem i en "
                "fil i förbundets mapp och ange den under [economics] i federation.toml:"
            ),
            bullets([command('values = ["varden.csv"]')]),
        )
    return Html(
        finding(NOTHING),
        paragraph(
            "Liggaren säger vad insatserna kostade att finansiera. Vad de gav tillbaka måste komma från uppföljningen "
            "eller från en beräkning som någon redan har gjort. Lägg en fil av något av de här slagen i förbundets "
            "mapp och ange den under [economics] i federation.toml:"
        ),
        definitions([(kind, text) for kind, text in HOW_TO_ADD]),
        bullets(
            [
                command('incomes = ["intakter.csv"]'),
                command('transitions = ["lagen.csv"]'),
                command('values = ["varden.csv"]'),
            ]
        ),
        paragraph(
            "Rader per deltagande med sysselsättning och försörjning före och efter räcker också. Då behövs inga "
            "filer med lägen, men de värden som modellen räknar med måste finnas."
        ),
    )
