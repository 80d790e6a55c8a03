"""German compounds are taken apart where all of their parts are known, and left alone everywhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tokens import fold
from bot.domain.tokens_compounds import compound_of

# Judged before the first run: of what each should be found by, and what must stay whole.
PARTS = {
    "Teambesprechungen": "team besprechung",
    "Teambesprechungsprotokoll": "team besprechung protokoll",
    "Mitarbeitergespräche": "mitarbeiter gesprach",
    "Zielvereinbarung": "ziel vereinbarung",
    "Jahresziele": "ziel",
    "Führungskräfte": "fuhrung kraft",
    "Feedbackgespräch": "feedback gesprach",
    "Feedbackkultur": "feedback kultur",
    "Konfliktlösung": "konflikt losung",
    "Lösungsvorschläge": "losung vorschlag",
    "Projektplanung": "projekt planung",
    "Zeitplan": "zeit plan",
    "Arbeitstage": "arbeit tag",
    "Tagesordnung": "ordnung",
    "Gehaltsverhandlungen": "gehalt verhandlung",
    "Kündigungsgespräch": "kundigung gesprach",
    "Bewerbungsgespräche": "bewerbung gesprach",
    "Kundenservice": "kunde service",
    "Personalentwicklung": "personal entwicklung",
    "Entscheidungsfindung": "entscheidung findung",
    "Einzelgespräche": "gesprach",
    "Hauptziel": "ziel",
    "Zwischenergebnis": "ergebnis",
    "Selbstreflexion": "reflexion",
    "Stresstest": "stress test",
    "Teamleiterin": "team leiterin",
    "Aufgabenverteilung": "aufgabe verteilung",
    "Rollenverständnis": "rolle verstandnis",
    "Wochenplan": "woche plan",
    "Fragetechnik": "frage technik",
    "Produktmanagerin": "produkt managerin",
    "Generationenkonflikt": "generation konflikt",
    "Mitgliederversammlung": "mitglied versammlung",
    "Wissenstransfer": "wissen transfer",
}
WHOLE = """
    Besprechung Verantwortung Entscheidung Unternehmen Zusammenarbeit Antwort Ergebnis Beispiel Vorstellung Hintergrund
    Wachstum Abteilung Urinstinkt Staubecken Nachfrage Vorteil Unterlage Zeitung Arbeiter Handlung Standard Augenblick
    feedback workshop stakeholder delegation leadership background transportation management planetary testimony
    partnership formation information restaurant weekend nationality performance understanding conversation
"""


@pytest.mark.parametrize(("word", "parts"), PARTS.items())
def test_a_compound_is_found_by_its_parts(word: str, parts: str) -> None:
    assert " ".join(compound_of(fold(word))) == parts


@pytest.mark.parametrize("word", WHOLE.split())
def test_what_only_looks_like_one_stays_whole(word: str) -> None:
    assert compound_of(fold(word)) == ()


@given(
    st.lists(
        st.sampled_from(["team", "besprechung", "plan", "ziel", "konflikt", "losung"]), min_size=2, max_size=4
    )
)
def test_parts_are_in_the_word_in_their_order(nouns: list[str]) -> None:
    rest = "".join(nouns)
    assert compound_of(rest)
    for part in compound_of(rest):
        assert part in rest
        rest = rest.partition(part)[2]
