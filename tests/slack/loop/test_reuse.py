"""What others tried, in words: behind the shelf, and as a draft for an admin."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import NotOurs, TextMissing
from bot.domain.ids import ReusableTryId, WorkspaceId
from bot.domain.results import Grade
from bot.domain.reuse import OBSTACLES, ReusableTry
from bot.packs.shelf import aims
from bot.slack.forms import SLACK_TEXT_LIMIT, Values
from bot.slack.loop import reuse as ids
from bot.slack.loop.experiment_sources import with_others
from bot.slack.loop.experiments import Draft, experiment_form, first_draft, with_more
from bot.slack.loop.reuse import others_field, parse_others, parse_report, report_form, report_panel
from bot.words import Words
from tests.forms import action_ids, drawn, field_ids, sent
from tests.running_app import texts_of
from tests.slack.loop.test_experiments import EMPTY, ENGLISH

DAY = date(2026, 11, 23)
ONE = ReusableTry(
    WorkspaceId(1), DAY, "listening", "listen to the end", 5, 10, Grade.REPEATED, id=ReusableTryId(7)
)
MET = (ONE, replace(ONE, aim="focus", behaviour="one thing at a time", id=ReusableTryId(8)))
GOAL = "listen better in meetings"


def test_what_others_tried_for_the_same_aim_stands_behind_the_shelf_with_round_figures() -> None:
    (block,) = others_field(MET, GOAL, ENGLISH)

    text = str(block.to_dict())
    assert "listen to the end" in text
    assert "one thing at a time" not in text
    assert "about 10" in text
    assert "seen again" in text
    data = replace(EMPTY, others=MET, goals=tuple(replace(goal, text=GOAL) for goal in EMPTY.goals))
    fields = field_ids(drawn(experiment_form(data, ENGLISH, with_more(first_draft(data, ENGLISH)))))
    assert fields.index("others") == fields.index("shelf") + 1


def test_where_nothing_may_be_met_the_form_says_nothing_of_it() -> None:
    assert others_field((), GOAL, ENGLISH) == []
    assert others_field(MET, "", ENGLISH) == []


def test_a_choice_fills_what_is_done_and_nothing_else() -> None:
    draft = with_others(Draft({"behaviour": "", "situation": "I lead"}), ONE)

    assert draft.typed == {"behaviour": "listen to the end", "situation": "I lead"}
    assert draft.turn == 1


def test_an_option_is_of_its_day() -> None:
    (block,) = others_field(MET, GOAL, ENGLISH)
    (option,) = block.to_dict()["element"]["options"]

    assert parse_others(option["value"]) == (ONE.id, DAY)
    for wrong in ("", "7", "7:", "x:2026-11-23", "7:soon"):
        with pytest.raises(NotOurs):
            parse_others(wrong)


def test_an_admin_edits_a_draft_of_what_helped_and_takes_the_words_along() -> None:
    form = report_form(MET, ENGLISH)
    draft = parse_report(sent(form))

    for part in (
        "Listening",
        "listen to the end",
        "Planning and focus",
        "one thing at a time",
        "about 5",
        "seen again",
    ):
        assert part in draft
    assert "better words" in "\n".join(texts_of(report_panel("better words", ENGLISH)))
    with pytest.raises(TextMissing):
        parse_report(Values({"state": {"values": {ids.TEXT: {"value": {"value": " "}}}}}))


def test_what_could_get_in_the_way_stands_last_and_under_no_aim() -> None:
    draft = parse_report(sent(report_form((replace(ONE, aim=OBSTACLES, behaviour="no time"), *MET), ENGLISH)))

    assert draft.endswith("- no time")
    assert draft.count("kept it") == 2
    assert OBSTACLES not in {aim.id for aim in aims()}


def test_where_too_few_let_others_meet_it_an_admin_reads_why_there_is_no_draft() -> None:
    view = report_form((), ENGLISH)

    assert action_ids(drawn(view)) == []
    assert "five of three pairs" in "\n".join(texts_of(view))


def test_a_long_draft_still_fits_the_form() -> None:
    many = tuple(replace(ONE, behaviour="x" * 300) for _ in range(30))

    assert len(parse_report(sent(report_form(many, Words("de-DE"))))) <= SLACK_TEXT_LIMIT


def test_it_is_for_the_newest_goal_until_another_is_chosen() -> None:
    data = replace(EMPTY, others=MET, goals=tuple(replace(goal, text=GOAL) for goal in EMPTY.goals))

    opened = replace(with_more(first_draft(data, ENGLISH)), goal="")
    assert "others" in field_ids(drawn(experiment_form(data, ENGLISH, opened)))
    none = replace(opened, goal="0")
    assert "others" not in field_ids(drawn(experiment_form(data, ENGLISH, none)))
