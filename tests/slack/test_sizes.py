"""Whatever people typed, what is sent of it stays within what Slack takes, which counts "<" as four characters."""

import html
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.domain.ids import AskId, MemberId, PairId, WorkspaceId
from bot.domain.sessions import Ask
from bot.playground.blocks.blocks import check_message_blocks
from bot.slack.blocks import (
    FALLBACK_LIMIT,
    Message,
    actions,
    button,
    confirm,
    fields,
    header,
    note,
    overflow,
    section,
    titled,
)
from bot.slack.delivery.messages import BUILDERS, render
from bot.slack.forms import field, form, radio, select, text_box
from bot.slack.sizes import LARGEST_MESSAGE, escape, fit
from bot.usecases.rhythm.asks import AskCard
from bot.words import Words
from tests.forms import drawn
from tests.messages import shown, size
from tests.nasty import PIECES, made
from tests.two_workspaces import NOW

ENGLISH, GERMAN = Words("en-US"), Words("de-DE")
UPDATE_LIMIT = 4_000  # docs.slack.dev/reference/methods/chat.update: beyond it, msg_too_long
MARKUP = "<td><b>&</b></td>"


def too_long(message: Message) -> list[str]:
    """What Slack would refuse of this message."""
    faults = check_message_blocks([block.to_dict() for block in message.blocks])
    if size(message) > LARGEST_MESSAGE:
        faults.append(f"{size(message)} characters of blocks")
    if len(message.fallback) > UPDATE_LIMIT:
        faults.append(f"{len(message.fallback)} characters of text")
    return faults


@pytest.mark.parametrize("kind", list(BUILDERS), ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink such large ones takes minutes
    suppress_health_check=list(HealthCheck),
)
def test_every_message_is_one_that_slack_takes(kind: type[Any], data: st.DataObject) -> None:
    assert too_long(render(data.draw(made(kind)), GERMAN)) == []


def test_texts_full_of_emoji_are_posted_with_their_names() -> None:
    emoji = (":a:" * 700)[:2000]
    asks = AskCard(
        Ask(WorkspaceId(1), PairId(2), MemberId(3), emoji, NOW, AskId(5)),
        "Tom",
        ("Mira",),
        mine=True,
        answers=(),
        on_agenda=False,
    )
    message = render(asks, ENGLISH)

    assert too_long(message) == []
    assert ":a::a:" in str(shown(message))


def test_a_question_full_of_markup_is_posted_and_can_be_updated() -> None:
    situation = (MARKUP * 200)[:2000]
    ask = Ask(WorkspaceId(1), PairId(2), MemberId(3), situation, NOW, AskId(5))
    message = render(AskCard(ask, "Tom", ("Mira",), mine=True, answers=(), on_agenda=False), ENGLISH)

    assert too_long(message) == []
    assert MARKUP in html.unescape(message.fallback)


@given(PIECES.map(lambda piece: piece * 400), st.integers(2, 3000))
@example("<" * 10, 9)
def test_a_text_is_cut_where_slack_would_stop_counting_and_never_inside_a_sign(text: str, limit: int) -> None:
    cut = fit(text, limit)

    assert len(escape(cut)) <= limit
    assert cut == text or text.startswith(cut.removesuffix("…"))
    assert (
        cut == text
        or len(escape(cut)) > limit - 6
        or cut[-2:-1].strip() == ""
        or text[len(cut) - 1].isspace()
    )
    assert html.unescape(escape(cut)) == cut


@pytest.mark.parametrize("text", [MARKUP * 300, "&" * 3000, "<" * 3000, "\n" * 10 + "&<>" * 900])
def test_every_block_and_every_part_of_a_form_keeps_to_its_limit(text: str) -> None:
    menu = overflow("b", [(text, "1")])
    sure = confirm(ENGLISH, text, text)
    blocks = [
        header(text),
        section(text, button(text, "a", confirm=sure)),
        fields((text, text), (text, text)),
        titled(text, text),
        note(text),
        actions(menu),
    ]
    inputs = [
        field("a", text, text_box(placeholder=text), hint=text),
        field("b", text, radio([(text, "1")])),
        field("c", text, select([(text, "1")])),
    ]

    assert too_long(Message(text, list(blocks))) == []
    drawn(form("x", text, [*blocks, *inputs], submit=text, close=text))


def test_a_message_that_is_too_large_as_a_whole_is_cut_in_its_longest_texts_only() -> None:
    message = Message("x", [header("Short"), *(section("m" * 2900) for _ in range(6))])

    assert size(message) <= LARGEST_MESSAGE
    assert str(shown(message)).count("…") == 6
    assert "Short" in str(shown(message))
    assert str(shown(Message("x", [section("m" * 2900)]))).count("…") == 0


def test_what_stands_at_the_top_level_is_shorter_than_an_update_may_be() -> None:
    assert len(Message("&" * 4000).fallback) <= FALLBACK_LIMIT < UPDATE_LIMIT


def test_an_emoji_stays_one_beside_a_bold_name_and_a_time_of_day_does_not_become_one() -> None:
    (block,) = shown(Message("x", [fields(("When", "10:30:45 :tada: :wave::skin-tone-3: a:b:c"))]))["blocks"]
    parts = block["elements"][0]["elements"]

    assert parts[0] == {"type": "text", "text": "When:", "style": {"bold": True}}
    emoji = [part for part in parts if part["type"] == "emoji"]
    assert emoji == [{"type": "emoji", "name": "tada"}, {"type": "emoji", "name": "wave", "skin_tone": 3}]
    texts = "".join(part.get("text", "") for part in parts)
    assert "10:30:45" in texts
    assert "a:b:c" in texts
