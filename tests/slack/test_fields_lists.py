"""A form is a list of fields: it fits the thing that it asks for, and gives back what it shows and nothing else."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

import pytest
from slack_sdk.models.views import View

from bot.domain import checkins, evidence, experiments, goals, insights, nudges, pairs, results, sessions
from bot.domain.shown import asked_by, begun, changed
from bot.domain.texts import Text
from bot.slack.fields import Day, FieldList, Line, ListWrong, Number, OneOf, SomeOf, Story
from bot.slack.forms import form
from bot.words import Words
from tests.field_lists import LISTS, a_thing, filled
from tests.forms import drawn, sent

DOMAIN = (checkins, evidence, experiments, goals, insights, nudges, pairs, results, sessions)
# What people type into a form of one field, or into another thing's form, which says so.
ASKED_ELSEWHERE = {"Hint", "Commitment", "Nudge", "Pair", "SharedInsight"}


@dataclass(frozen=True)
class Dish:
    name: Annotated[str, Text(80, required=True)]
    until: date | None = None
    recipe: Annotated[str, Text(2000)] = ""
    cook: str = ""


def whole(asks: FieldList, words: Words, *, more: bool = True) -> View:
    blocks = asks.inputs(asks.draft(a_thing(asks), words), words, more=more)
    return form("x", "x", blocks, submit="x", close="x")


def said(words: Words) -> str:
    return words.t("What?")  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "besides", "fault"),
    [
        ((Line("name", said), Day("until", said)), ("cook",), "neither asks for nor leaves out: recipe"),
        ((Line("name", said), Line("taste", said)), ("until", "recipe", "cook"), "does not have: taste"),
        ((Day("name", said),), ("until", "recipe", "cook"), "does not fit: name as Day"),
        ((Number("until", said),), ("name", "recipe", "cook"), "does not fit: until as Number"),
        ((Line("cook", said),), ("name", "until", "recipe"), "without a limit: cook"),
    ],
)
def test_a_list_that_does_not_fit_its_thing_names_the_field(
    fields: tuple[Line, ...], besides: tuple[str, ...], fault: str
) -> None:
    with pytest.raises(TypeError, match=fault):
        FieldList(Dish, fields, besides=besides)


class Taste(StrEnum):
    SWEET = "sweet"
    SOUR = "sour"


@dataclass(frozen=True)
class Meal:
    taste: Taste | None = None
    tastes: tuple[str, ...] = ()


SWEET = [("Sweet", Taste.SWEET)]
BOTH = [*SWEET, ("Sour", Taste.SOUR)]


@pytest.mark.parametrize(
    "one",
    [
        OneOf("taste", said, Taste, lambda _: SWEET),
        OneOf("taste", said, Taste, lambda _: BOTH, says=lambda _: SWEET),
        SomeOf("tastes", said, Taste, lambda _: SWEET),
    ],
)
def test_a_choice_without_words_for_an_option_names_both(one: Line) -> None:
    with pytest.raises(ListWrong, match=f"no words for what may be chosen: {one.name} as sour"):
        FieldList(Meal, (one,), besides=("taste", "tastes"))


def test_an_option_that_is_offered_elsewhere_needs_no_words() -> None:
    one = OneOf("taste", said, Taste, lambda _: SWEET, elsewhere=(Taste.SOUR,))

    assert FieldList(Meal, (one,), besides=("tastes",)).fields


def test_lines_before_a_field_that_is_not_told_are_not_lost() -> None:
    asks = FieldList(Meal, (OneOf("taste", said, Taste, lambda _: BOTH),), besides=("tastes",))

    with pytest.raises(ListWrong, match="not told here: tastes"):
        asks.told(Meal(), Words(), before={"tastes": [("Cook", "Ada")]})


def test_limits_and_what_is_required_come_from_the_thing() -> None:
    asks = FieldList(Dish, (Line("name", said), Story("recipe", said)), besides=("until", "cook"))

    name, recipe = drawn(form("x", "x", asks.inputs({}, Words()), submit="x", close="x"))["blocks"]
    assert (name["optional"], name["element"]["max_length"]) == (False, 80)
    assert (recipe["optional"], recipe["element"]["max_length"]) == (True, 2000)


def test_whatever_people_type_is_asked_for_in_a_form() -> None:
    things = [thing for module in DOMAIN for thing in vars(module).values() if isinstance(thing, type)]
    rows = [thing for thing in things if dataclasses.is_dataclass(thing)]
    typed = {row.__name__ for row in rows if any(asked.text for asked in asked_by(row).values())}

    assert typed - {asks.thing.__name__ for asks in LISTS.values()} == ASKED_ELSEWHERE


@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
@pytest.mark.parametrize("name", LISTS)
def test_a_form_gives_back_what_it_shows(name: str, locale: str) -> None:
    asks, words = LISTS[name], Words(locale)

    found = asks.read(sent(whole(asks, words)), locale)

    kept = filled(asks)
    assert found == kept | {name: ", ".join(kept[name]) for name in kept if name == "tags"}


@pytest.mark.parametrize("name", LISTS)
def test_a_form_gives_back_nothing_that_it_does_not_show(name: str) -> None:
    asks = LISTS[name]

    found = asks.read(sent(whole(asks, Words(), more=False)), "en-US")

    assert list(found) == [one.name for one in asks.fields if not one.more]


@pytest.mark.parametrize("name", LISTS)
def test_what_stands_under_more_opens_it(name: str) -> None:
    asks = LISTS[name]
    for one in asks.fields:
        draft = asks.draft(a_thing(asks), Words())

        assert asks.has_more({one.name: draft[one.name]}) is one.more


@pytest.mark.parametrize("name", LISTS)
def test_a_thing_keeps_what_was_not_shown(name: str) -> None:
    asks = LISTS[name]
    old = a_thing(asks)
    for field, value in filled(asks, "new").items():
        new = changed(old, {field: value})

        assert {**vars(old), field: value} == vars(new)


@pytest.mark.parametrize("name", LISTS)
def test_a_new_thing_takes_what_was_shown_and_else_what_it_presets(name: str) -> None:
    asks = LISTS[name]
    asked = asked_by(asks.thing)
    shown = {field: value for field, value in filled(asks).items() if asked[field].needed}
    own = {
        field: value
        for field, value in vars(a_thing(asks)).items()
        if asked[field].needed and field not in shown
    }

    made = begun(asks.thing, shown, **own)

    assert vars(made) == {field: one.preset for field, one in asked.items()} | shown | own
