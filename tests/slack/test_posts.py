"""What there is to read in a message that somebody points at, whoever posted it and however."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.loop.evidence import parse_message
from bot.slack.posts import words_of
from bot.slack.typed import readable
from tests.slack.test_parsers import JUNK

Json = dict[str, Any]


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def run(*parts: Json | str, kind: str = "rich_text_section") -> Json:
    pieces = [{"type": "text", "text": part} if isinstance(part, str) else part for part in parts]
    return {"type": kind, "elements": pieces}


TOM, CHANNEL = {"type": "user", "user_id": "U1"}, {"type": "channel", "channel_id": "C1"}
LINK = {"type": "link", "url": "https://x.example", "text": "here"}
BARE = {"type": "link", "url": "https://x.example"}


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([section("All <@U1> did")], "All @Tom did"),
        (
            [
                {
                    "type": "section",
                    "fields": [{"type": "plain_text", "text": "a"}, {"type": "mrkdwn", "text": "b"}],
                }
            ],
            "a\nb",
        ),
        (
            [{"type": "header", "text": {"type": "plain_text", "text": "Build 7"}}, section("is green")],
            "Build 7\nis green",
        ),
        (
            [
                {
                    "type": "context",
                    "elements": [{"type": "mrkdwn", "text": "by"}, {"type": "mrkdwn", "text": "CI"}],
                }
            ],
            "by CI",
        ),
        ([{"type": "markdown", "text": "**done**"}], "**done**"),
        ([{"type": "image", "alt_text": "a chart", "image_url": "x"}], "a chart"),
        ([{"type": "image", "alt_text": "a", "title": {"type": "plain_text", "text": "Chart"}}], "Chart"),
        (
            [rich(run("Thanks ", TOM, " in ", CHANNEL, ", ", LINK, " ", BARE))],
            "Thanks @Tom in #C1, here https://x.example",
        ),
        (
            [rich(run("a ", {"type": "emoji", "name": "tada"}, {"type": "broadcast", "range": "here"}))],
            "a :tada:@here",
        ),
        (
            [rich({"type": "rich_text_list", "style": "bullet", "elements": [run("one"), run("two")]})],
            "• one\n• two",
        ),
        (
            [
                rich(
                    {
                        "type": "rich_text_list",
                        "style": "ordered",
                        "indent": 1,
                        "elements": [run("one"), run("two")],
                    }
                )
            ],
            "  1. one\n  2. two",
        ),
        (
            [rich(run("she said\nno", kind="rich_text_quote"), run("x = 1", kind="rich_text_preformatted"))],
            "> she said\n> no\nx = 1",
        ),
        ([{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, rich(run("b"))]]}], "a | b"),
        ([{"type": "divider"}, {"type": "actions", "elements": [{"type": "button"}]}], ""),
    ],
)
def test_blocks_are_read_as_people_see_them(blocks: list[Json], words: str) -> None:
    assert readable(words_of({"bot_id": "B1", "text": "", "blocks": blocks}), {"U1": "Tom"}) == words


def test_an_apps_blocks_say_more_than_its_short_text_and_its_text_says_more_than_its_buttons() -> None:
    buttons = {
        "type": "actions",
        "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Go"}}],
    }

    assert words_of({"bot_id": "B1", "text": "New alert", "blocks": [section("Disk 91 %")]}) == "Disk 91 %"
    assert words_of({"bot_id": "B1", "text": "Deployed", "blocks": [buttons]}) == "Deployed"


def test_a_person_is_read_in_their_own_words_without_what_slack_adds_to_a_link() -> None:
    preview = {"from_url": "https://x.example", "title": "A page", "text": "with much text"}
    message = {
        "text": "look: <https://x.example>",
        "blocks": [rich(run("look: ", BARE))],
        "attachments": [preview],
    }

    assert words_of(message) == "look: <https://x.example>"


def test_a_message_that_was_passed_on_without_a_word_is_read() -> None:
    passed_on = {"from_url": "https://team.slack.com/archives/C1/p1", "text": "Well done", "is_share": True}

    assert words_of({"text": "", "attachments": [passed_on]}) == "Well done"


def test_attachments_are_read_with_their_fields_and_by_their_fallback_if_they_say_nothing_else() -> None:
    full = {
        "pretext": "Monitor",
        "title": "CPU",
        "text": "is high",
        "fields": [{"title": "Host", "value": "a1"}],
    }
    message = {"bot_id": "B1", "text": "", "attachments": [full, {"fallback": "see the page"}]}

    assert words_of(message) == "Monitor\nCPU\nis high\nHost: a1\n\nsee the page"
    assert words_of({"attachments": [{"blocks": [section("inside")], "fallback": "x"}]}) == "inside"


def test_a_picture_alone_is_known_by_its_name() -> None:
    assert (
        words_of({"text": "", "files": [{"name": "chart.png", "title": "Chart of May"}, {"name": "b.pdf"}]})
        == "Chart of May\nb.pdf"
    )


def test_the_people_whom_blocks_mention_are_asked_for_by_name() -> None:
    body = {"message": {"ts": "1.2", "bot_id": "B1", "blocks": [rich(run("Thanks ", TOM))]}}

    assert parse_message(body).mentioned == ("U1",)


KINDS = st.sampled_from(
    [
        "section",
        "header",
        "context",
        "rich_text",
        "rich_text_list",
        "rich_text_quote",
        "table",
        "image",
        "user",
        "text",
    ]
)
NAMES = st.sampled_from(
    [
        "type",
        "text",
        "elements",
        "fields",
        "rows",
        "title",
        "blocks",
        "attachments",
        "files",
        "style",
        "indent",
        "name",
    ]
)
SHAPED = st.recursive(
    JUNK | KINDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner | KINDS, max_size=5),
    max_leaves=25,
)


@given(st.dictionaries(NAMES, SHAPED, max_size=6))
@settings(max_examples=300)
def test_nothing_that_could_come_breaks_the_reading(message: Json) -> None:
    assert isinstance(words_of(message), str)
