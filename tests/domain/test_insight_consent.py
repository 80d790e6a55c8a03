"""Nobody outside a pair ever reads words to which not both of the pair agreed, whatever the two do in any order."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.errors import Conflict, NotAllowed, WordsChanged
from bot.domain.ids import CohortId, InsightId, MemberId, PairId, WorkspaceId
from bot.domain.insights import (
    Insight,
    SharedInsight,
    Visibility,
    Wording,
    shared_copy,
    with_answer,
    with_choice,
    with_wording,
    wording_of,
)
from bot.domain.results import Grade

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TOM, MIRA = MemberId(1), MemberId(2)
PAIR, COHORT, EVERYONE = Visibility.PAIR, Visibility.COHORT, Visibility.WORKSPACE
FIRST = Wording("I lead", "ask", "they speak", ("listening",), Grade.HUNCH)


def an_insight(**more: object) -> Insight:
    insight = Insight(WorkspaceId(7), PairId(5), CohortId(6), TOM, "I lead", "ask", "they speak", NOW, NOW)
    return Insight(**{**vars(insight), "tags": ("listening",), "id": InsightId(8), **more})  # type: ignore[arg-type]  # the test names the fields


def shared(visibility: Visibility = COHORT) -> tuple[Insight, SharedInsight]:
    """Both let this circle read the first words."""
    insight = an_insight(visibility=visibility, agreed=1)
    copy = shared_copy(insight, None)
    assert copy is not None
    return insight, copy


def rewritten(insight: Insight, copy: SharedInsight | None, outcome: str, wanted: Visibility) -> Insight:
    """Tom sends the form with another outcome."""
    wording = Wording(insight.situation, insight.behaviour, outcome, insight.tags, insight.grade)
    changed = with_wording(insight, wording, copy)
    return with_choice(changed, TOM, wanted, changed.edition)


wordings = st.sampled_from(
    [
        FIRST,
        Wording("I follow", "ask", "they speak", ("listening",), Grade.HUNCH),
        Wording("I lead", "wait", "they speak", ("listening",), Grade.HUNCH),
        Wording("I lead", "ask", "they fall silent", ("listening",), Grade.HUNCH),
        Wording("I lead", "ask", "they speak", ("silence",), Grade.HUNCH),
        Wording("I lead", "ask", "they speak", ("listening",), Grade.TESTED),
    ]
)
members, circles = st.sampled_from([TOM, MIRA]), st.sampled_from(Visibility)
editions = st.integers(0, 3)  # how many editions ago a form or question was opened


class TwoOfAPair(RuleBasedStateMachine):
    """Tom writes, both choose and answer, from forms and questions of any age.

    `said` notes by itself what each of them wants others to read: for each wording, up to which circle.
    """

    def __init__(self) -> None:
        super().__init__()
        self.insight = an_insight()
        self.copy: SharedInsight | None = None
        self.editions = {1: FIRST}
        self.said: dict[tuple[MemberId, Wording], Visibility] = {}

    def keep(self, insight: Insight) -> None:
        self.insight = insight
        self.copy = shared_copy(insight, self.copy)

    def note(self, member: MemberId, wording: Wording, wanted: Visibility) -> None:
        self.said[member, wording] = wanted

    def withdraw(self, wanted: Visibility) -> None:
        """Nothing wider counts any more, whoever wanted it; widening needs both anew."""
        self.said = {key: min(told, wanted, key=lambda c: c.width) for key, told in self.said.items()}

    @rule(wording=wordings, wanted=circles)
    def write(self, wording: Wording, wanted: Visibility) -> None:
        changed = with_wording(self.insight, wording, self.copy)
        self.editions[changed.edition] = wording
        if wanted.width < self.insight.visibility.width:
            self.withdraw(wanted)
        self.note(TOM, wording, wanted)
        self.keep(with_choice(changed, TOM, wanted, changed.edition))

    @rule(member=members, wanted=circles, ago=editions)
    def choose(self, member: MemberId, wanted: Visibility, ago: int) -> None:
        read = max(1, self.insight.edition - ago)
        narrower = wanted.width < self.insight.visibility.width
        try:
            changed = with_choice(self.insight, member, wanted, read)
        except WordsChanged:
            assert ago, "what was just read can be answered"
            assert not narrower, "taking back works at once"
            return
        if narrower:
            self.withdraw(wanted)
            assert changed.visibility.width <= wanted.width
        self.note(member, self.editions[read], wanted)
        self.keep(changed)

    @precondition(lambda self: self.insight.wished is not None)
    @rule(member=members, asked=circles, ago=editions, agree=st.booleans())
    def answer(self, member: MemberId, asked: Visibility, ago: int, *, agree: bool) -> None:
        read = max(1, self.insight.edition - ago)
        try:
            changed = with_answer(self.insight, member, asked, read, agree=agree)
        except (Conflict, NotAllowed):
            return
        if agree:
            self.note(member, self.editions[read], asked)
        else:
            self.withdraw(self.insight.visibility)
        self.keep(changed)

    @invariant()
    def others_read_only_what_both_let_them_read(self) -> None:
        if self.copy is None:
            return
        for member in (TOM, MIRA):
            if (member, wording_of(self.copy)) not in self.said:
                raise AssertionError(f"{member} never let anybody read {self.copy}")
            assert self.said[member, wording_of(self.copy)].width >= self.copy.visibility.width

    @invariant()
    def the_copy_is_there_as_long_as_there_is_a_circle(self) -> None:
        assert (self.copy is None) == (self.insight.visibility is PAIR) == (self.insight.agreed == 0)
        if self.copy is not None:
            assert self.copy.visibility is self.insight.visibility
            assert self.copy.edition == self.insight.agreed
            assert wording_of(self.copy) == self.editions[self.insight.agreed]

    @invariant()
    def the_two_read_the_newest_words(self) -> None:
        assert wording_of(self.insight) == self.editions[self.insight.edition]

    @invariant()
    def a_wish_has_somebody_who_wishes_and_something_to_open(self) -> None:
        insight = self.insight
        assert (insight.wished is None) == (insight.wished_by is None) == (insight.wished_edition is None)
        if insight.wished is not None:
            ahead = insight.is_ahead and insight.wished is insight.visibility
            assert ahead or insight.wished.width > insight.visibility.width
        if insight.wished_by == TOM:
            assert insight.wished_edition == insight.edition


TestTwoOfAPair = TwoOfAPair.TestCase


def test_changed_words_stay_with_the_two_until_the_partner_has_read_them() -> None:
    insight, copy = shared()

    changed = rewritten(insight, copy, "they fall silent", COHORT)
    kept = shared_copy(changed, copy)

    assert kept == copy
    assert (changed.outcome, changed.wished, changed.wished_by) == ("they fall silent", COHORT, TOM)
    opened = shared_copy(with_answer(changed, MIRA, COHORT, 2, agree=True), copy)
    assert opened is not None
    assert (opened.outcome, opened.edition) == ("they fall silent", 2)


def test_a_no_to_new_words_leaves_the_old_ones_to_others() -> None:
    insight, copy = shared()
    changed = rewritten(insight, copy, "they fall silent", COHORT)

    refused = with_answer(changed, MIRA, COHORT, 2, agree=False)

    assert shared_copy(refused, copy) == copy
    assert (refused.is_ahead, refused.wished) == (True, None)


def test_a_yes_to_words_that_were_changed_since_counts_for_nothing() -> None:
    wished = rewritten(an_insight(), None, "they speak up", COHORT)
    changed = rewritten(wished, None, "they fall silent", COHORT)

    for agree in (True, False):
        with pytest.raises(WordsChanged):
            with_answer(changed, MIRA, COHORT, wished.edition, agree=agree)
    with pytest.raises(WordsChanged):
        with_choice(changed, MIRA, COHORT, wished.edition)


def test_who_wished_it_for_older_words_reads_the_new_ones_before_others_do() -> None:
    wished = with_choice(an_insight(), MIRA, COHORT, 1)
    changed = rewritten(wished, None, "they fall silent", PAIR)
    assert (changed.wished, changed.wished_by) == (COHORT, MIRA)

    answered = with_answer(changed, TOM, COHORT, 2, agree=True)

    assert shared_copy(answered, None) is None
    assert (answered.wished, answered.wished_by) == (COHORT, TOM)
    assert with_answer(answered, MIRA, COHORT, 2, agree=True).visibility is COHORT


def test_a_wish_of_both_for_different_words_opens_nothing() -> None:
    wished = with_choice(an_insight(), MIRA, COHORT, 1)

    changed = rewritten(wished, None, "they fall silent", COHORT)

    assert shared_copy(changed, None) is None
    assert (changed.wished, changed.wished_by, changed.wished_edition) == (COHORT, TOM, 2)


def test_the_authors_own_wish_goes_along_with_the_new_words() -> None:
    wished = with_choice(an_insight(), TOM, COHORT, 1)

    changed = with_wording(wished, Wording("", "wait", "they speak", (), Grade.HUNCH), None)

    assert (changed.wished, changed.wished_by, changed.wished_edition) == (COHORT, TOM, 2)


def test_taking_it_back_works_at_once_for_either_whatever_words_they_have_read() -> None:
    insight, copy = shared(EVERYONE)
    changed = rewritten(insight, copy, "they fall silent", EVERYONE)

    for member in (TOM, MIRA):
        assert shared_copy(with_choice(changed, member, PAIR, 1), copy) is None
        narrowed = shared_copy(with_choice(changed, member, COHORT, 1), copy)
        assert narrowed is not None
        assert (narrowed.visibility, narrowed.edition) == (COHORT, 1)


def test_after_it_was_taken_back_others_read_nothing_until_both_want_it_anew() -> None:
    insight, copy = shared()
    withdrawn = with_choice(insight, MIRA, PAIR, 1)
    assert shared_copy(withdrawn, copy) is None
    assert withdrawn.agreed == 0

    wished = with_choice(withdrawn, TOM, COHORT, 1)

    assert (wished.visibility, wished.wished) == (PAIR, COHORT)
    assert shared_copy(wished, None) is None


def test_words_that_others_read_already_need_no_new_yes() -> None:
    insight, copy = shared()
    changed = rewritten(insight, copy, "they fall silent", COHORT)

    back = rewritten(changed, copy, "they speak", COHORT)

    assert (back.is_ahead, back.wished) == (False, None)
    assert shared_copy(back, copy) is not None


def test_saving_it_unchanged_asks_nobody() -> None:
    insight, copy = shared()

    assert rewritten(insight, copy, "they speak", COHORT) == insight


def test_others_read_of_an_insight_what_was_agreed_to_where_it_is_found_whether_it_holds_and_nothing_else() -> (
    None
):
    agreed = {field.name for field in fields(Wording)}
    found = {"workspace_id", "pair_id", "cohort_id", "member_id", "insight_id", "edition", "visibility"}
    holds = {"outdated_at"}
    kept = {"created_at", "id", "version"}

    assert {field.name for field in fields(SharedInsight)} == agreed | found | holds | kept
