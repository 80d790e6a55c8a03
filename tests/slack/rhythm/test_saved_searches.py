"""Saved searches, as their owner sees them: where the line will stand, what is new, and the ways on."""

from datetime import UTC, datetime

import pytest

from bot.domain.entries import Filters, Scope, Since
from bot.domain.errors import NotOurs
from bot.domain.ids import MemberId, SavedSearchId, WorkspaceId
from bot.domain.results import Grade
from bot.domain.saved_searches import Place, SavedSearch
from bot.domain.search import QUERY_LIMIT
from bot.domain.stored import EntryKind
from bot.slack.blocks import Message
from bot.slack.forms import Values
from bot.slack.rhythm import saved_searches as ids
from bot.slack.rhythm.saved_searches import new_for_saved, parse_save, save_form, saved_view
from bot.usecases.rhythm.saved_searches import SavedLine, SavedList, SaveForm, SaveSearch, SearchLine
from bot.words import Words
from tests.forms import action_ids, drawn
from tests.messages import lines

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
NARROW = Filters(Scope.COHORT, "one-on-one", EntryKind.RESULT, Grade.TESTED, Since.YEAR)
SAVED = SavedSearch(WorkspaceId(1), MemberId(1), NOW, NOW, "delegation", id=SavedSearchId(7))


def read_of(place: Place) -> str:
    return str(drawn(save_form(SaveForm("delegation", Filters(), place), ENGLISH)))


def test_the_form_says_where_the_line_will_stand_and_who_reads_it() -> None:
    assert "in your digest" in read_of(Place.DIGEST)
    assert "in your next check-in" in read_of(Place.CHECK_IN)
    assert "No message comes" in read_of(Place.HERE)
    assert all("Nobody else learns" in read_of(place) for place in Place)


@pytest.mark.parametrize("filters", [Filters(), NARROW])
def test_what_the_form_sends_is_the_search_as_it_was(filters: Filters) -> None:
    view = drawn(save_form(SaveForm("w" * QUERY_LIMIT, filters, Place.HERE), ENGLISH))
    typed = {"text": {"value": {"type": "plain_text_input", "value": "delegation"}}}
    sent = {**view, "state": {"values": typed}}

    assert parse_save(Values(sent)) == SaveSearch("delegation", filters)
    assert len(view["private_metadata"]) < 3000


def test_filters_that_no_form_of_ours_carries_are_not_taken() -> None:
    view = drawn(save_form(SaveForm("delegation", Filters(), Place.HERE), ENGLISH))
    forged = view["private_metadata"].replace("workspace", "everywhere")
    typed = {"text": {"value": {"type": "plain_text_input", "value": "delegation"}}}

    with pytest.raises(NotOurs):
        parse_save(Values({**view, "private_metadata": forged, "state": {"values": typed}}))


def test_each_line_names_the_search_counts_and_opens_it() -> None:
    blocks = new_for_saved([SearchLine(SAVED, 2)], ENGLISH)

    assert "New for “delegation”: 2" in lines(Message("", blocks))
    assert blocks[0].to_dict()["accessory"]["value"] == "7"
    assert new_for_saved([], ENGLISH) == []


def test_the_list_says_what_is_new_what_is_not_and_what_is_gone() -> None:
    rows = (SavedLine(SAVED, 1), SavedLine(SAVED, 0), SavedLine(SAVED, 0, gone=True))
    view = drawn(saved_view(SavedList(rows, Place.DIGEST), ENGLISH))

    assert action_ids(view) == [ids.OPEN, ids.REMOVE] * 3
    said = str(view)
    assert all(text in said for text in ("1 new", "Nothing new yet", "is not there any more"))


def test_an_empty_list_says_how_it_is_filled() -> None:
    view = drawn(saved_view(SavedList((), Place.HERE), ENGLISH))

    assert "save it where it is found" in str(view)
    assert action_ids(view) == []
