"""The shelf of written tries: that it can be read, what is refused, and which of them fit a goal."""

import copy
import string
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.languages import LANGUAGES
from bot.domain.shelf import FITTING_LIMIT, Aim, Direction, ShelfTry, fitting
from bot.packs.reading import WrongFile
from bot.packs.shelf import aims, parse_aim, shelf_for, shelf_try

TEXTS = {"behaviour": "ask", "situation": "it rains", "sign": "How often", "steps": "One."}
AIM: dict[str, Any] = {
    "name": {"en": "Rain", "de": "Regen"},
    "words": {"en": "rain", "de": "regen"},
    "tries": {"one": {"direction": "up", "en": dict(TEXTS), "de": dict(TEXTS)}},
}
EVERY_TRY = [(one, language) for language in LANGUAGES for aim in aims() for one in aim.tries[language]]


def an_aim(id_: str, words: str, *behaviours: str) -> Aim:
    tries = tuple(ShelfTry(f"{id_}.{b}", b, "then", "more", "", Direction.UP) for b in behaviours)
    return Aim(id_, dict.fromkeys(LANGUAGES, id_), words, dict.fromkeys(LANGUAGES, tries))


WALK, SING = (
    an_aim("walk", "walk stroll", "stretch", "lace"),
    an_aim("sing", "sing hum", "breathe", "hum softly"),
)


def test_forty_tries_stand_on_the_shelf_in_both_languages() -> None:
    for language in LANGUAGES:
        found = [one.id for aim in aims() for one in aim.tries[language]]
        assert len(found) == len(set(found)) == 40
    assert len({aim.name("en") for aim in aims()}) == len({aim.name("de") for aim in aims()}) == 10


@pytest.mark.parametrize(("one", "language"), EVERY_TRY, ids=lambda it: getattr(it, "id", it))
def test_every_try_goes_on_where_the_form_begins_and_says_its_sign_so_that_it_can_be_counted(
    one: ShelfTry, language: str
) -> None:
    for text in (one.behaviour, one.situation, one.sign):
        assert text == text.strip()
        assert not text.endswith((".", "…"))
    assert one.behaviour[0].islower()
    assert not one.behaviour.startswith(("i will", "to ", "zu "))
    assert not one.situation.lower().startswith(("when ", "wenn ", "always", "immer"))
    assert one.sign.startswith(("How ", "Wie ", "Um wie ")), "something to be counted"
    assert one.steps.count("\n") == 2, "three steps"
    other = shelf_try(one.id, "de" if language == "en" else "en")
    assert other is not None
    assert other.direction is one.direction
    assert other.behaviour != one.behaviour


@pytest.mark.parametrize(
    ("goal", "aim"),
    [
        ("I want to be a better listener", "listening"),
        ("Ich möchte besser zuhören", "listening"),
        ("delegate more", "delegating"),
        ("Aufgaben abgeben statt selber machen", "delegating"),
        ("run meetings that end on time", "meetings"),
        ("Besprechungen gut moderieren", "meetings"),
        ("speak up in big rounds", "speaking_up"),
        ("deal with conflict early", "hard_talks"),
        ("Konflikte früh ansprechen", "hard_talks"),
        ("plan my week and keep my focus", "focus"),
        ("convince stakeholders of other departments", "influence"),
        ("lead a team for the first time", "first_team"),
        ("mein erstes Team führen", "first_team"),
    ],
)
def test_a_goal_meets_the_tries_of_its_aim(goal: str, aim: str) -> None:
    found = shelf_for(goal, "en-US")

    assert found
    assert found[0].id.startswith(f"{aim}.")


def test_a_goal_with_two_aims_meets_both_in_turn() -> None:
    found = fitting([WALK, SING], "walk and sing", "en")

    assert [one.behaviour for one in found] == ["stretch", "breathe", "lace"]


def test_of_one_aim_the_try_that_says_more_of_the_goal_comes_first() -> None:
    assert [one.behaviour for one in fitting([SING], "hum while I cook", "en")] == ["hum softly", "breathe"]


@pytest.mark.parametrize("goal", ["", "   ", "learn Rust", "the and of", "学ぶ", "🎉"])
def test_a_goal_that_meets_no_aim_is_offered_nothing(goal: str) -> None:
    assert shelf_for(goal, "en") == ()


@given(goal=st.text(max_size=60) | st.lists(st.sampled_from(["walk", "sing", "humming", "x"])).map(" ".join))
def test_three_at_most_are_offered_and_none_twice(goal: str) -> None:
    found = [one.id for one in fitting([WALK, SING], goal, "en", limit=9)]

    assert len(found) == len(set(found)) <= FITTING_LIMIT


@given(limit=st.integers(-2, 9))
def test_no_more_are_offered_than_were_wanted(limit: int) -> None:
    assert len(shelf_for("listen", "en", limit)) == max(0, min(limit, FITTING_LIMIT))


def test_a_reader_of_another_language_reads_english_and_the_words_of_a_goal_count_in_any_language() -> None:
    for locale in ("fr-FR", "en-GB", ""):
        assert shelf_for("zuhören", locale)[0].behaviour == shelf_for("listen", "en")[0].behaviour
    assert shelf_for("listen", "de_AT")[0] == shelf_try(shelf_for("listen", "en")[0].id, "de")


def test_a_try_that_is_gone_is_nothing() -> None:
    assert shelf_try("listening.gone", "en") is None


def spoiled(*path: str, to: object = None) -> dict[str, Any]:
    """A part of the shelf without this, or with something else in its place."""
    content = copy.deepcopy(AIM)
    part: Any = content
    for name in path[:-1]:
        part = part[name]
    if to is None:
        del part[path[-1]]
    else:
        part[path[-1]] = to
    return content


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (spoiled("name", "de"), "name.de"),
        (spoiled("words", "en", to=""), "words.en"),
        (spoiled("tries", to={}), "tries"),
        (spoiled("tries", "one", "de"), "tries.one.de"),
        (spoiled("tries", "one", "direction"), "tries.one.direction"),
        (spoiled("tries", "one", "direction", to="sideways"), "tries.one.direction"),
        (spoiled("tries", "one", "de", "sign"), "tries.one.de.sign"),
        (spoiled("tries", "one", "en", "steps", to=" "), "tries.one.en.steps"),
        (spoiled("tries", "one", "en", "behaviour", to="x" * 76), "tries.one.en.behaviour"),
        (spoiled("tries", "one", "en", "mood", to="gay"), "tries.one.en.mood"),
        (spoiled("tries", "one", to=["up"]), "tries.one"),
        (None, ""),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_refused_by_name(content: object, place: str) -> None:
    with pytest.raises(WrongFile) as error:
        parse_aim("rain", yaml.safe_dump(content))

    assert [fault.place for fault in error.value.faults] == [place]


@given(name=st.text(string.ascii_lowercase, min_size=1, max_size=8))
def test_a_try_is_known_by_its_aim_and_its_own_name(name: str) -> None:
    aim = parse_aim("rain", yaml.safe_dump(spoiled("tries", to={name: AIM["tries"]["one"]})))

    assert [one.id for one in aim.tries_in("de")] == [f"rain.{name}"]
