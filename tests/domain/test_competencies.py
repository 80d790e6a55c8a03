"""What people get better at: levels of one line each, names that differ, and ready-made lists in every language."""

from typing import cast

import pytest
import yaml

from bot.domain.competencies import (
    LEVEL_LIMIT,
    MOST,
    NAME_LIMIT,
    Competency,
    CompetencyNamed,
    LevelsWrong,
    LevelTooLong,
    TooManyCompetencies,
    levels_in,
    require_room,
    require_unnamed,
    still_to_take,
)
from bot.domain.ids import CohortId, CompetencyId, MemberId, WorkspaceId
from bot.packs.competencies import DEFAULT, parse_template, templates
from bot.packs.reading import WrongFile
from tests.planting import NOW


def one(id_: int, name: str, template: str = "") -> Competency:
    own = (WorkspaceId(1), CohortId(1), MemberId(1), NOW)
    return Competency(*own, name, ("a", "b", "c"), template=template, id=CompetencyId(id_))


def test_levels_are_lines_and_empty_ones_are_none() -> None:
    assert levels_in(" first  steps\n\nalone\n teaches ") == ("first steps", "alone", "teaches")


@pytest.mark.parametrize("text", ["", "a\nb", "a\nb\nc\nd\ne\nf"])
def test_there_are_three_to_five_levels(text: str) -> None:
    with pytest.raises(LevelsWrong):
        levels_in(text)


def test_a_level_that_is_too_long_is_named_by_its_line() -> None:
    with pytest.raises(LevelTooLong) as error:
        levels_in(f"a\nb\n{'x' * (LEVEL_LIMIT + 1)}")
    assert error.value.number == 3


def test_two_cannot_be_called_the_same_and_one_may_keep_its_own_name() -> None:
    known = [one(1, "Listening")]
    with pytest.raises(CompetencyNamed):
        require_unnamed(" listening ", known, None)
    require_unnamed("listening", known, CompetencyId(1))


def test_a_list_that_people_choose_from_has_an_end() -> None:
    known = [one(number, f"c{number}") for number in range(MOST)]
    require_room(known[1:])
    with pytest.raises(TooManyCompetencies):
        require_room(known)


def test_what_was_taken_over_is_not_taken_twice_even_under_another_name() -> None:
    template = templates()[DEFAULT]
    first, second, *rest = template.competencies
    known = [one(1, "Renamed", template=first.id), one(2, second.names["en"].upper())]
    assert still_to_take(template, known, "en") == rest


def test_there_are_ready_made_lists_for_six_kinds_of_work_the_default_first() -> None:
    assert list(templates()) == ["default", "engineering", "operations", "people", "product", "sales"]
    names = [each.names["en"] for each in templates()[DEFAULT].competencies]
    assert names == ["Strategic thinking", "Stakeholder influence", "Decision quality", "People development"]


LEVELS = [{"en": "a", "de": "a"}] * 3


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"levels": LEVELS[:1]}, "levels"),
        ({"levels": LEVELS * 2}, "levels"),
        ({"levels": [*LEVELS, {"en": "a", "de": "x" * (LEVEL_LIMIT + 1)}]}, "levels.3.de"),
        ({"name": {"en": "A", "de": " "}}, "name.de"),
        ({"name": {"en": "A"}}, "name.de"),
        ({"name": {"en": "x" * (NAME_LIMIT + 1), "de": "A"}}, "name.en"),
        ({"name": {"en": "A", "de": "A", "was wir bauen": None}}, "name.was wir bauen"),
    ],
)
def test_a_list_that_lacks_a_language_or_a_level_names_what_is_wrong(change: object, place: str) -> None:
    whole: dict[str, object] = {"name": {"en": "A", "de": "A"}, "levels": LEVELS}
    content = {
        "name": {"en": "X", "de": "X"},
        "competencies": {"a": whole | cast("dict[str, object]", change)},
    }

    with pytest.raises(WrongFile) as error:
        parse_template("x", yaml.safe_dump(content))
    assert [fault.place for fault in error.value.faults] == [f"competencies.a.{place}"]


def test_a_list_without_competencies_is_none() -> None:
    with pytest.raises(WrongFile, match="competencies"):
        parse_template("x", yaml.safe_dump({"name": {"en": "X", "de": "X"}, "competencies": {}}))
