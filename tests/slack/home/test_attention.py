"""The first line of Home and the button for it: true for every state that somebody can be in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.domain.attention import Matter, Need, What
from bot.domain.experiments import Experiment
from bot.domain.ids import CohortId, ExperimentId, MemberId, PairId, WorkspaceId
from bot.domain.members import Member
from bot.domain.pairs import Pair, Role
from bot.domain.talks import NextTalk
from bot.slack.home.attention import coming_note, first_line, lead_button
from bot.slack.home.home import home_view, panel_message
from bot.slack.home.home_people import people_blocks
from bot.usecases.home.home import Beginning, Home, Mentored
from bot.usecases.people.memberships import PairMembership
from bot.words import Words
from tests.forms import action_ids, drawn
from tests.messages import shown

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", "America/New_York", NOW), Words("de-DE", "Europe/Berlin", NOW)
W, P, OTHER = WorkspaceId(1), PairId(1), PairId(2)
TODAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)
TEN = datetime.combine(date(2026, 12, 1), time(15), UTC)


def member(number: int, name: str) -> Member:
    return Member(W, f"U{number}", name, "UTC", "en-US", NOW, id=MemberId(number))


TOM, MIRA, YUKI, PRIYA = (member(n, name) for n, name in enumerate(("Tom", "Mira", "Yuki", "Priya"), 1))
EXPERIMENT = Experiment(W, P, TOM.id, "ask first", "I lead", FRIDAY, NOW, id=ExperimentId(7))


def a_place(pair: PairId, role: Role, partner: Member) -> PairMembership:
    other = Role.MENTOR if role is Role.MENTEE else Role.MENTEE
    return PairMembership(Pair(W, CohortId(1), NOW, id=pair), role, TOM, ((other, partner),))


WITH_MIRA, WITH_YUKI = a_place(P, Role.MENTEE, MIRA), a_place(OTHER, Role.MENTEE, YUKI)
OF_PRIYA = Mentored(a_place(PairId(3), Role.MENTOR, PRIYA), Need.FINE, None, None, None, None)
MENTEE = Home(TOM, NOW, None, (), (), (WITH_MIRA,), (), (EXPERIMENT,), (), (), ())
MENTOR = replace(MENTEE, learning=(), mentoring=(OF_PRIYA,), experiments=())
BOTH = replace(MENTEE, learning=(WITH_MIRA, WITH_YUKI), mentoring=(OF_PRIYA,))

CHECK_IN = Matter(What.CHECK_IN, P, waits=True, subject=5)
COMING = Matter(What.CHECK_IN, P, waits=False, subject=6, day=date(2026, 12, 1), at=TEN)
TALK = Matter(What.TALK, P, waits=False, day=FRIDAY)
ASK = Matter(What.ASK, PairId(3), waits=True, subject=8)
RESULT = Matter(What.RESULT, PairId(3), waits=True, subject=9)


@pytest.mark.parametrize(
    ("home", "matter", "line", "button"),
    [
        (MENTEE, CHECK_IN, "Your check-in with Mira is open. It takes two minutes.", ("checkin.answer", "5")),
        (
            BOTH,
            replace(CHECK_IN, pair_id=OTHER),
            "Your check-in with Yuki is open. It takes two minutes.",
            ("checkin.answer", "5"),
        ),
        (
            MENTEE,
            Matter(What.OUTCOME, P, True, 7),
            "How did it go: “ask first”? It takes two minutes.",
            ("result.happened", "7"),
        ),
        (
            MENTEE,
            Matter(What.CONSENT, OTHER, True),
            "Somebody would like to pair with you: the question comes in your messages with me.",
            None,
        ),
        (MENTOR, ASK, "Priya faces something and hopes for your answer.", ("ask.answer", "8")),
        (MENTOR, RESULT, "Priya told a result and hopes for your answer.", ("response.open", "9")),
        (
            MENTOR,
            replace(RESULT, day=FRIDAY),
            "Priya told a result; you said that you answer by Friday, November 27.",
            ("response.open", "9"),
        ),
        (
            MENTOR,
            replace(RESULT, day=TODAY),
            "Priya told a result; you said that you answer by Tuesday, November 24.",
            ("response.open", "9"),
        ),
        (
            MENTOR,
            replace(RESULT, day=date(2026, 11, 23)),
            "Priya told a result and hopes for your answer.",
            ("response.open", "9"),
        ),
        (MENTEE, COMING, "Next: Tuesday, December 1, 10:00 AM, check-in with Mira.", None),
        (
            MENTEE,
            replace(COMING, put_off=True),
            "You put off your check-in with Mira until Tuesday, December 1, 10:00 AM. You can answer before, too.",
            None,
        ),
        (
            MENTEE,
            replace(COMING, what=What.OUTCOME, subject=7),
            "Next: Tuesday, December 1, 10:00 AM, the question how it went: “ask first”.",
            None,
        ),
        (MENTEE, TALK, "Next talk with Mira: Friday, November 27.", None),
        (MENTOR, replace(TALK, pair_id=PairId(3)), "Next talk with Priya: Friday, November 27.", None),
    ],
)
def test_the_first_line_says_what_waits_or_comes_and_its_button_does_it(
    home: Home, matter: Matter, line: str, button: tuple[str, str] | None
) -> None:
    home = replace(home, matters=(matter,))
    pressed = lead_button(home, ENGLISH)

    assert first_line(home, ENGLISH) == line
    assert ((pressed.action_id, pressed.value) if pressed else None) == button
    assert drawn(home_view(home, ENGLISH))["blocks"][0]["text"]["text"] == line
    assert panel_message(home, ENGLISH).text == line
    assert shown(panel_message(home, GERMAN))["blocks"]


@pytest.mark.parametrize(
    ("home", "line"),
    [
        (MENTEE, "Nothing waits for you right now."),
        (MENTOR, "Nothing waits for you right now."),
        (replace(MENTEE, rests=("Spring",)), "Check-ins rest while Spring is paused; nothing waits for you."),
        (replace(MENTEE, beginning=Beginning.RESTING, learning=()), "Your pair rests for now"),
    ],
)
def test_where_nothing_waits_the_first_line_says_so(home: Home, line: str) -> None:
    assert first_line(home, ENGLISH).startswith(line)


def test_whether_a_promised_day_has_come_the_readers_own_calendar_says() -> None:
    night = datetime(2026, 11, 25, 3, tzinfo=UTC)  # still Tuesday in New York
    home = replace(MENTOR, now=night, matters=(replace(RESULT, day=TODAY),))

    assert "you said that you answer by Tuesday" in first_line(home, replace(ENGLISH, now=night))


def test_what_comes_next_stands_small_below_what_waits() -> None:
    home = replace(
        BOTH, matters=(CHECK_IN, TALK, replace(TALK, pair_id=OTHER), COMING, replace(COMING, subject=7))
    )

    assert said(coming_note(home, ENGLISH)) == [
        "Next: Tuesday, December 1, 10:00 AM, check-in with Mira.",
        "Next talk with Mira: Friday, November 27.",
        "Next talk with Yuki: Friday, November 27.",
    ]


def test_the_next_talk_is_said_beside_the_next_check_in_and_nothing_is_said_twice() -> None:
    assert said(coming_note(replace(MENTEE, matters=(COMING, TALK)), ENGLISH)) == [
        "Next talk with Mira: Friday, November 27."
    ]
    assert coming_note(replace(MENTEE, matters=(TALK,)), ENGLISH) == []
    assert coming_note(replace(MENTEE, matters=(CHECK_IN, ASK)), ENGLISH) == []
    assert coming_note(MENTEE, ENGLISH) == []


def test_a_mentor_reads_the_day_of_the_talk_beside_the_person() -> None:
    home = replace(MENTOR, matters=(ASK, replace(TALK, pair_id=PairId(3))))
    line = replace(OF_PRIYA, talk=NextTalk(FRIDAY))

    assert coming_note(home, ENGLISH) == []
    assert "Next talk: Friday, November 27" in str([b.to_dict() for b in people_blocks([line], ENGLISH)])


def said(blocks: list[Any]) -> list[str]:
    return [line for block in blocks for e in block.to_dict()["elements"] for line in e["text"].split("\n")]


def buttons(home: Home) -> list[tuple[str, str | None]]:
    row = next(b for b in drawn(home_view(home, ENGLISH))["blocks"] if b["type"] == "actions")
    return [(element["action_id"], element.get("style")) for element in row["elements"]]


TRY, TALKED, FACING = "command.run.try", "command.run.talked", "command.run.ask"
OBSERVE = "command.run.observe"


@pytest.mark.parametrize(
    ("home", "row"),
    [
        (MENTEE, [TRY, "command.run.checkin", FACING, TALKED, OBSERVE]),
        (replace(MENTEE, matters=(CHECK_IN,)), ["checkin.answer", TRY, FACING, TALKED, OBSERVE]),
        (replace(MENTOR, matters=(ASK,)), ["ask.answer", TALKED, OBSERVE]),
        (
            replace(BOTH, matters=(ASK, CHECK_IN)),
            ["ask.answer", TRY, "command.run.checkin", FACING, TALKED, OBSERVE],
        ),
        (MENTOR, [TALKED, OBSERVE]),
    ],
)
def test_the_first_button_is_for_what_waits(home: Home, row: list[str]) -> None:
    assert buttons(home) == [(row[0], "primary"), *((action_id, None) for action_id in row[1:])]


def in_pair(pair: PairId, number: int) -> Experiment:
    return replace(EXPERIMENT, pair_id=pair, id=ExperimentId(number))


def test_at_the_limit_something_new_does_not_lead() -> None:
    two = (in_pair(P, 7), in_pair(P, 8))
    full = replace(MENTEE, experiments=two)
    room_elsewhere = replace(BOTH, experiments=two)

    assert [one for one, _ in buttons(full)] == [
        "command.run.result", "command.run.checkin", FACING, TRY, TALKED, OBSERVE,
    ]  # fmt: skip
    assert buttons(room_elsewhere)[0] == (TRY, "primary")
    assert not replace(full, experiments=two[:1]).full
    assert replace(BOTH, experiments=(*two, in_pair(OTHER, 9), in_pair(OTHER, 10))).full
    assert not MENTOR.full
    asked = replace(full, matters=(Matter(What.OUTCOME, P, True, 7),))
    assert [one for one, _ in buttons(asked)] == [
        "result.happened",
        "command.run.checkin",
        FACING,
        TRY,
        TALKED,
        OBSERVE,
    ]


def test_a_page_with_everything_on_it_is_one_that_slack_takes() -> None:
    long = replace(EXPERIMENT, behaviour="m" * 300)
    asked = Matter(What.OUTCOME, P, True, 7)
    home = replace(BOTH, experiments=(long,) * 4, matters=(asked, COMING, *[TALK] * 30))

    assert action_ids(drawn(home_view(home, GERMAN)))
    assert len(coming_note(home, GERMAN)) == 1
    assert len(said(coming_note(home, GERMAN))) == 4
