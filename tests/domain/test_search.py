"""Search: any text is a query, the best answer comes first, and nobody learns a word they may not see."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import EntryId, MemberId, PairId
from bot.domain.search import (
    CANDIDATES,
    WORDS_LIMIT,
    Candidate,
    Marks,
    TermStats,
    candidate_plan,
    parse_query,
    rank,
)
from bot.domain.stored import EntryKind
from bot.domain.tokens import tokens

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
STATS = TermStats(entries=1_000, average_length=20, document_frequency={"feedback": 300, "silenc": 5})

some_words = st.sampled_from(["feedback", "silence", "mentor", "meeting", "goal", "gespräch"])


def an_entry(number: int, title: str, body: str = "", age_days: int = 0) -> Candidate:
    created_at = NOW - timedelta(days=age_days)
    marks = Marks(f"goal:{number}", EntryKind.GOAL, None, (), created_at, MemberId(1), PairId(1))
    return Candidate(EntryId(number), tokens(title, body, [], "en"), marks)


def order(text: str, *candidates: Candidate) -> list[int]:
    return [ranked.id for ranked in rank(parse_query(text), candidates, STATS, NOW)]


@pytest.mark.parametrize(
    "text",
    [
        '"feedback',
        "feedback*",
        "NEAR(feedback",
        "-feedback",
        "acl:feedback",
        "^feedback",
        "feedback )",
        "{feedback}",
    ],
)
def test_operators_are_only_words(text: str) -> None:
    assert parse_query(text).words[-1].text == "feedback"


def test_or_between_words_means_nothing() -> None:
    assert parse_query("silence OR feedback").words == parse_query("silence feedback").words


@pytest.mark.parametrize(
    ("text", "words", "only_common"),
    [
        ("", [], False),
        ("🎉 ?!", [], False),
        ("so was", [], True),
        ("die", ["die"], True),
        ("die goal", ["goal"], False),
    ],
)
def test_a_query_of_common_words_says_so(text: str, words: list[str], *, only_common: bool) -> None:
    query = parse_query(text)
    assert [word.text for word in query.words] == words
    assert query.only_common is only_common


def test_words_beyond_the_limit_are_told() -> None:
    query = parse_query(" ".join(f"word{number}" for number in range(WORDS_LIMIT + 1)))
    assert len(query.words) == WORDS_LIMIT
    assert query.left_out == (f"word{WORDS_LIMIT}",)


@given(st.text())
def test_any_text_is_a_query(text: str) -> None:
    query = parse_query(text)
    assert len(set(query.words)) == len(query.words) <= WORDS_LIMIT
    assert all(form.isprintable() and '"' not in form for word in query.words for form in word.forms)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("experimente", "My experiments"),
        ("experiments", "Mein Experiment"),
        ("Gesprächen", "Gespräche"),
        ("gesprach", "Gespräche"),
        ("設定", "目標設定"),
        ("定", "目標設定"),
    ],
)
def test_an_entry_is_found_across_languages_and_spellings(text: str, title: str) -> None:
    assert order(text, an_entry(1, title)) == [1]


def test_a_word_in_the_title_counts_more() -> None:
    assert order("feedback", an_entry(1, "silence", "feedback"), an_entry(2, "feedback", "silence")) == [2, 1]


def test_two_words_beat_one_of_them_repeated() -> None:
    both, one = an_entry(1, "x", "goal mentor"), an_entry(2, "x", "goal goal")
    assert order("goal mentor", both, one) == [1, 2]


def test_a_word_that_is_typed_twice_counts_twice() -> None:
    goal, mentor = an_entry(1, "goal"), an_entry(2, "mentor", age_days=400)
    assert order("goal mentor", goal, mentor) == [1, 2]
    assert order("goal mentor mentor", goal, mentor) == [2, 1]


@pytest.mark.parametrize("text", ["give silence", "helps silence", "machen silence", "geholfen silence"])
def test_a_word_that_says_little_does_not_outweigh_one_that_says_much(text: str) -> None:
    light = text.split(maxsplit=1)[0]
    assert order(text, an_entry(1, light, f"{light} {light}"), an_entry(2, "x", "silence")) == [2, 1]


def test_a_word_that_says_little_is_found_all_the_same() -> None:
    assert order("help", an_entry(1, "silence"), an_entry(2, "helping")) == [2]


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert order("feedback silence", an_entry(1, "feedback"), an_entry(2, "silence")) == [2, 1]


def test_of_two_equal_entries_the_newer_comes_first() -> None:
    assert order("feedback", an_entry(1, "feedback", age_days=400), an_entry(2, "feedback")) == [2, 1]


def test_a_better_match_stays_first_when_it_is_old() -> None:
    old = an_entry(1, "feedback silence", age_days=2_000)
    assert order("feedback silence", an_entry(2, "feedback"), old) == [1, 2]


def test_what_holds_no_more_comes_after_what_says_the_same_and_holds() -> None:
    outdated = an_entry(2, "ask first")._replace(outdated=True)

    assert order("ask first", outdated, an_entry(1, "ask first", age_days=900)) == [1, 2]


def test_an_empty_query_shows_the_newest() -> None:
    assert order("", an_entry(1, "a", age_days=3), an_entry(2, "b"), an_entry(3, "c", age_days=1)) == [
        2,
        3,
        1,
    ]


def test_what_holds_no_word_is_no_answer() -> None:
    assert order("feedback", an_entry(1, "silence")) == []


@given(
    st.data(),
    st.lists(some_words, min_size=1, max_size=3),
    st.lists(st.lists(some_words, min_size=1), max_size=8),
)
def test_the_order_does_not_depend_on_how_candidates_came(
    data: st.DataObject, query: list[str], titles: list[list[str]]
) -> None:
    entries = [an_entry(number, " ".join(title), age_days=number % 3) for number, title in enumerate(titles)]
    shuffled = data.draw(st.permutations(entries))
    assert order(" ".join(query), *entries) == order(" ".join(query), *shuffled)


def counts(entries: int = 1_000_000, **document_frequency: int) -> TermStats:
    return TermStats(entries, 20, document_frequency)


def test_whoever_sees_few_entries_is_asked_for_every_word() -> None:
    query = parse_query("feedback silence mentor goal")
    plan = candidate_plan(query, counts(900, feedback=800, silenc=400, mentor=500, goal=200))
    assert set(plan.any_of) == set(query.words)


def test_words_that_say_little_are_taken_last() -> None:
    plan = candidate_plan(parse_query("give feedback silence"), counts(give=1, feedback=600, silenc=600))
    assert [word.text for word in plan.any_of] == ["feedback", "silence"]


def test_a_plan_asks_for_all_words_and_then_for_the_rarest() -> None:
    query = parse_query("feedback silence mentor goal")
    plan = candidate_plan(query, counts(feedback=5_000, silenc=400, mentor=500, goal=200))
    assert plan.all_of == query.words
    assert [word.text for word in plan.any_of] == ["goal", "silence"]


def test_a_plan_takes_two_words_that_occur_even_if_they_are_common() -> None:
    plan = candidate_plan(parse_query("feedback mentor typpo"), counts(feedback=5_000, mentor=6_000))
    assert {word.text for word in plan.any_of} == {"typpo", "feedback", "mentor"}


def test_a_single_word_needs_no_second_step() -> None:
    plan = candidate_plan(parse_query("feedback"), counts(feedback=500_000))
    assert (len(plan.all_of), plan.any_of, plan.limit) == (1, (), CANDIDATES)


@pytest.mark.parametrize(
    ("typed", "title", "there"),
    [
        ('"quiet meetings"', "Run quiet meetings today", True),
        ('"quiet meetings"', "A quiet meeting", True),
        ('"quiet meetings"', "Meetings in a quiet room", False),
        ("„ruhige Sitzung“", "Eine ruhige Sitzung halten", True),
        ('"talk to the boss"', "I talk to my boss", True),
        ('"boss talk"', "I talk to my boss", False),
        ('"会議を短く"', "チームの会議を短くする", True),
        ('"短く会議"', "チームの会議を短くする", False),
        ("meetings -quiet", "Run quiet meetings", False),
        ("meetings -quiet", "Run loud meetings", True),
        ("meetings \u2013quilted", "Run quiet meetings", True),
        ("one-to-one", "A one to one", True),
        ("-quiet", "Run quiet meetings", True),
        ('"" meetings', "Run quiet meetings", True),
    ],
)
def test_quotes_mean_a_row_and_a_minus_leaves_out(typed: str, title: str, *, there: bool) -> None:
    query = parse_query(typed)
    assert query.admits(tokens(title, "", [], "en")) is there


def test_what_is_left_out_is_not_looked_for() -> None:
    query = parse_query("meetings -quiet")
    assert [word.text for word in query.words] == ["meetings"]
    assert [word.text for word in query.without] == ["quiet"]


def test_a_compound_is_found_by_its_part_after_what_holds_the_whole_word() -> None:
    whole, inside = an_entry(1, "Notiz", "Eine Besprechung"), an_entry(2, "Notiz", "Alle Teambesprechungen")
    other = an_entry(3, "Team")
    assert order("Besprechungen", inside, whole, other) == [1, 2]


def test_by_a_compound_what_it_ends_with_is_found_after_it_and_not_what_it_begins_with() -> None:
    whole, end = an_entry(1, "Alle Teambesprechungen"), an_entry(2, "Besprechung")
    cousin, beginning = an_entry(3, "Projektbesprechung"), an_entry(4, "Unser Team")
    assert order("Teambesprechung", cousin, beginning, end, whole) == [1, 2, 3]


def test_a_compound_as_rare_as_it_is_weighs_more_than_its_common_part() -> None:
    stats = TermStats(1_000, 20, {"besprech": 400, "teambesprech": 2, "teambesprechung": 2, "silenc": 50})
    compound, other = an_entry(1, "Teambesprechung"), an_entry(2, "silence")
    found = rank(parse_query("silence Teambesprechung"), [other, compound], stats, NOW)
    assert [ranked.id for ranked in found] == [1, 2]


@pytest.mark.parametrize(
    ("asked", "there"),
    [('"Besprechung kürzen"', False), ('"Teambesprechung kürzen"', True), ("kürzen -Besprechung", True)],
)
def test_quotes_and_minus_mean_whole_words(asked: str, there: bool) -> None:  # noqa: FBT001 - a table
    assert parse_query(asked).admits(tokens("Teambesprechung kürzen", "", [], "de")) is there


def test_entries_of_an_older_rule_are_ranked_as_well() -> None:
    old = an_entry(1, "feedback")
    old = old._replace(tokens=old.tokens.rpartition("\n")[0])
    assert order("feedback", old) == [1]
