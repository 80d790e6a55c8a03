"""Bringing two people together, and what they read: Slack takes it, and nothing says more than it should."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cohorts import Cohort
from bot.domain.errors import PersonUnfit
from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId
from bot.domain.members import Member
from bot.domain.pairs import REASON_LIMIT, Consent, Pair, PairKind, PairStanding, PairState, Role
from bot.slack.blocks import Message
from bot.slack.home import commands
from bot.slack.loop import goals
from bot.slack.people.workspaces import claimed
from bot.slack.privacy import between_us, programme_sees
from bot.slack.programme import charters
from bot.slack.programme import pairs as forms
from bot.slack.programme.pairs import (
    pair_form,
    pair_list,
    parse_pair,
    parse_pair_command,
    parse_proposal,
    proposal_message,
    proposal_view,
    proposed_people,
)
from bot.slack.programme.pairs_circles import ADD, mentee_form, parse_mentee
from bot.slack.programme.pairs_consent import (
    consent_card,
    how_it_works,
    needs_partner,
    pair_ended,
    pair_news,
    pair_rests,
    welcome,
)
from bot.slack.repository import closings
from bot.slack.rhythm.rhythms import rhythm
from bot.slack.sizes import escape
from bot.usecases.programme.pairs_asking import AskPair, PairForm, Proposal, ProposePair
from bot.usecases.programme.pairs_circles import AddMentee, MenteeForm
from bot.usecases.programme.pairs_consent import NOT_NOW, STARTED, UNANSWERED, ConsentAsk, PairNews, Welcome
from bot.usecases.programme.pairs_ending import NeedsPartner, PairEnded, PairRests
from bot.usecases.programme.pairs_standing import PairList, PairRow
from bot.words import Words
from tests.forms import action_ids, drawn, last_text, required, sent
from tests.messages import shown
from tests.running_app import texts_in

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", "Europe/London", NOW)
SPRING = Cohort(WorkspaceId(1), "Spring", 2, 1, time(10), date(2026, 11, 24), NOW, id=CohortId(3))
MIRA = Member(
    WorkspaceId(1), "UMIRA", "Mira", "Europe/Berlin", "de-DE", NOW, full_name="Mira Lindner", id=MemberId(4)
)
TOM = Member(WorkspaceId(1), "UTOM", "Tom", "America/New_York", "en-US", NOW, id=MemberId(5))
ADA = Member(WorkspaceId(1), "UADA", "Ada", "Europe/London", "en-GB", NOW, id=MemberId(6))
WHY = "Both lead: remote <@UEVE> teams & *more*"
PROPOSAL = Proposal(MIRA, TOM, SPRING, SPRING.cadence)
ASK = ConsentAsk(PairId(9), PairState.ASKED, Consent.ASKED, Role.MENTEE, (MIRA,), ADA, False, False, SPRING)
WELCOME = Welcome(PairId(9), Role.MENTEE, (MIRA,), SPRING, datetime(2026, 11, 24, 10, tzinfo=UTC), (ADA,))


def pressable(message: Message) -> list[str]:
    return action_ids(shown(message))


def mentioned(message: Message) -> list[str]:
    """The Slack ids of those whom the message mentions, in reading order."""
    parts = [part for block in shown(message)["blocks"] for part in elements_in(block)]
    return [part["user_id"] for part in parts if part["type"] == "user"]


def elements_in(block: dict[str, Any]) -> list[dict[str, Any]]:
    sections = block["elements"] if block["type"] == "rich_text" else []
    return [element for section in sections for element in section["elements"]]


def read(message: Message) -> str:
    pressable(message)
    return "\n".join(str(block.to_dict()) for block in message.blocks)


@pytest.mark.parametrize(
    ("text", "people", "cohort"),
    [
        ("", (), ""),
        ("<@U1|ada> <@W2>", ("U1", "W2"), ""),
        ("<@U1> <@U2|tom> New  managers", ("U1", "U2"), "New managers"),
        ("spring <@U1> <@U2>", ("U1", "U2"), "spring"),
        ("<@U1> <@U2> R&amp;D", ("U1", "U2"), "R&D"),
    ],
)
def test_a_command_names_people_and_a_cohort(text: str, people: tuple[str, ...], cohort: str) -> None:
    assert parse_pair_command(text) == (people, cohort)


def test_a_name_that_slack_did_not_recognise_is_named_in_the_refusal() -> None:
    with pytest.raises(PersonUnfit) as raised:
        parse_pair_command("@mira <@U2>")
    assert (raised.value.reason, raised.value.name) == ("unknown", "@mira")


@given(st.text(alphabet="abÄß 12&<>|-'", max_size=40))
def test_every_cohort_name_survives_the_way_slack_writes_it(name: str) -> None:
    text = f"<@U1|ada> <@U2> {escape(name)}"

    assert parse_pair_command(text) == (("U1", "U2"), " ".join(name.split()))


def test_the_form_asks_for_two_people_and_for_the_cohort_only_where_there_are_several() -> None:
    autumn = replace(SPRING, id=CohortId(4), name="Autumn")

    assert required(pair_form(PairForm((SPRING,)), ENGLISH)) == ["mentor", "mentee"]
    assert required(pair_form(PairForm((SPRING, autumn)), ENGLISH)) == ["mentor", "mentee", "cohort"]
    assert required(pair_form(PairForm(()), ENGLISH)) == ["mentor", "mentee"]


def test_the_form_comes_back_as_it_was_filled_in() -> None:
    form = pair_form(PairForm((SPRING,), "UMIRA", "UTOM", reason=WHY), ENGLISH)

    assert parse_pair(sent(form)) == ProposePair("UMIRA", "UTOM", cohort_id=CohortId(3), reason=WHY)
    assert "Nothing is sent before" in last_text(form)


def test_the_form_says_who_reads_why_the_two() -> None:
    hints = [
        block.get("hint", {}).get("text", "") for block in drawn(pair_form(PairForm(()), ENGLISH))["blocks"]
    ]

    assert "One line. Both read it in the question; the cohort's lead and the admins may see it too." in hints


@pytest.mark.parametrize("reason", ["", WHY, "ß:" * (REASON_LIMIT // 2)])
@pytest.mark.parametrize("cohort", [SPRING, None])
def test_what_the_buttons_carry_is_what_was_shown(cohort: Cohort | None, reason: str) -> None:
    proposal = replace(PROPOSAL, cohort=cohort, reason=reason)
    kept = sent(proposal_view(proposal, ENGLISH)).metadata["proposal"]
    cohort_id = cohort.id if cohort else None

    assert pressable(proposal_message(proposal, ENGLISH)) == [forms.ASK, forms.CHANGE]
    assert parse_proposal(kept, ENGLISH) == AskPair(MemberId(4), MemberId(5), cohort_id, "Open pairs", reason)
    assert proposed_people(kept) == ProposePair("UMIRA", "UTOM", cohort_id=cohort_id, reason=reason)


def test_a_proposal_of_an_older_pairloop_is_still_read() -> None:
    assert parse_proposal("4:5::UMIRA:UTOM", ENGLISH) == AskPair(MemberId(4), MemberId(5), None, "Open pairs")


def test_a_proposal_names_both_in_full_and_mentions_them() -> None:
    message = proposal_message(replace(PROPOSAL, reason=WHY), ENGLISH)

    assert MIRA.in_full in message.text
    assert mentioned(message) == ["UMIRA", "UTOM"]
    assert WHY in read(message)


@pytest.mark.parametrize(
    ("role", "question"),
    [
        (Role.MENTEE, "Would you like Mira Lindner as your mentor?"),
        (Role.BOTH, "Would you like Mira Lindner as your peer?"),
        (Role.MENTOR, "Would you like to be Mira Lindner's mentor?"),
    ],
)
def test_each_is_asked_in_words_of_their_own(role: Role, question: str) -> None:
    card = consent_card(replace(ASK, role=role), ENGLISH)

    assert card.text == question
    assert pressable(card) == [forms.YES, forms.NO]
    assert rhythm(SPRING.cadence, ENGLISH) in read(card)


@pytest.mark.parametrize(
    ("change", "people"),
    [
        ({}, ["UADA", "UMIRA"]),
        ({"asker": None}, ["UMIRA"]),
        ({"asker": MIRA, "asked_by_partner": True}, ["UMIRA"]),
    ],
)
def test_the_question_leads_to_the_profiles_of_those_it_names(
    change: dict[str, Any], people: list[str]
) -> None:
    assert mentioned(consent_card(replace(ASK, **change), ENGLISH)) == people


def test_why_the_two_is_read_as_it_was_typed_and_mentions_nobody() -> None:
    card = consent_card(replace(ASK, reason=WHY), ENGLISH)

    assert {"type": "text", "text": f" {WHY}"} in [
        part for block in shown(card)["blocks"] for part in elements_in(block)
    ]
    assert mentioned(card) == ["UADA", "UMIRA"]
    assert len(consent_card(ASK, ENGLISH).blocks) == len(card.blocks) - 1


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.MENTEE, "Your mentor is "), (Role.MENTOR, "You mentor "), (Role.BOTH, "You and ")],
)
def test_the_welcome_introduces_the_other_and_names_whom_to_ask(role: Role, told: str) -> None:
    message = welcome(replace(WELCOME, role=role), ENGLISH)

    assert MIRA.in_full in message.text
    assert told in [
        part["text"] for block in shown(message)["blocks"] for part in elements_in(block) if "text" in part
    ]
    assert mentioned(message) == ["UMIRA", "UADA"]


@pytest.mark.parametrize("words", [ENGLISH, Words("de-DE")])
def test_the_question_says_who_sees_what_as_everything_else_does(words: Words) -> None:
    texts = list(texts_in(shown(consent_card(ASK, words))["blocks"]))

    assert between_us(words) in texts
    assert programme_sees(words) in texts


def test_where_every_admin_looks_after_a_pair_only_a_few_are_named() -> None:
    message = welcome(replace(WELCOME, stewards=(ADA, TOM, ADA, TOM)), ENGLISH)

    assert mentioned(message) == ["UMIRA", "UADA", "UTOM", "UADA"]


def test_a_welcome_where_nobody_looks_after_the_pair_names_nobody() -> None:
    message = welcome(replace(WELCOME, stewards=()), ENGLISH)

    assert mentioned(message) == ["UMIRA"]
    assert len(message.blocks) == len(welcome(WELCOME, ENGLISH).blocks) - 1


@pytest.mark.parametrize(
    ("state", "answer", "told"),
    [
        (PairState.ASKED, Consent.YES, "As soon as Mira does too"),
        (PairState.ACTIVE, Consent.YES, "You both said yes"),
        (PairState.DECLINED, Consent.YES, "does not start for now"),
        (PairState.DECLINED, Consent.ASKED, "does not start for now"),
        (PairState.DECLINED, Consent.NO, "nobody asks why"),
        (PairState.ENDED, Consent.ASKED, "does not start for now"),
        (PairState.ENDED, Consent.YES, "does not start for now"),
    ],
)
def test_a_question_that_is_settled_has_nothing_left_to_press(
    state: PairState, answer: Consent, told: str
) -> None:
    card = consent_card(replace(ASK, state=state, answer=answer), ENGLISH)

    assert told in read(card)
    assert pressable(card) == []


def test_the_question_of_a_pair_that_began_never_says_that_it_does_not_start() -> None:
    ended = replace(ASK, state=PairState.ENDED, answer=Consent.YES, began=True)

    assert "has ended since" in read(consent_card(ended, ENGLISH))
    assert "does not start" not in read(consent_card(ended, ENGLISH))


def test_the_one_who_learns_begins_with_a_goal_and_the_mentor_reads_how_it_works() -> None:
    assert pressable(welcome(WELCOME, ENGLISH)) == [goals.OPEN, charters.OPEN, forms.HOW]
    assert pressable(welcome(replace(WELCOME, role=Role.MENTOR), ENGLISH)) == [charters.OPEN, forms.HOW]
    assert ENGLISH.moment(WELCOME.first) in read(welcome(WELCOME, ENGLISH))


@pytest.mark.parametrize("news", [STARTED, NOT_NOW, UNANSWERED])
def test_whoever_asked_reads_names_and_nothing_to_blame(news: str) -> None:
    told = read(pair_news(PairNews(news, ("Mira",), ("Tom",), ("Tom",), SPRING), ENGLISH))

    assert "Mira and Tom" in told
    assert not {"declined", "refused", "overdue", "ignored"} & set(told.lower().split())


def test_an_end_and_a_farewell_are_told_in_neutral_words() -> None:
    ended = PairEnded(PairId(9), ("Mira",))
    assert "Your pair with Mira has ended" in read(pair_ended(ended, ENGLISH))
    by_her = replace(ended, by="Mira")
    assert "Mira has ended the pair; thank you for the time" in read(pair_ended(by_her, ENGLISH))
    mine = replace(ended, by="Tom", mine=True)
    assert "You have ended your pair with Mira" in read(pair_ended(mine, ENGLISH))
    assert all(pressable(pair_ended(each, ENGLISH)) == [closings.OPEN] for each in (ended, by_her, mine))
    learned = pressable(pair_ended(replace(ended, learned=True), ENGLISH))
    assert learned == [closings.OPEN, f"{commands.RUN}.portfolio"]
    assert "Check-ins with Mira rest" in read(pair_rests(PairRests(("Mira",)), ENGLISH))
    both_gone = NeedsPartner(PairId(9), SPRING, ("Mira", "Tom"), ())
    assert "A pair has gone" in read(needs_partner(both_gone, ENGLISH))
    one_left = replace(both_gone, gone=("Mira",), left=("Tom",))
    assert "Tom needs a partner" in read(needs_partner(one_left, ENGLISH))


def rows(*standings: PairStanding) -> tuple[PairRow, ...]:
    pair = Pair(WorkspaceId(1), CohortId(3), NOW)
    return tuple(
        PairRow(replace(pair, id=PairId(n)), ("Mira",), ("Tom",), standing)
        for n, standing in enumerate(standings, 1)
    )


def test_the_list_offers_what_fits_each_pair() -> None:
    view = drawn(pair_list(PairList(SPRING, rows(*PairStanding), 2), ENGLISH))

    offered = action_ids(view)
    assert offered.count(forms.END) == 5
    assert offered.count(forms.RESUME) == 1
    assert "2 pairs have ended." in str(view)


def test_a_list_of_pairs_with_all_that_can_be_offered_fits_into_a_window() -> None:
    full = [
        replace(row, may_write=False, may_replace=True, may_add=True)
        for row in rows(*[PairStanding.NEEDS_HELP] * 31)
    ]
    written = [replace(row, pair=replace(row.pair, written_at=NOW)) for row in full]

    view = drawn(pair_list(PairList(SPRING, tuple(written), 0), ENGLISH))

    assert action_ids(view).count(ADD) == forms.PAGE


def test_a_mentee_is_added_where_there_is_a_mentor() -> None:
    one, other = rows(PairStanding.ACTIVE, PairStanding.ACTIVE)
    view = drawn(pair_list(PairList(SPRING, (replace(one, may_add=True), other), 0), ENGLISH))

    assert action_ids(view).count(ADD) == 1


def test_the_form_that_adds_a_mentee_asks_for_one_person_and_carries_the_pair() -> None:
    view = mentee_form(MenteeForm(PairId(9), "Mira"), ENGLISH)

    assert required(view) == ["mentee"]
    assert parse_mentee(sent(view)) == AddMentee(PairId(9), "", "")


def test_a_long_list_is_turned_page_by_page() -> None:
    data = PairList(SPRING, rows(*[PairStanding.PAUSED] * (2 * forms.PAGE + 1)), 0)
    pages = [drawn(pair_list(data, ENGLISH, start)) for start in (0, forms.PAGE, 2 * forms.PAGE)]

    turns = [[one for one in action_ids(page) if one in (forms.EARLIER, forms.LATER)] for page in pages]
    assert turns == [[forms.LATER], [forms.EARLIER, forms.LATER], [forms.EARLIER]]
    assert [action_ids(page).count(forms.END) for page in pages] == [forms.PAGE, forms.PAGE, 1]


def test_an_empty_list_says_what_will_appear() -> None:
    assert "Here the pairs will appear" in str(drawn(pair_list(PairList(SPRING, (), 0), ENGLISH)))


def test_the_first_admin_reads_three_steps_with_a_button_each() -> None:
    assert len(pressable(claimed(ENGLISH))) == 3
    assert pressable(how_it_works(ENGLISH)) == []


def test_what_the_buttons_carry_says_whether_they_are_to_be_peers() -> None:
    for kind in PairKind:
        value = forms._written(replace(PROPOSAL, kind=kind, reason="peers: a word"))
        assert forms.proposed_people(value).kind is kind
        assert forms.parse_proposal(value, ENGLISH).kind is kind
        assert forms.proposed_people(value).reason == "peers: a word"
    assert forms.proposed_people("2:3:1:UMIRA:UTOM").kind is PairKind.MENTORING
