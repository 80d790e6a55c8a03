"""Three views in words: who, when and what, and only what there is."""

from dataclasses import replace

import pytest

from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.observations import Observation
from bot.domain.two_lines_views import NO_VIEWS, LinesFrom, ThreeViews
from bot.slack.blocks import Message
from bot.slack.loop.two_lines_views import lines_rows, views_blocks
from tests.domain.test_two_lines_views import RESULT, SCORE
from tests.messages import read
from tests.slack.loop.test_two_lines import ENGLISH, NOW
from tests.slack.loop.test_two_lines_answers import LINES

SEEN = Observation(WorkspaceId(1), PairId(1), MemberId(2), MemberId(1), "a review", "asked first", NOW)
ALL = ThreeViews(
    replace(SCORE, line="all speak"), ("Mira", SEEN), (LinesFrom("Yuki", LINES), LinesFrom("Zoe", LINES))
)


def text(views: ThreeViews, *, mine: bool = True, results: bool = True) -> str:
    blocks = views_blocks(views, "Tom", ENGLISH, mine=mine, results=results)
    return read(Message("Views", blocks)) if blocks else ""


def test_each_view_says_whose_it_is_and_when() -> None:
    mine, hers = text(ALL), text(ALL, mine=False)

    for line in ("Mira saw, Monday, November 23", "Yuki wrote, Monday", "Zoe wrote, Monday"):
        assert line in mine
        assert line in hers
    assert "You said, Monday" in mine
    assert "Tom said, Monday" in hers
    assert "What we expect: all speak" in mine
    assert "The quiet ones began" in mine
    assert "More would have helped: An agenda" in mine


@pytest.mark.parametrize(
    ("views", "told"),
    [
        (replace(NO_VIEWS, own=RESULT), "You said"),
        (replace(NO_VIEWS, mentor=("Mira", SEEN)), "Mira saw"),
        (replace(NO_VIEWS, others=(LinesFrom("Yuki", LINES),)), "Yuki wrote"),
    ],
)
def test_what_is_not_there_has_no_line(views: ThreeViews, told: str) -> None:
    assert told in text(views)
    assert sum(name in text(views) for name in ("You said", "Mira saw", "Yuki wrote")) == 1
    assert text(NO_VIEWS) == ""


def test_a_result_that_stands_beside_them_is_not_told_twice() -> None:
    assert text(replace(NO_VIEWS, own=RESULT), results=False) == ""
    assert "You said" in text(replace(NO_VIEWS, own=SCORE), results=False)


def test_long_words_are_cut_on_a_card() -> None:
    [(_, said)] = lines_rows([LinesFrom("Yuki", replace(LINES, helped="x" * 2000))], ENGLISH)

    assert len(said) <= 300
