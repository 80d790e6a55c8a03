"""What is offered with a try: at most one, only what fits, and only links that are safe to open."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InvalidInput, LinkNotUnderstood, NumberOutside
from bot.domain.ids import CohortId, ResourceId
from bot.domain.resources import (
    MOST_MINUTES,
    Resource,
    ResourceLanguage,
    ResourceLinkOpen,
    ResourceLinkPersonal,
    minutes_of,
    offered,
    require_safe_link,
)
from tests.domain.test_portfolios import NOW, TOM, W, a_goal

GOAL = a_goal(text="Lead a review in which everyone speaks")
AIMED = replace(GOAL, objective="Decide faster")


def a_resource(id_: int = 1, title: str = "Pivot tables", **more: object) -> Resource:
    resource = Resource(W, CohortId(1), TOM, NOW, title, "https://example.com/1", id=ResourceId(id_))
    return replace(resource, **more)  # type: ignore[arg-type]  # by name


def test_what_is_for_the_aim_of_the_goal_goes_before_words_in_common() -> None:
    words = a_resource(9, "Reviews in which everyone speaks")
    aimed = a_resource(1, aim=" decide  FASTER ")

    assert offered([aimed, words], AIMED, "en") == aimed
    assert offered([aimed, words], GOAL, "en") == words


def test_without_an_aim_it_is_the_one_with_most_words_in_common() -> None:
    one, two = a_resource(1, "Speaking in reviews"), a_resource(2, "Reviews")

    assert offered([one, two], GOAL, "en") == one


def test_words_of_its_own_aim_count_too() -> None:
    one = a_resource(aim="reviewing")

    assert offered([one], GOAL, "en") == one


@pytest.mark.parametrize("fit", [{"aim": "Decide faster"}, {"title": "Reviews"}])
def test_of_several_alike_it_is_the_newest(fit: dict[str, str]) -> None:
    alike = [replace(a_resource(id_), **fit) for id_ in (2, 3, 1)]  # type: ignore[arg-type]  # by name

    found = offered(alike, AIMED, "en")

    assert found is not None
    assert found.id == 3


@pytest.mark.parametrize("title", ["Pivot tables", "In which everyone", "Get better at everything", "2026"])
def test_nothing_is_offered_where_nothing_fits(title: str) -> None:
    assert offered([a_resource(title=title)], AIMED, "en") is None


def test_without_a_goal_nothing_is_offered() -> None:
    assert offered([a_resource(title="Reviews")], None, "en") is None
    assert offered([], AIMED, "en") is None


def test_an_empty_aim_is_no_aim() -> None:
    assert offered([a_resource()], GOAL, "en") is None


@pytest.mark.parametrize(
    ("language", "locale", "fits"),
    [
        (ResourceLanguage.ANY, "de-DE", True),
        (ResourceLanguage.GERMAN, "de-AT", True),
        (ResourceLanguage.GERMAN, "en-GB", False),
        (ResourceLanguage.ENGLISH, "de-DE", False),
        (ResourceLanguage.ENGLISH, "fr-FR", True),
    ],
)
def test_it_is_in_a_language_that_its_reader_meets_here(
    language: ResourceLanguage, locale: str, *, fits: bool
) -> None:
    for goal in (GOAL, AIMED):
        one = a_resource(title="Reviews", aim="Decide faster", language=language)
        assert (offered([one], goal, locale) is not None) == fits


def test_a_goal_in_japanese_meets_a_title_in_japanese() -> None:
    one = a_resource(title="会議の進め方")

    assert offered([one], replace(GOAL, text="会議で全員が話す"), "en") == one


@given(st.permutations([a_resource(id_, title) for id_, title in enumerate(("Reviews", "Speak", "x"), 1)]))
def test_the_order_of_the_list_changes_nothing(listed: list[Resource]) -> None:
    found = offered(listed, GOAL, "en")

    assert found is not None
    assert found.id == 2


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com",
        "HTTPS://Example.com:8443/a?b=c#d",
        "https://example.com/@ada",
        "https://münchen.example/ä",
    ],
)
def test_a_link_that_begins_with_https_is_fine(link: str) -> None:
    require_safe_link(link)


@pytest.mark.parametrize(
    ("link", "error"),
    [
        ("http://example.com", ResourceLinkOpen),
        ("https://ada:secret@example.com", ResourceLinkPersonal),
        ("https://ada@example.com", ResourceLinkPersonal),
        ("https://@example.com", ResourceLinkPersonal),
        ("example.com/a", LinkNotUnderstood),
        ("javascript:alert(1)", LinkNotUnderstood),
        ("ftp://example.com", LinkNotUnderstood),
        ("https://", LinkNotUnderstood),
        ("https://[", LinkNotUnderstood),
        ("https://a.example:99999", LinkNotUnderstood),
        ("https://a.example/b c", LinkNotUnderstood),
        ("https://a.example\\@b.example", LinkNotUnderstood),
        ("https://-.example", LinkNotUnderstood),
        ("https://" + "a" * 1900 + " b", LinkNotUnderstood),
        ("ftp://" + "a" * 1900, LinkNotUnderstood),
    ],
)
def test_any_other_link_is_said_at_its_field(link: str, error: type[InvalidInput]) -> None:
    with pytest.raises(error) as raised:
        require_safe_link(link)

    assert raised.value.field == "link"
    assert len(getattr(raised.value, "text", "")) <= 80


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_safe_link_or_refused(typed: str) -> None:
    for link in (typed, f"https://{typed}"):
        try:
            require_safe_link(link)
        except InvalidInput:
            continue
        assert link.lower().startswith("https://")


@pytest.mark.parametrize(
    ("typed", "minutes"), [(None, None), ("1", 1), ("20", 20), ("6000", 6000), ("20.0", 20)]
)
def test_minutes_are_whole(typed: str | None, minutes: int | None) -> None:
    assert minutes_of(None if typed is None else Decimal(typed)) == minutes


@pytest.mark.parametrize("typed", ["0", "-5", "1.5", "6001", "1e9"])
def test_other_minutes_are_said_at_their_field(typed: str) -> None:
    with pytest.raises(NumberOutside) as raised:
        minutes_of(Decimal(typed))

    assert (raised.value.field, raised.value.high) == ("minutes", MOST_MINUTES)
