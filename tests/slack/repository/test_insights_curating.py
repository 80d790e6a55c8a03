"""More about an insight: the window, and the forms by which two become one."""

from dataclasses import replace

from bot.domain.ids import InsightId
from bot.domain.insights import wording_of
from bot.domain.insights_curating import edition_of
from bot.slack.repository import insights_curating as ids
from bot.slack.repository.insights_curating import (
    history_panel,
    merge_form,
    other_form,
    parse_merge,
    parse_other,
)
from bot.usecases.repository.insights_curating import InsightHistory, MergeForm, OtherForm
from tests.forms import action_ids, drawn, last_text, sent
from tests.running_app import texts_of
from tests.slack.repository.test_insights import ENGLISH, INSIGHT, NOW

SECOND = replace(INSIGHT, id=InsightId(9), behaviour="listen", outcome="they stay")
OTHER = OtherForm(INSIGHT, (SECOND,))
MERGE = MergeForm(INSIGHT, ("Mira",), SECOND, wording_of(INSIGHT))
HISTORY = InsightHistory(INSIGHT, "Tom", True, ("Mira",), (), (), None, mergeable=True)


def test_what_can_be_done_depends_on_how_it_stands() -> None:
    assert action_ids(drawn(history_panel(HISTORY, ENGLISH))) == [ids.OUTDATED, ids.MERGE]
    assert action_ids(drawn(history_panel(replace(HISTORY, mergeable=False), ENGLISH))) == [ids.OUTDATED]
    old = replace(HISTORY, insight=replace(INSIGHT, outdated_at=NOW))
    assert action_ids(drawn(history_panel(old, ENGLISH))) == [ids.HOLDS, ids.MERGE]
    assert action_ids(drawn(history_panel(replace(HISTORY, into=SECOND), ENGLISH))) == [ids.APART]
    assert action_ids(drawn(history_panel(replace(HISTORY, merged=(SECOND,)), ENGLISH)))[-1] == ids.APART


def test_the_window_says_what_it_said_before_who_wrote_it_when_and_who_reads_that() -> None:
    earlier = replace(edition_of(INSIGHT), outcome="they shout")

    text = "\n".join(texts_of(history_panel(replace(HISTORY, earlier=(earlier,)), ENGLISH)))

    for part in ("they shout", "Written by Tom", "November 23, 2026", "Only you and Mira see these."):
        assert part in text


def test_more_than_fits_is_counted() -> None:
    many = [replace(edition_of(INSIGHT), edition=number, outcome=f"said {number}") for number in range(60)]

    view = history_panel(replace(HISTORY, earlier=tuple(many), merged=(SECOND,) * 60), ENGLISH)

    assert len(view.blocks or []) <= 100
    assert "50" in "".join(texts_of(view))
    assert "40" in "".join(texts_of(view))


def test_the_forms_say_which_two_and_what_becomes_of_them() -> None:
    assert parse_other(sent(other_form(OTHER, ENGLISH), **{ids.OTHER: "9"})) == (INSIGHT.id, SECOND.id)
    command = parse_merge(sent(merge_form(MERGE, ENGLISH)))

    assert (command.insight_id, command.other_id) == (INSIGHT.id, SECOND.id)
    assert command.shown["behaviour"] == INSIGHT.behaviour
    assert "Mira agrees" in last_text(merge_form(MERGE, ENGLISH))
