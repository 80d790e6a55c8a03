"""What a list leaves out is counted, in the reader's words."""

import pytest

from bot.slack.blocks import and_more
from bot.words import Words


@pytest.mark.parametrize(("rest", "said"), [(-3, []), (0, []), (1, ["und noch 1"]), (2, ["und noch 2"])])
def test_a_list_says_how_many_it_leaves_out_if_it_leaves_out_any(rest: int, said: list[str]) -> None:
    assert and_more(rest, Words("de-DE")) == said
