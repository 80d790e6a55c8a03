"""Evidence: what is read from a message, the form and the list."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.errors import NumberNotUnderstood
from bot.domain.evidence import NOTE_LIMIT, WORDS_LIMIT, Evidence, EvidenceKind
from bot.domain.experiments import Experiment
from bot.domain.ids import EvidenceId, ExperimentId, MemberId, PairId, WorkspaceId
from bot.playground.blocks.blocks import check_message_blocks
from bot.slack.loop import evidence as ids
from bot.slack.loop.evidence import (
    MessageCopy,
    as_words,
    evidence_form,
    evidence_panel,
    parse_evidence,
    parse_message,
    saved_message,
)
from bot.slack.privacy import PREVIEW
from bot.usecases.loop.evidence import EvidenceForm, EvidenceList, Piece, Saved, SaveEvidence, Target
from bot.words import Words
from tests.forms import action_ids, drawn, field_ids, last_text, required, sent

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US"), Words("de-DE")
EXPERIMENT = Experiment(
    WorkspaceId(1), PairId(1), MemberId(3), "ask", "I lead", date(2026, 11, 27), NOW, id=ExperimentId(5)
)
TRIED, GOAL = Target(PairId(1), ("Mira",), (), EXPERIMENT), Target(PairId(1), ("Mira",))
FORM = EvidenceForm((TRIED, GOAL), {"UMIRA": "Mira"})
COPY = MessageCopy("Thanks, you asked first", "UYUKI", "https://acme.slack.com/archives/C1/p1")
KEPT = Evidence(
    WorkspaceId(1), PairId(1), MemberId(3), "Thanks", NOW, "note", COPY.link, "UYUKI", id=EvidenceId(9)
)


def payload(**message: Any) -> dict[str, Any]:
    return {
        "team": {"id": "T1", "domain": "acme"},
        "channel": {"id": "C1", "name": "general"},
        "message": {"ts": "1700000000.000100", "user": "UYUKI", "text": "Thanks", **message},
    }


def test_a_message_is_copied_with_its_writer_and_its_link() -> None:
    assert parse_message(payload()) == MessageCopy(
        "Thanks", "UYUKI", "https://acme.slack.com/archives/C1/p1700000000000100"
    )


def test_a_message_in_a_thread_is_linked_inside_it() -> None:
    link = parse_message(payload(thread_ts="1600000000.000001")).link

    assert link.endswith("?thread_ts=1600000000.000001&cid=C1")


def test_where_no_link_can_be_built_there_is_none() -> None:
    body = payload()
    del body["team"]["domain"]

    assert parse_message(body).link == ""


def test_markup_becomes_words() -> None:
    copy = MessageCopy("<@UMIRA> and <@UNKNOWN> in <#C1|general>: a &amp; b, <!here>")

    assert copy.mentioned == ("UMIRA", "UNKNOWN")
    assert as_words(copy, {"UMIRA": "Mira"}, ENGLISH) == "@Mira and @someone in #general: a & b, @here"


def test_one_field_is_required_and_the_form_says_who_sees_it_and_that_it_stays_so() -> None:
    form = evidence_form(FORM, ENGLISH, COPY)

    assert required(form) == ["text"]
    assert "Seen by: you and Mira, and nobody else." in last_text(form)
    assert "never shown with an insight" in last_text(form)


def test_a_copied_message_reads_back_with_its_writer_and_link() -> None:
    values = sent(evidence_form(FORM, ENGLISH, COPY), note="after the review")

    assert parse_evidence(values) == SaveEvidence(
        {"text": COPY.text, "note": "after the review", "link": COPY.link, "said_by": "UYUKI", "kind": None},
        pair_id=PairId(1),
        experiment_id=ExperimentId(5),
    )


def test_it_may_belong_to_the_goal_alone() -> None:
    values = sent(evidence_form(FORM, ENGLISH, COPY), target="1:")

    assert (parse_evidence(values).pair_id, parse_evidence(values).experiment_id) == (PairId(1), None)


def test_evidence_by_hand_may_carry_a_link() -> None:
    form = evidence_form(replace(FORM, targets=(TRIED,)), ENGLISH)
    values = sent(form, text="3 of 5 spoke", link="https://example.org")

    assert parse_evidence(values) == SaveEvidence(
        {"text": "3 of 5 spoke", "note": "", "link": "https://example.org", "said_by": "", "kind": None},
        pair_id=PairId(1),
        experiment_id=ExperimentId(5),
    )


def test_a_message_too_long_to_keep_whole_says_so() -> None:
    form = drawn(evidence_form(FORM, ENGLISH, replace(COPY, text="word " * 1000)))

    assert "longer than the 3,000 characters" in str(form)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_the_form_takes_every_target(words: Words) -> None:
    theirs = Target(PairId(2), ("Tom", "Yuki"), ("Tom", "Yuki"))
    many = tuple(replace(TRIED, experiment=replace(EXPERIMENT, id=ExperimentId(n))) for n in range(1, 120))
    drawn(evidence_form(replace(FORM, targets=(*many, GOAL, theirs)), words, COPY))
    named = str(drawn(evidence_form(replace(FORM, targets=(TRIED, GOAL, theirs)), words, COPY)))

    assert "Yuki" in named


def test_the_answer_says_where_it_is_and_how_it_is_removed() -> None:
    for saved in (Saved(("Mira",), EXPERIMENT), Saved(("Mira",), None)):
        blocks = [block.to_dict() for block in saved_message(saved, ENGLISH).blocks]
        assert check_message_blocks(blocks) == []
        assert "you and Mira" in str(blocks)
    assert ids.LIST in str(
        [block.to_dict() for block in saved_message(Saved((), EXPERIMENT), ENGLISH).blocks]
    )


def test_the_list_shows_each_piece_with_its_source_and_only_ones_own_can_go() -> None:
    pieces = (Piece(KEPT, "Tom", mine=True), Piece(replace(KEPT, id=EvidenceId(8)), "Mira", mine=False))
    view = drawn(evidence_panel(EvidenceList(EXPERIMENT, ("Mira",), pieces), ENGLISH))

    assert action_ids(view) == [ids.REMOVE, PREVIEW, ids.OPEN]
    assert "Kept by Mira" in str(view)
    assert COPY.link in str(view)


def test_an_empty_list_says_what_could_stand_there() -> None:
    view = drawn(evidence_panel(EvidenceList(EXPERIMENT, ("Mira",), ()), GERMAN))

    assert action_ids(view) == [ids.OPEN]


def test_the_longest_list_fits_and_says_where_the_rest_is() -> None:
    longest = replace(KEPT, text="x" * WORDS_LIMIT, note="n" * NOTE_LIMIT)
    pieces = tuple(Piece(longest, "Tom", mine=True) for _ in range(40))

    view = drawn(evidence_panel(EvidenceList(EXPERIMENT, ("Mira",), pieces), ENGLISH))
    assert "25 earlier pieces" in str(view)


def test_a_number_is_asked_for_only_where_there_is_one_to_be_noted() -> None:
    with_numbers = replace(FORM, numbers=("talk time", "questions"))

    assert not {"number_name", "number_value", "number_day"} & set(
        field_ids(drawn(evidence_form(FORM, ENGLISH)))
    )
    view = evidence_form(with_numbers, ENGLISH)
    command = parse_evidence(sent(view, number_name="talk time", number_value="2.5", kind="seen"), "en-US")
    assert required(view) == ["text"]
    assert command.number == {"number_name": "talk time", "number_value": Decimal("2.5"), "number_day": None}
    assert command.shown["kind"] is EvidenceKind.SEEN
    with pytest.raises(NumberNotUnderstood) as refused:
        parse_evidence(sent(view, number_value="a few"), "en-US")
    assert refused.value.field == "number_value"


def test_the_answer_says_what_the_day_had_before() -> None:
    without, told = (
        saved_message(Saved((), EXPERIMENT), ENGLISH, noted=True, before=before)
        for before in (None, Decimal(4))
    )
    assert "4" in repr(told.blocks[-1].to_dict())
    assert "4" not in repr(without.blocks[-1].to_dict())
