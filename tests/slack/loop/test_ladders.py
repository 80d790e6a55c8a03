"""The ladder's form and the question where somebody stands: Slack takes them, and what is shown is what comes back."""

from datetime import UTC, datetime

from bot.domain.goals import Goal
from bot.domain.ids import GoalId, LadderRoundId, MemberId, PairId, WorkspaceId
from bot.domain.ladders import Ladder, LadderScore, Rung
from bot.slack.loop import ladders as ids
from bot.slack.loop.ladders import ladder_form, parse_ladder, parse_rating, rating_form, round_card
from bot.usecases.loop.ladders import LadderForm, MakeLadder, Rate, RatingForm, RoundCard
from bot.words import Words
from tests.forms import action_ids, last_text, required, sent
from tests.messages import shown

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
WHOSE = (WorkspaceId(1), PairId(1), MemberId(1))
GOAL = Goal(*WHOSE, "Lead a review", NOW, NOW, baseline="two\nspeak", signs="all speak", id=GoalId(7))
LADDER = Ladder(
    WorkspaceId(1), PairId(1), GOAL.id, MemberId(1), "two speak", "all speak", NOW, NOW, best="they lead"
)
SCORE = LadderScore(
    WorkspaceId(1), PairId(1), LadderRoundId(1), GOAL.id, MemberId(1), Rung.BEST, NOW, "they lead", "twice"
)


def rating(mine: LadderScore | None = None, *, is_mine: bool = True) -> RatingForm:
    return RatingForm(GOAL, LADDER, "Tom", is_mine, mine, ("Mira",))


def card(mine: LadderScore | None, *others: tuple[str, LadderScore], told: bool = False) -> RoundCard:
    return RoundCard(
        GOAL, "Tom", is_mine=True, mine=mine, others=others, waited_for=("Mira",), told=told, apart=told
    )


def test_two_of_five_lines_are_needed_and_begin_with_what_the_goal_says() -> None:
    view = ladder_form(LadderForm(GOAL, None, ("Mira",)), ENGLISH)
    assert required(view) == ["today", "expected"]
    assert parse_ladder(sent(view)) == MakeLadder(
        GOAL.id, {"less": "", "today": "two speak", "expected": "all speak", "better": "", "best": ""}
    )
    assert "Mira" in last_text(view)


def test_a_ladder_that_stands_comes_back_as_it_is() -> None:
    view = ladder_form(LadderForm(GOAL, LADDER, ("Mira",)), ENGLISH)
    assert parse_ladder(sent(view)).shown["best"] == "they lead"


def test_a_rating_needs_one_tap_and_says_who_reads_it_when() -> None:
    view = rating_form(rating(), ENGLISH)
    assert required(view) == ["rung"]
    assert parse_rating(sent(view, rung="expected")) == Rate(GOAL.id, {"rung": Rung.EXPECTED, "note": ""})
    assert "once you have both said yours" in last_text(view)


def test_a_rating_opens_with_what_was_said() -> None:
    assert parse_rating(sent(rating_form(rating(SCORE), ENGLISH))) == Rate(
        GOAL.id, {"rung": Rung.BEST, "note": "twice"}
    )


def test_a_round_asks_whoever_has_not_said_theirs_and_tells_both_what_both_said() -> None:
    assert action_ids(shown(round_card(card(None), ENGLISH))) == [ids.RATE]
    told = shown(round_card(card(SCORE, ("Mira", SCORE), told=True), ENGLISH))
    assert action_ids(told) == []
    assert str(told).count("they lead\\ntwice") == 2
