"""What is found, as people read it in Slack: cards, the window, and a thing in full."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast
from unittest.mock import Mock

import pytest

from bot.domain.entries import SHOWN_KINDS, Filters, Scope, Since
from bot.domain.evidence import Evidence
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import (
    CohortId,
    EvidenceId,
    ExperimentId,
    GoalId,
    IndicatorId,
    InsightId,
    MemberId,
    PairId,
    WorkspaceId,
)
from bot.domain.indicators import Indicator
from bot.domain.insights import Insight, Visibility
from bot.domain.results import Adherence, Grade, NextStep, Response, Result
from bot.domain.search import QUERY_LIMIT
from bot.domain.search_stories import Counts
from bot.domain.search_suggestions import Correction
from bot.domain.sessions import Session
from bot.domain.stored import EntryKind
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.domain.tokens import fold
from bot.playground.blocks.blocks import check_message_blocks, check_view
from bot.playground.blocks.elements import placed_elements
from bot.slack.blocks import Message
from bot.slack.loop.experiments import Draft
from bot.slack.loop.results_grades import sure_text
from bot.slack.repository import search as ids
from bot.slack.repository import search_things
from bot.slack.repository import search_things as things
from bot.slack.repository.search import (
    found_message,
    hit_card,
    kind_text,
    parse_request,
    parse_thing,
    request_value,
    search_field,
)
from bot.slack.repository.search_things import ROWS, require_shown, thing_panel
from bot.slack.repository.search_window import OPTIONS, parse_search, search_window, tag_options, turn_of
from bot.usecases.entries import Written
from bot.usecases.loop.results import Change
from bot.usecases.repository.search import EVERYTHING, Found
from bot.usecases.repository.search_hits import Hit, Whose
from bot.usecases.repository.search_things import Link, Thing
from bot.words import Words
from tests.forms import action_ids, carried, drawn, required, sent

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
ENGLISH, GERMAN = Words("en-US", "Europe/Berlin", NOW), Words("de-DE", "Europe/Berlin", NOW)
HERE = WorkspaceId(1), PairId(1)
TOM = MemberId(3)
HIT = Hit(
    EntryKind.GOAL,
    7,
    title=(("Run quiet ", False), ("meetings", True)),
    snippet=(("In a ", False), ("meeting", True), (" of ours", False)),
    tags=(),
    created_at=NOW,
    whose=Whose.PARTNER,
    name="Tom",
)
FOUND = Found("meeting", EVERYTHING, 0, (HIT,), words=1, total=1, complete=1)
NOTHING = replace(FOUND, hits=(), total=0, complete=0)
# Every character as wide as JSON can make it.
WIDEST = "\U0001f389" * QUERY_LIMIT
NARROWEST = Filters(Scope.MINE, "ü" * 30, EntryKind.INSIGHT, Grade.REPEATED, Since.QUARTER)
FULL = Found(WIDEST, NARROWEST, 5, (HIT,) * 5, words=32, total=12)


def blocks_of(message: Message) -> list[dict[str, Any]]:
    blocks = [block.to_dict() for block in message.blocks]
    assert check_message_blocks(blocks) == []
    return blocks


def read(message: Message) -> str:
    return json.dumps(blocks_of(message), ensure_ascii=False)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
@pytest.mark.parametrize(
    "found", [FOUND, NOTHING, FULL, replace(FULL, newest_only=True, only_common=True, shortened=True)]
)
def test_slack_takes_every_answer(found: Found, words: Words) -> None:
    assert read(found_message(found, words))
    assert drawn(search_window(found, ["a"], words))


def test_a_card_shows_what_was_looked_for_in_bold_and_whose_it_is() -> None:
    rich, about, opening = blocks_of(found_message(FOUND, ENGLISH))[1:4]

    parts = rich["elements"][0]["elements"]
    assert "".join(part["text"] for part in parts) == "1  Run quiet meetings → In a meeting of ours"
    bold = [part["text"] for part in parts if part.get("style", {}).get("bold")]
    assert bold == ["meetings", "meeting"]
    assert about["elements"][0]["text"] == "Goal · from Tom · November 24, 2026"
    assert opening["elements"][0]["accessibility_label"] == "Open: Run quiet meetings"
    assert parse_thing(opening["elements"][0]["value"]) == (EntryKind.GOAL, 7)


def test_five_hits_are_opened_from_one_row_of_numbers() -> None:
    found = replace(FOUND, hits=tuple(replace(HIT, subject_id=n) for n in range(1, 6)), total=5)
    blocks = blocks_of(found_message(found, ENGLISH))

    [row] = [block for block in blocks if block["type"] == "actions" and ids.OPENS[0] in str(block)]
    pressed = [(b["text"]["text"], b["action_id"], parse_thing(b["value"])[1]) for b in row["elements"]]
    assert pressed == [(str(n), f"{ids.OPEN}.{n}", n) for n in range(1, 6)]
    assert len([block for block in blocks if block["type"] == "rich_text"]) == 5


def test_a_story_says_in_which_other_ways_it_was_tried() -> None:
    hit = replace(HIT, also=("ask one question", "wait a breath"))
    [_, about] = hit_card(1, hit, ENGLISH)

    assert " · also tried: ask one question; wait a breath" in str(about.to_dict())


COUNTS = Counts(
    kinds={EntryKind.RESULT: 4, EntryKind.GOAL: 2, EntryKind.ASK: 1},
    grades={Grade.TESTED: 1},
    since={Since.MONTH: 3, Since.YEAR: 7},
    scopes={Scope.MINE: 6, Scope.PAIR: 7},
    tags={"time": 2},
)


def narrowing_buttons(found: Found) -> list[tuple[str, Filters]]:
    return [
        (button["text"]["text"], parse_request(button["value"])[1])
        for block in blocks_of(found_message(found, ENGLISH))
        for button in block.get("elements", [])
        if button.get("action_id") in ids.NARROWS
    ]


def test_filters_are_buttons_with_counts_of_what_then_remains() -> None:
    found = replace(FOUND, total=7, counts=COUNTS)

    assert narrowing_buttons(found) == [
        ("Result 4", Filters(kind=EntryKind.RESULT)),
        ("tested 1", Filters(grade=Grade.TESTED)),
        ("last 30 days 3", Filters(since=Since.MONTH)),
        ("what I wrote 6", Filters(Scope.MINE)),
        ("#time 2", Filters(tag="time")),
    ]
    assert narrowing_buttons(FOUND) == []


def test_a_filter_that_is_set_is_let_go_again_by_itself() -> None:
    filters = Filters(Scope.MINE, "time", EntryKind.RESULT)

    assert narrowing_buttons(replace(FOUND, filters=filters)) == [
        ("✕ Result", replace(filters, kind=None)),
        ("✕ what I wrote", replace(filters, scope=Scope.WORKSPACE)),
        ("✕ #time", replace(filters, tag="")),
    ]


def test_the_window_says_how_many_there_are_of_each() -> None:
    shown = str(drawn(search_window(replace(FOUND, total=7, counts=COUNTS), ["time"], ENGLISH)))

    for part in ("Result (4)", "'Talk'", "Tested (1)", "Last 30 days (3)", "What I wrote (6)", "#time (2)"):
        assert part in shown


@pytest.mark.parametrize(
    ("whose", "text"),
    [
        (Whose.MINE, "from you"),
        (Whose.COHORT, "from your cohort"),
        (Whose.COLLEAGUE, "from a colleague here"),
    ],
)
def test_nobody_else_is_named(whose: Whose, text: str) -> None:
    answer = read(found_message(replace(FOUND, hits=(replace(HIT, whose=whose, name=""),)), ENGLISH))

    assert text in answer
    assert "Tom" not in answer


def test_what_was_typed_is_said_again_as_plain_text_and_clipped() -> None:
    typed = "<!channel> *bold* " + "x" * QUERY_LIMIT
    message = found_message(replace(FOUND, text=typed), ENGLISH)
    (heading,) = blocks_of(message)[:1]

    assert heading["text"]["type"] == "plain_text"
    assert "<!channel> *bold* xxx" in heading["text"]["text"]
    assert len(heading["text"]["text"]) < 120
    assert "<!channel>" not in message.fallback


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"total": 3}, "3 found for “meeting”."),
        ({"total": 1000, "newest_only": True}, "About 1,000 found for “meeting”."),
        ({"total": 1000, "newest_only": True}, "I looked at the newest"),
        ({"words": 0}, "The newest first."),
        ({"only_common": True}, "One more word would help."),
        ({"shortened": True}, "its beginning only"),
        (
            {"filters": Filters(Scope.MINE, "time", EntryKind.GOAL)},
            "Only: what I wrote, Goal, and the tag “time”",
        ),
        ({"total": 7}, "1 to 1 of 7"),
        ({"total": 7}, "1 holds all of these words, the others some of them."),
        ({"total": 7, "complete": 0}, "None holds all of these words"),
    ],
)
def test_the_answer_says_honestly_what_it_is(change: dict[str, Any], said: str) -> None:
    assert said in read(found_message(replace(FOUND, **change), ENGLISH))


def test_there_is_a_way_to_more_and_back_only_where_there_is_more() -> None:
    def turning(found: Found) -> list[str]:
        return [element["action_id"] for element in blocks_of(found_message(found, ENGLISH))[-2]["elements"]]

    hits = (HIT,) * 5
    assert turning(FOUND) == [ids.FILTER, ids.SAVE]
    assert turning(replace(FOUND, hits=hits, total=12)) == [ids.MORE, ids.FILTER, ids.SAVE]
    assert turning(replace(FOUND, hits=hits, total=12, offset=5)) == [
        ids.MORE,
        ids.EARLIER,
        ids.FILTER,
        ids.SAVE,
    ]
    assert turning(replace(FOUND, hits=hits[:2], total=12, offset=10)) == [ids.EARLIER, ids.FILTER, ids.SAVE]


def test_only_where_something_was_looked_for_it_can_be_saved() -> None:
    for found in (replace(FOUND, text="", words=0), replace(FOUND, only_common=True)):
        offered = action_ids(drawn(search_window(found, [], ENGLISH)))
        assert ids.SAVED in offered
        assert ids.SAVE not in offered


def test_a_button_remembers_the_whole_search() -> None:
    value = request_value(FULL, 10)

    assert parse_request(value) == (FULL.text, FULL.filters, 10)
    assert len(value) <= 2000


def test_what_was_put_right_is_said_and_what_was_typed_can_be_looked_for() -> None:
    found = replace(FOUND, text="meetnig", corrected=Correction("meeting", '"meetnig"'))
    message = found_message(found, ENGLISH)

    assert "Showing results for “meeting”." in read(message)
    (typed,) = [value for action, value in pressed_values(message) if action == ids.INSTEAD]
    assert parse_request(typed)[0] == '"meetnig"'


def test_what_is_only_near_is_said_to_be_that() -> None:
    shown = read(found_message(replace(FOUND, complete=0, by_meaning=True), ENGLISH))

    assert "nearest in meaning" in shown
    assert "None holds all" not in shown


def pressed_values(message: Message) -> list[tuple[str, str]]:
    """Each button with what it carries."""
    return [
        (button["action_id"], button.get("value", ""))
        for block in blocks_of(message)
        for button in block.get("elements", [])
        if button.get("type") == "button"
    ]


def test_nothing_found_leads_on() -> None:
    guess = replace(NOTHING, suggestion="meetings")
    narrow = replace(NOTHING, filters=Filters(Scope.MINE))
    plain, guessed, narrowed = (found_message(found, ENGLISH) for found in (NOTHING, guess, narrow))

    offered = [carried({"blocks": blocks_of(message)}) for message in (plain, guessed, narrowed)]

    assert "“meeting”" in read(plain)
    assert "You can find what you and your partner wrote" in read(plain)
    assert ids.INSTEAD not in offered[0]
    assert "“meetings”" in read(guessed)
    assert parse_request(offered[1][ids.INSTEAD]) == ("meetings", NOTHING.filters, 0)
    assert parse_request(offered[2][ids.INSTEAD]) == (NOTHING.text, Filters(), 0)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_what_can_be_found_is_what_is_said_to_be(words: Words) -> None:
    said = blocks_of(found_message(NOTHING, words))[1]["elements"][0]["text"]
    listed = said.partition(": ")[2].partition(";")[0].lower().split(", ")

    names = [kind_text(kind, words).split()[-1].lower().replace("try", "tries") for kind in SHOWN_KINDS]
    assert len(listed) == len(names)
    for name in names:
        assert [one for one in listed if fold(one).startswith(fold(name.removesuffix("y")))], (
            name
        )  # a try, tries


def test_nothing_is_required_in_the_window() -> None:
    assert required(search_window(FOUND, [], ENGLISH)) == []


@pytest.mark.parametrize(
    "filters", [EVERYTHING, Filters(Scope.PAIR, "time", EntryKind.RESULT, Grade.TESTED, Since.YEAR)]
)
@pytest.mark.parametrize("tags", [[], ["time", "any"], [f"tag {n}" for n in range(OPTIONS + 1)]])
def test_the_window_reads_back_what_it_was_given(filters: Filters, tags: list[str]) -> None:
    values = sent(search_window(replace(FOUND, filters=filters), tags, ENGLISH, turn=3))

    assert parse_search(values) == ("meeting", filters)
    assert turn_of(values) == 3


def test_other_choices_are_read() -> None:
    window = search_window(FOUND, ["time", "any"], ENGLISH)

    typed = {"words.0": "talk", "scope.0": "cohort", "kind.0": "insight", "tag.0": "#any"}
    assert parse_search(sent(window, **typed)) == ("talk", Filters(Scope.COHORT, "any", EntryKind.INSIGHT))


def test_where_tags_are_too_many_for_a_menu_it_offers_what_is_begun() -> None:
    tags = [f"tag {n}" for n in range(OPTIONS + 1)]
    window = drawn(search_window(FOUND, tags, ENGLISH))
    (asked,) = [one for one in placed_elements(window["blocks"]) if one.action_id == ids.TAGS]
    assert asked.element["type"] == "external_select"
    values = [option.value for option in tag_options([*tags, "one more"], ENGLISH)]
    assert values == ["any", *(f"#{tag}" for tag in tags[:99])]


def test_the_window_has_room_for_the_widest_search() -> None:
    window = drawn(search_window(FULL, [f"tag {n}" for n in range(OPTIONS)], GERMAN))

    assert len(window["private_metadata"]) <= 3000
    assert action_ids(window)[-8:] == [ids.MORE, ids.EARLIER, ids.SAVE, *ids.NARROWS[:5]]


def test_the_field_of_the_home_tab_answers_enter() -> None:
    field = search_field(ENGLISH, "words of before").to_dict()

    assert check_view({"type": "home", "blocks": [field]}) == []
    assert field["dispatch_action"] is True
    assert field["element"]["action_id"] == ids.HOME_ENTER


LONG = "w" * TEXT_LIMIT
STORY = "s" * STORY_LIMIT
GOAL = Goal(*HERE, TOM, LONG, NOW, NOW, STORY, STORY, date(2026, 12, 24), None, LONG)
EXPERIMENT = Experiment(*HERE, TOM, LONG, LONG, date(2026, 11, 30), NOW, "calm", STORY, id=ExperimentId(5))
RESULT = Result(*HERE, ExperimentId(5), TOM, Adherence.DID, NOW, NOW, STORY, STORY, next_step=NextStep.ADOPT)
EVIDENCE = Evidence(*HERE, TOM, "e" * 12_000, NOW, "a note", "https://acme.slack.com/archives/D1/p1", "UTOM")
SESSION = Session(*HERE, TOM, STORY, NOW, date(2026, 12, 1))
INSIGHT = Insight(*HERE, CohortId(1), TOM, LONG, LONG, STORY, NOW, NOW, ("time", "talk"))
CHANGE = Change(
    Indicator(*HERE, ExperimentId(5), "Pause", "s", Decimal("0.5"), id=IndicatorId(1)), Decimal(3)
)
RESPONSE = Response(*HERE, RESULT.id, MemberId(2), "Well done", NOW, question="What next?")
THINGS: list[tuple[EntryKind, Written]] = [
    (EntryKind.GOAL, GOAL),
    (EntryKind.EXPERIMENT, EXPERIMENT),
    (EntryKind.RESULT, RESULT),
    (EntryKind.EVIDENCE, EVIDENCE),
    (EntryKind.SESSION, SESSION),
    (EntryKind.INSIGHT, INSIGHT),
]


def a_thing(kind: EntryKind, subject: Written, links: int = 0) -> Thing:
    linked = tuple(Link(EntryKind.EVIDENCE, EvidenceId(n + 1), LONG) for n in range(links))
    return Thing(
        kind,
        subject.id,
        subject,
        Whose.PARTNER,
        "Tom",
        Visibility.PAIR,
        linked,
        EXPERIMENT,
        (CHANGE,),
        (("Mira", RESPONSE),),
    )


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
@pytest.mark.parametrize(("kind", "subject"), THINGS)
def test_slack_takes_every_thing_in_full(kind: EntryKind, subject: Written, words: Words) -> None:
    assert drawn(thing_panel(a_thing(kind, subject, links=30), words))


@pytest.mark.parametrize(("kind", "subject"), THINGS)
def test_nothing_of_a_thing_is_cut(kind: EntryKind, subject: Written) -> None:
    shown = json.dumps(drawn(thing_panel(a_thing(kind, subject), ENGLISH)))

    for text in (LONG, STORY, "e" * 12_000):
        if text in str(subject):
            assert text in shown or shown.count("e" * 2_900) == 4


def test_a_thing_says_whose_it_is_and_who_can_find_it() -> None:
    shown = str(drawn(thing_panel(a_thing(EntryKind.INSIGHT, INSIGHT), ENGLISH)))

    assert "Insight, from Tom, November 24, 2026" in shown
    assert "Only the pair can see this." in shown
    assert sure_text(INSIGHT.grade, ENGLISH) in shown


def test_only_an_insight_can_be_tried_and_only_by_somebody_who_learns() -> None:
    for kind, subject in THINGS:
        thing = a_thing(kind, subject)
        assert things.TRY not in action_ids(drawn(thing_panel(thing, ENGLISH)))
    learner = replace(a_thing(EntryKind.INSIGHT, replace(INSIGHT, id=InsightId(8))), try_in=PairId(1))

    panel = drawn(thing_panel(learner, ENGLISH))

    (tried,) = [e for b in panel["blocks"] for e in b.get("elements", []) if e.get("action_id") == things.TRY]
    assert tried["value"] == "8"


def test_the_draft_of_a_try_has_an_insights_words_and_nothing_else_of_it() -> None:
    insight = replace(INSIGHT, behaviour="asking first", situation="a review begins", tags=("secret",))

    draft = things.draft_from(
        a_thing(EntryKind.INSIGHT, insight), Draft({"until": date(2026, 12, 1)}, goal="3")
    )

    typed = {"behaviour": "asking first", "situation": "a review begins", "until": date(2026, 12, 1)}
    assert draft == Draft(typed, goal="3")


def test_an_insight_reads_well_whatever_form_its_words_have() -> None:
    shown = str(drawn(thing_panel(a_thing(EntryKind.INSIGHT, INSIGHT), ENGLISH)))

    for label in ("The situation", "What was done", "What came of it"):
        assert label in shown


@pytest.mark.parametrize(
    ("grade", "says"),
    [
        (None, "Insight · from Tom · November 24, 2026"),
        (Grade.HUNCH, "Insight · once so far · from Tom · November 24, 2026"),
        (Grade.REPEATED, "Insight · seen again · from Tom · November 24, 2026"),
        (Grade.TESTED, "Insight · tested · from Tom · November 24, 2026"),
    ],
)
def test_a_hit_says_how_sure_it_is(grade: Grade | None, says: str) -> None:
    assert says in str(
        [block.to_dict() for block in hit_card(1, replace(HIT, kind=EntryKind.INSIGHT, grade=grade), ENGLISH)]
    )


def test_a_result_shows_numbers_in_words_and_the_answer() -> None:
    shown = str(drawn(thing_panel(a_thing(EntryKind.RESULT, RESULT), ENGLISH)))

    for part in ("Pause", "from 0.5 to 3 s", "Mira answered", "Well done", "What next?", "did it", "keep it"):
        assert part in shown


def test_links_lead_on_and_too_many_are_counted() -> None:
    panel = drawn(
        thing_panel(a_thing(EntryKind.GOAL, replace(GOAL, id=GoalId(2)), links=23), ENGLISH, above=True)
    )

    assert action_ids(panel) == [ids.OPEN] * 20
    assert panel["blocks"][-1]["elements"][0]["text"].startswith("3 ")
    assert panel["close"]["text"] == "Back"


def test_what_can_be_found_has_a_name_and_something_to_read() -> None:
    require_shown()


def test_a_kind_without_a_name_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = Mock(shown="letter", __str__=lambda _kind: "letter")
    monkeypatch.setattr(search_things, "SHOWN_KINDS", (EntryKind.GOAL, letter))

    with pytest.raises(RuntimeError, match=r"has no name for letter$"):
        require_shown()


def test_a_find_that_nobody_could_read_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(cast("dict[type[object], object]", ROWS), Goal)

    with pytest.raises(RuntimeError, match="does not show Goal"):
        require_shown()
