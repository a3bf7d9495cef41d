"""What stands in place of an exhibit that has nothing to go on, and how a federation adds what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.economics import words
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Html, bullets, command, definitions, finding, note, paragraph

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
NO_VALUES = f"Om insatserna har lönat sig {words.NOT_COMPUTED}: värde saknas."
NO_GUESS = (
    "Inget värde gissas, och inget lånas från ett annat år i det tysta. Finns värdet för ett annat år går det att "
    "skriva i notebookens parametercell att det ska användas."
)
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
    if not has_states(view):
        return NOTHING
    names = missing_names(view)
    return f"{NO_VALUES.rstrip('.')} ({words.first_few(names)})." if names else NO_VALUES


def missing_names(view: EconomicsView) -> list[str]:
    """The values that the calculation has asked for and not found, each once, with its year."""
    told = [str(missing) for missing in view.values.missing]
    for name in ("flows", "model_income", "payback"):
        frame = words.table_of(view, name)
        if "missing" in frame:
            told += [part for text in frame["missing"] for part in words.unjoined(text)]
    return words.once(told)


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
                "Uppföljningen säger hur många som var i varje läge före och efter. För att räkna om det till kronor "
                f"behövs värden för {view.value_year}. De här saknas:"
            ),
            bullets(missing_names(view)),
            paragraph(
                "Lägg dem i en fil i förbundets mapp, vart och ett med år och källa, och ange filen under [economics] "
                "i federation.toml:"
            ),
            bullets([command('values = ["varden.csv"]')]),
            note(NO_GUESS),
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
