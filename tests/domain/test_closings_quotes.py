"""What may be quoted names nobody."""

import pytest

from bot.domain.closings_quotes import without_names

NAMES = ("Mira Kovač", "Tom", "Jo Al", "lea.berger", "nora_k")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mira asked me first.", "… asked me first."),
        ("Thanks, MIRA KOVAČ!", "Thanks, …!"),
        ("Tom's questions", "…'s questions"),
        ("Tomorrow I ask.", "Tomorrow I ask."),
        ("Toms Fragen", "… Fragen"),
        ("als Jo kam", "als … kam"),
        ("Lea, Bergers and Nora", "…, … and …"),
        ("_Tom_ said", "_…_ said"),
        ("<@U123> and \u2039@U123\u203a asked", "… and … asked"),
        ("Nothing changed.", "Nothing changed."),
    ],
)
def test_names_of_people_here_are_left_out_and_nothing_else(text: str, said: str) -> None:
    assert without_names(text, NAMES) == said


def test_a_mention_is_left_out_without_names_too() -> None:
    assert without_names("<@U1|tom> asked", []) == "… asked"


def test_without_names_the_text_stays() -> None:
    assert without_names("as it is", []) == "as it is"
