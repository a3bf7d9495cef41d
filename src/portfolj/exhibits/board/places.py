"""The sections that the board's sentences lead to, by the headings of the notebooks."""

from __future__ import annotations

from portfolj.exhibits.board.sentence import Place

_PORTFOLIO = ("portfolio.html", "Portföljen")
_FOLLOW_UP = ("followup.html", "Vad det ledde till")
_ECONOMICS = ("economics.html", "Lönade det sig?")
_GOALS = ("goals.html", "Mål, underlag och strategi")
_STAKEHOLDERS = ("stakeholders.html", "Vad de berörda säger")
_COMPARISON = ("comparison.html", "Jämförelser")
_REVIEW = ("review.html", "Underlag och kodning")

FUNDED = Place(*_PORTFOLIO, "Vad som finansierades")
OWNER = Place(*_PORTFOLIO, "Vem som ägde insatserna")
TARGET_GROUP = Place(*_PORTFOLIO, "Vem insatserna var till för")
ORIENTATION = Place(*_PORTFOLIO, "Människor eller strukturer")
LIMITS = Place(*_PORTFOLIO, "Vad siffrorna inte säger")
KINDS = Place(*_FOLLOW_UP, "Vad vi har att gå på")
PARTICIPANTS = Place(*_FOLLOW_UP, "Vilka kom?")
OUTCOME = Place(*_FOLLOW_UP, "Gick de vidare till arbete eller studier?")
REPORTED = Place(*_FOLLOW_UP, "Insatser som bara redovisar antal")
STEPS = Place(*_FOLLOW_UP, "Vilken väg tog de?")
VERDICTS = Place(*_FOLLOW_UP, "Nåddes målen?")
METHOD = Place(*_FOLLOW_UP, "Så är det räknat")
BASIS = Place(*_ECONOMICS, "Vad räkningen bygger på")
PAYBACK = Place(*_ECONOMICS, "När är kostnaden betald?")
BREAK_EVEN = Place(*_ECONOMICS, "Vad krävs för att gå jämnt ut?")
CAVEATS = Place(*_ECONOMICS, "Vad siffrorna inte säger")
GOALS = Place(*_GOALS, "Hur bra målen är")
LOGIC = Place(*_GOALS, "Hur det är tänkt att hänga ihop")
DOCUMENTATION = Place(*_GOALS, "Vad som är dokumenterat")
STRATEGY = Place(*_GOALS, "Följde pengarna strategin?")
PENDING = Place(*_REVIEW, "Vad som behöver ett beslut")
STAKEHOLDERS = Place(*_STAKEHOLDERS, "Intervjuer och andra utsagor")
SURVEYS = Place(*_STAKEHOLDERS, "Enkäter")
COMPARISON = Place(*_COMPARISON, "Liknande kommuner")
