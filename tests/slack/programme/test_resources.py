"""The list of a cohort's resources, the form of one, and what a try's form says of the one that fits."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import NumberNotUnderstood, NumberOutside
from bot.domain.resources import LINK_LIMIT, MOST, TITLE_LIMIT, Resource, ResourceKind, ResourceLanguage
from bot.domain.texts import TEXT_LIMIT
from bot.slack.loop.experiments import Draft, Row, experiment_form
from bot.slack.programme import resources
from bot.slack.programme.resources import offer_blocks, parse_resource, resource_form, resources_view
from bot.usecases.programme.resources import CohortResources, KeepResource, ResourceForm
from tests.domain.test_resources import a_resource
from tests.forms import action_ids, carried, drawn, required, sent
from tests.slack.loop.test_experiments import EMPTY, ENGLISH, GERMAN, GOAL
from tests.slack.programme.test_feeds import SPRING

FULL = a_resource(
    title="Reviews",
    kind=ResourceKind.COURSE,
    aim="Decide faster",
    language=ResourceLanguage.GERMAN,
    minutes=1200,
)
LONGEST = replace(
    FULL,
    title="t" * TITLE_LIMIT,
    link="https://a.example/" + "a" * (LINK_LIMIT - 18),
    aim="a" * TEXT_LIMIT,
)


def a_list(*listed: Resource) -> CohortResources:
    return CohortResources(SPRING, listed)


def linked(blocks: Any) -> list[str]:
    """The links that stand in rich texts."""
    return [
        part["url"]
        for block in blocks
        if block["type"] == "rich_text"
        for part in block["elements"][0]["elements"]
        if part["type"] == "link"
    ]


def test_a_hundred_of_the_longest_are_shown_page_by_page_and_slack_takes_each() -> None:
    all_of_them = a_list(*(replace(LONGEST, link=f"https://a.example/{n}") for n in range(MOST)))

    pages = [drawn(resources_view(all_of_them, ENGLISH, start)) for start in range(0, MOST, resources.SHOWN)]

    assert [url for page in pages for url in linked(page["blocks"])] == [
        one.link for one in all_of_them.resources
    ]
    turns = [{resources.EARLIER, resources.PAGE} & set(action_ids(page)) for page in pages]
    assert turns[0] == {resources.PAGE}
    assert turns[-1] == {resources.EARLIER}
    assert carried(pages[1])[resources.PAGE] == f"{SPRING.id}:40"
    assert "100 of at most 100" in str(pages[0])


def test_a_page_that_is_gone_is_the_first() -> None:
    assert linked(drawn(resources_view(a_list(FULL), ENGLISH, 20))["blocks"]) == [FULL.link]


def test_the_form_reads_back_what_it_shows() -> None:
    form = resource_form(ResourceForm(SPRING, LONGEST), ENGLISH)

    command = parse_resource(sent(form), "en-US")

    assert required(form) == ["title", "link"]
    assert command == KeepResource(
        SPRING.id,
        LONGEST.id,
        {name: getattr(LONGEST, name) for name in ("title", "link", "aim", "kind", "language", "minutes")},
    )


def test_what_was_left_empty_is_nothing() -> None:
    form = resource_form(ResourceForm(SPRING), ENGLISH)

    shown = parse_resource(sent(form, title="x", link="y"), "en-US").shown

    assert (shown["kind"], shown["minutes"], shown["aim"]) == (None, None, "")
    assert shown["language"] is ResourceLanguage.ANY


@pytest.mark.parametrize(("typed", "error"), [("an hour", NumberNotUnderstood), ("1.5", NumberOutside)])
def test_minutes_that_are_none_are_said_at_their_field(typed: str, error: type[Exception]) -> None:
    form = resource_form(ResourceForm(SPRING), ENGLISH)

    with pytest.raises(error) as raised:
        parse_resource(sent(form, title="x", link="y", minutes=typed), "en-US")

    assert getattr(raised.value, "field", "") == "minutes"


def test_under_more_a_try_is_offered_the_one_that_fits_its_goal() -> None:
    data = replace(EMPTY, resources=(a_resource(1), replace(FULL, id=2, language=ResourceLanguage.ANY)))  # type: ignore[arg-type]  # a plain id
    more = Draft({"until": EMPTY.until}, str(GOAL.id), (Row(),))

    assert linked(drawn(experiment_form(data, ENGLISH, more))["blocks"]) == [FULL.link]
    assert linked(drawn(experiment_form(data, ENGLISH))["blocks"]) == []
    without = drawn(experiment_form(data, ENGLISH, replace(more, goal="0")))
    assert linked(without["blocks"]) == []


def test_it_says_what_it_is_and_only_in_the_readers_language() -> None:
    [block] = offer_blocks([FULL], GOAL, GERMAN)
    assert "Ein Kurs · auf Deutsch · 1.200 Minuten" in str(block.to_dict())
    assert offer_blocks([FULL], GOAL, ENGLISH) == []
    assert offer_blocks([FULL], None, GERMAN) == []
    assert "·" not in str(offer_blocks([a_resource(title="Reviews")], GOAL, ENGLISH)[0].to_dict())
