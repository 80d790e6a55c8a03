"""The form of suggestions: Slack takes it, one field is required, and what it shows is what comes back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import ChoiceMissing
from bot.domain.ids import MemberId, PairId, SuggestionId, WorkspaceId
from bot.domain.members import Member
from bot.domain.suggestions import LASTS, SuggestedAfter, Suggestion
from bot.packs.shelf import shelf_try
from bot.slack.forms import Values
from bot.slack.loop import suggestions as forms
from bot.slack.loop.shelf import FILLS, sign_of
from bot.slack.loop.suggestions import Draft, parse_suggestions, suggest_form
from bot.usecases.loop.suggestions import After, Row, SuggestForm, WhichPartner
from bot.words import Words
from tests.forms import action_ids, drawn, field_ids, last_text, required, sent
from tests.messages import shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", now=NOW), Words("de-DE", now=NOW)
TOM = Member(WorkspaceId(1), "UTOM", "Tom", "UTC", "en-US", NOW, id=MemberId(3))
OPEN = Suggestion(
    WorkspaceId(1), PairId(2), MemberId(4), TOM.id, "wait", NOW, NOW + LASTS, id=SuggestionId(7)
)
EMPTY = SuggestForm(PairId(2), TOM, "Become a better listener", (), After(SuggestedAfter.ASK, 5))


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_one_field_is_required_however_many_are_suggested(rows: int) -> None:
    view = suggest_form(EMPTY, ENGLISH, Draft(({},) * rows))

    assert required(view) == ["behaviour_1"]
    assert field_ids(drawn(view)).count("quick") == 1
    assert (forms.ANOTHER in action_ids(drawn(view))) is (rows < 3)


def test_no_more_can_be_added_than_there_is_room_for() -> None:
    for open_now, may in ((0, True), (1, True), (2, False), (3, False)):
        view = suggest_form(replace(EMPTY, open_now=(OPEN,) * open_now), ENGLISH)
        assert (forms.ANOTHER in action_ids(drawn(view))) is may


def test_what_was_typed_comes_back_row_by_row() -> None:
    view = suggest_form(EMPTY, ENGLISH, Draft(({}, {})))
    command = parse_suggestions(
        sent(view, behaviour_1="ask", situation_2="it rains", quick=["quick"], shelf_2="listening.say_back")
    )

    nothing = dict.fromkeys(FILLS, "")
    assert command.rows == (
        Row(1, {**nothing, "behaviour": "ask"}),
        Row(2, {**nothing, "situation": "it rains"}, "listening.say_back"),
    )
    assert (command.pair_id, command.to_id, command.quick, command.after) == (2, 3, True, EMPTY.after)


def test_another_keeps_what_was_typed_and_the_shelf_fills_one_row_only() -> None:
    draft = forms.read_draft(sent(suggest_form(EMPTY, ENGLISH), behaviour_1="ask", quick=["quick"]))
    both = suggest_form(EMPTY, ENGLISH, forms.with_another(draft))
    filled = forms.filled(forms.read_draft(sent(both, sign_1="more")), 2, "listening.say_back", ENGLISH)
    command = parse_suggestions(sent(suggest_form(EMPTY, ENGLISH, filled)))

    written = shelf_try("listening.say_back", "en")
    assert written is not None
    assert command.quick
    assert (command.rows[0].shown["behaviour"], command.rows[0].shown["sign"]) == ("ask", "more")
    assert command.rows[1].shown == {
        "behaviour": written.behaviour, "situation": written.situation, "sign": sign_of(written, ENGLISH),
        "steps": written.steps,
    }  # fmt: skip


def test_a_filled_field_is_a_new_one_so_that_slack_shows_the_new_words() -> None:
    def inputs(turn: int) -> dict[str, str]:
        view = drawn(suggest_form(EMPTY, ENGLISH, Draft(turn=turn)))
        return {b["block_id"]: b["element"]["action_id"] for b in view["blocks"] if b["type"] == "input"}

    before, after = inputs(0), inputs(1)
    assert {name for name in before if before[name] != after[name]} == {f"{name}_1" for name in FILLS}
    assert inputs(1) != inputs(2)


def test_the_shelf_has_all_of_it_once_and_what_is_close_to_the_goal_first() -> None:
    for words in (ENGLISH, GERMAN):
        view = drawn(suggest_form(EMPTY, words))
        (shelf,) = (block["element"] for block in view["blocks"] if block.get("block_id") == "shelf_1")
        groups = shelf["option_groups"]
        values = [option["value"] for group in groups for option in group["options"]]
        assert len(values) == len(set(values)) == 40
        assert all(option["value"].startswith("listening.") for option in groups[0]["options"])
        assert len(groups[0]["options"]) == 3


def test_the_form_says_to_whom_it_goes_and_what_waits_already() -> None:
    assert "Tom" in last_text(suggest_form(EMPTY, ENGLISH))
    assert "2 from before" in last_text(suggest_form(replace(EMPTY, open_now=(OPEN, OPEN)), ENGLISH))


def test_a_form_that_names_what_there_is_not_is_refused() -> None:
    view = dict(sent(suggest_form(EMPTY, ENGLISH)).view)
    view["private_metadata"] = view["private_metadata"].replace('"ask"', '"moon"')

    with pytest.raises(ChoiceMissing):
        parse_suggestions(Values(view))


def test_each_person_who_could_be_meant_has_a_button() -> None:
    people = tuple(replace(TOM, user_id=f"U{number}") for number in range(30))
    message = forms.which_partner(WhichPartner(people), ENGLISH)

    assert action_ids(shown(message)) == [f"command.run.suggest_U{number}" for number in range(30)]
