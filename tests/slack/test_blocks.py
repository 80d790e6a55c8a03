"""What a list leaves out is counted, in the reader's words."""

import pytest

from bot.slack.blocks import ChartBlock, Message, and_more, section
from bot.words import Words


@pytest.mark.parametrize(("rest", "said"), [(-3, []), (0, []), (1, ["und noch 1"]), (2, ["und noch 2"])])
def test_a_list_says_how_many_it_leaves_out_if_it_leaves_out_any(rest: int, said: list[str]) -> None:
    assert and_more(rest, Words("de-DE")) == said


CHART = ChartBlock("Speaking up", {"type": "line", "series": []})


def test_a_message_can_be_said_without_its_charts() -> None:
    message = Message("x", [section("in words"), CHART])

    assert message.has_charts
    assert [block.type for block in message.in_words.blocks] == ["section"]
    assert not message.in_words.has_charts


def test_where_there_is_no_room_for_all_the_chart_goes_and_no_word() -> None:
    texts = [section("m" * 2900) for _ in range(4)]
    most = ChartBlock("Speaking up", {"type": "line", "series": ["x" * 2000]})

    message = Message("x", [*texts, most])
    assert not message.has_charts
    assert "…" not in str([block.to_dict() for block in message.blocks])
