"""How much each form insists on: the number of fields that it cannot be sent without, counted in the form itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest
from slack_sdk.models.views import View

import handlers
from bot.domain.entries import Filters
from bot.domain.ids import MatchRunId, OccurrenceId, OwedReplyId, PairId
from bot.domain.owed_replies import OwedKind, OwedReply
from bot.domain.pairs_replacing import EarlierKind
from bot.domain.portfolios import Portfolio
from bot.domain.pulses import SAFETY, TAPS
from bot.domain.requests import HelpKind
from bot.domain.saved_searches import Place
from bot.domain.stored import Earlier
from bot.domain.talks import TalkPlan
from bot.domain.thanks import Thanks, ThanksFor
from bot.slack.home import settings
from bot.slack.loop import (
    evidence,
    experiments,
    goals,
    hints,
    ladders,
    milestones,
    observations,
    patterns,
    quotes,
    readings,
    replies,
    responses,
    results,
    reuse,
    suggestions,
    thanks,
    turns,
    two_lines,
    two_lines_answers,
    wins_sharing,
)
from bot.slack.people import admins, pauses
from bot.slack.programme import (
    channels,
    charters,
    cohorts,
    cohorts_copying,
    cohorts_holidays,
    competencies,
    feeds,
    matching,
    objectives,
    pairs,
    pairs_circles,
    pairs_leaving,
    pairs_replacing,
    pairs_until,
    profiles,
    requests,
    resources,
)
from bot.slack.repository import closings, insights, insights_curating, portfolios, search
from bot.slack.rhythm import (
    asks,
    checkins,
    owed_replies,
    pulses,
    questions,
    repairs,
    reviews,
    rhythms_proposing,
    saved_searches,
    sessions,
    talks,
)
from bot.usecases.home.settings import Settings, SettingsForm
from bot.usecases.loop.hints import HintForm
from bot.usecases.loop.ladders import LadderForm
from bot.usecases.loop.quotes import QuotesForm
from bot.usecases.loop.thanks import ThanksForm
from bot.usecases.people.admins import AdminList
from bot.usecases.people.memberships import PairChoice
from bot.usecases.people.pauses import PauseForm
from bot.usecases.programme.channels import ChannelForm
from bot.usecases.programme.charters import CharterForm
from bot.usecases.programme.cohorts_copying import CopyForm
from bot.usecases.programme.cohorts_days_off import CohortDaysOff
from bot.usecases.programme.competencies import CompetencyForm
from bot.usecases.programme.matching_editing import LineForm
from bot.usecases.programme.objectives import ObjectiveForm
from bot.usecases.programme.pairs_circles import MenteeForm
from bot.usecases.programme.pairs_leaving import LeaveForm
from bot.usecases.programme.pairs_replacing import EarlierForm, ReplaceForm
from bot.usecases.programme.pairs_until import EndForm
from bot.usecases.programme.profiles_joining import JoinForm
from bot.usecases.programme.requests import HelpForm
from bot.usecases.programme.resources import ResourceForm
from bot.usecases.repository.closings import ClosingForm
from bot.usecases.repository.portfolios import PortfolioForm
from bot.usecases.rhythm.checkin_later import LaterForm
from bot.usecases.rhythm.owed_replies_changing import AnotherDayForm
from bot.usecases.rhythm.owed_replies_messages import RepliesWaiting, WaitingLine
from bot.usecases.rhythm.pulses import PulseAsk
from bot.usecases.rhythm.questions import QuestionForm
from bot.usecases.rhythm.saved_searches import SaveForm
from bot.usecases.rhythm.sessions import TalkedForm
from bot.usecases.rhythm.talks import TalkForm
from bot.words import Words
from tests.forms import required
from tests.slack.loop import (
    test_evidence,
    test_experiments,
    test_goals,
    test_ladders,
    test_milestones,
    test_observations,
    test_quotes,
    test_readings,
    test_replies,
    test_results,
    test_reuse,
    test_suggestions,
    test_turns,
    test_two_lines,
    test_two_lines_answers,
    test_wins,
)
from tests.slack.programme import test_feeds, test_pairs
from tests.slack.repository import test_insights, test_insights_curating
from tests.slack.rhythm import test_asks, test_checkins, test_reviews, test_rhythms_proposing

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ENGLISH = Words("en-US", now=NOW)
THANKED = ThanksForm(Thanks(test_asks.W, test_asks.P, test_asks.TOM, ThanksFor.RESPONSE, 1, NOW), ("Mira",))
PAIRS = (PairChoice(PairId(1), ("Mira",)),)
OWED = OwedReply(
    test_asks.W, test_asks.P, test_asks.MIRA, test_asks.TOM, OwedKind.ASK, 5, NOW, NOW, None, None
)
WAITING = RepliesWaiting(OwedReplyId(1), (WaitingLine(OWED, "Tom", "They wait", None),), last=False)

Opens = Callable[[], View]

# By the callback_id: the form as it opens, and how many fields it cannot be sent without.
COUNTED: Mapping[str, tuple[Opens, int]] = MappingProxyType(
    {
        checkins.SEND: (lambda: checkins.check_in_form(test_checkins.FULL, ENGLISH), 0),
        portfolios.MAKE: (
            lambda: portfolios.portfolio_form(
                PortfolioForm(Portfolio(test_asks.W, test_asks.TOM, NOW)), ENGLISH, takes_files=False
            ),
            0,
        ),
        pulses.SEND: (
            lambda: pulses.pulse_form(PulseAsk(OccurrenceId(1), TAPS + SAFETY, frozenset()), ENGLISH),
            0,
        ),
        quotes.ASK: (lambda: quotes.quotes_form(QuotesForm((test_quotes.CHOICE,), ()), ENGLISH), 0),
        saved_searches.KEEP: (
            lambda: saved_searches.save_form(SaveForm("delegation", Filters(), Place.HERE), ENGLISH),
            1,
        ),
        objectives.SAVE: (
            lambda: objectives.objective_form(ObjectiveForm(test_feeds.SPRING), ENGLISH),
            1,
        ),
        resources.SAVE: (lambda: resources.resource_form(ResourceForm(test_feeds.SPRING), ENGLISH), 2),
        competencies.SAVE: (
            lambda: competencies.competency_form(CompetencyForm(test_feeds.SPRING), ENGLISH),
            2,
        ),
        cohorts_copying.COPY_SAVE: (
            lambda: cohorts_copying.copy_form(CopyForm(test_feeds.SPRING, "U1", 0, 0, 0, 0, 0), ENGLISH),
            2,
        ),
        questions.SAVE: (lambda: questions.question_form(QuestionForm(test_feeds.SPRING), ENGLISH), 1),
        profiles.SAVE: (lambda: profiles.join_form(JoinForm(test_feeds.SPRING, (), None), ENGLISH), 2),
        matching.EXCHANGE: (
            lambda: matching.line_form(LineForm(MatchRunId(1), 1, "U1", "Tom"), ENGLISH),
            1,
        ),
        matching.ADD: (lambda: matching.new_line_form(LineForm(MatchRunId(1)), ENGLISH), 2),
        matching.INVITE_SEND: (lambda: matching.invite_form(1, ENGLISH), 1),
        goals.SET: (lambda: goals.goal_form(test_goals.EMPTY, ENGLISH, more=True), 1),
        results.TELL: (lambda: results.result_form(test_results.FORM, ENGLISH, more=True), 2),
        experiments.COMMIT: (lambda: experiments.experiment_form(test_experiments.EMPTY, ENGLISH), 3),
        responses.SEND: (lambda: responses.response_form(test_results.THEIRS, ENGLISH, more=True), 1),
        suggestions.SEND: (lambda: suggestions.suggest_form(test_suggestions.EMPTY, ENGLISH), 1),
        two_lines.SEND: (lambda: two_lines.lines_form(test_two_lines.FORM, ENGLISH), 1),
        two_lines_answers.TELL: (
            lambda: two_lines_answers.answer_form(test_two_lines_answers.EMPTY, ENGLISH),
            0,
        ),
        replies.SEND: (lambda: replies.reply_form(test_replies.FORM, ENGLISH), 1),
        readings.NOTE: (lambda: readings.number_form(test_readings.FORM, ENGLISH), 1),
        ladders.MAKE: (
            lambda: ladders.ladder_form(LadderForm(test_ladders.GOAL, None, ("Mira",)), ENGLISH),
            2,
        ),
        ladders.RATED: (lambda: ladders.rating_form(test_ladders.rating(), ENGLISH), 1),
        observations.SEND: (lambda: observations.observation_form(test_observations.ONE, ENGLISH), 2),
        pairs_circles.CHECK: (lambda: pairs_circles.mentee_form(MenteeForm(PairId(1), "Mira"), ENGLISH), 1),
        pairs_replacing.SEND: (
            lambda: pairs_replacing.replace_form(ReplaceForm(PairId(1), "Mira", "Tom"), ENGLISH),
            1,
        ),
        pairs_replacing.SHOW: (
            lambda: pairs_replacing.earlier_form(
                EarlierForm(
                    PairId(1),
                    "Yuki",
                    ("Mira",),
                    (EarlierKind(Earlier.GOALS, 1, "a"),),
                    (Earlier.GOALS,),
                    asks=True,
                ),
                ENGLISH,
            ),
            0,
        ),
        milestones.SAVE: (lambda: milestones.milestone_form(test_milestones.FORM, ENGLISH), 1),
        milestones.CLAIM: (lambda: milestones.claim_form(test_milestones.CLAIM, ENGLISH), 0),
        milestones.MISSING: (lambda: milestones.missing_form(test_milestones.CARD, ENGLISH), 1),
        reviews.SEND: (lambda: reviews.review_form(test_reviews.CARD, ENGLISH), 0),
        charters.PROPOSE: (
            lambda: charters.charter_form(CharterForm(PairId(1), ("Mira",), None, TODAY, None), ENGLISH),
            1,
        ),
        pairs_until.NAME: (lambda: pairs_until.end_form(EndForm(PAIRS, None), ENGLISH), 0),
        owed_replies.PAUSED: (
            lambda: owed_replies.replies_pause_form(PauseForm(TODAY, away=False), OwedReplyId(1), ENGLISH),
            0,
        ),
        repairs.PAUSED: (
            lambda: repairs.repair_pause_form(PauseForm(TODAY, away=False), OccurrenceId(1), ENGLISH),
            0,
        ),
        pauses.SEND: (lambda: pauses.pause_form(PauseForm(TODAY, away=False), ENGLISH), 0),
        settings.SAVE: (lambda: settings.settings_form(SettingsForm(Settings(), "Germany", 0), ENGLISH), 0),
        cohorts_holidays.ADD_DAYS: (
            lambda: cohorts_holidays.cohort_days_off_form(CohortDaysOff(test_pairs.SPRING, ()), ENGLISH),
            1,
        ),
        settings.ADD_DAYS: (lambda: settings.days_off_form((), ENGLISH), 1),
        pairs_leaving.LEAVE: (
            lambda: pairs_leaving.leave_form(LeaveForm(PAIRS, circle=False), ENGLISH),
            0,
        ),
        requests.SEND: (
            lambda: requests.help_form(HelpForm(HelpKind.TALK, PAIRS, ("Ada",)), ENGLISH),
            0,
        ),
        closings.SEND: (lambda: closings.closing_form(ClosingForm(PairId(1), ("Mira",), None), ENGLISH), 0),
        owed_replies.NAME_DAY: (
            lambda: owed_replies.another_day_form(AnotherDayForm(WAITING, TODAY), ENGLISH),
            0,
        ),
        thanks.SEND: (lambda: thanks.thanks_form(THANKED, ENGLISH), 0),
        channels.SAVE: (lambda: channels.channel_form(ChannelForm(test_feeds.SPRING, None), ENGLISH), 0),
        wins_sharing.SEND: (lambda: wins_sharing.win_form(test_wins.FORM, ENGLISH), 1),  # filled in already
        turns.KEEP: (lambda: turns.turn_form(test_turns.VIEW, ENGLISH), 1),
        checkins.PUT_OFF: (
            lambda: checkins.later_form(LaterForm(test_checkins.OCCURRENCE, ("Mira",), NOW), ENGLISH),
            1,
        ),
        asks.SEND: (lambda: asks.ask_form(test_asks.ONE, ENGLISH), 1),
        asks.ANSWER_SEND: (lambda: asks.answer_form(test_asks.THEIRS, ENGLISH), 2),
        sessions.TELL: (lambda: sessions.talked_form(TalkedForm(PAIRS, ()), ENGLISH), 1),
        rhythms_proposing.CHECK: (
            lambda: rhythms_proposing.our_rhythm_form(test_rhythms_proposing.FORM, ENGLISH),
            0,
        ),
        rhythms_proposing.SEND: (
            lambda: rhythms_proposing.proposal_dates(test_rhythms_proposing.DATES, ENGLISH),
            0,
        ),
        talks.PLAN: (lambda: talks.talk_form(TalkForm(PAIRS, TalkPlan(TODAY)), ENGLISH), 1),
        experiments.MOVED: (lambda: experiments.move_form(test_experiments.CHANGED, ENGLISH), 1),
        hints.ADD: (lambda: hints.hint_form(HintForm(test_experiments.ONE, ("Tom",)), ENGLISH), 1),
        evidence.SAVE: (lambda: evidence.evidence_form(test_evidence.FORM, ENGLISH), 1),
        insights.KEEP: (lambda: insights.insight_form(test_insights.EMPTY, ENGLISH), 3),
        insights.WHO_SAVE: (
            lambda: insights.visibility_form(
                replace(test_insights.EMPTY, insight_id=test_insights.INSIGHT.id), ENGLISH
            ),
            1,
        ),
        reuse.APPROVE: (lambda: reuse.report_form(test_reuse.MET, ENGLISH), 1),
        patterns.CHANGED: (
            lambda: insights.insight_form(test_insights.EMPTY, ENGLISH, sent_as=patterns.CHANGED),
            3,
        ),
        insights_curating.MERGE_NEXT: (
            lambda: insights_curating.other_form(test_insights_curating.OTHER, ENGLISH),
            1,
        ),
        insights_curating.MERGE_KEEP: (
            lambda: insights_curating.merge_form(test_insights_curating.MERGE, ENGLISH),
            2,
        ),
        feeds.SEND: (lambda: feeds.feed_form(test_feeds.EMPTY, ENGLISH), 0),
        admins.ADD: (lambda: admins.admin_form(AdminList(()), ENGLISH), 1),
    }
)
# What sets the programme up, and what looks for something: counted with the other tests of these windows.
ELSEWHERE = {cohorts.CHECK, cohorts.SET, pairs.CHECK, pairs.SEND, search.FIND}


def test_every_form_that_can_be_sent_is_counted_here() -> None:
    assert handlers.VIEWS.keys() == COUNTED.keys() | ELSEWHERE


@pytest.mark.parametrize("form", list(COUNTED))
def test_no_form_insists_on_more_than_it_may(form: str) -> None:
    opens, count = COUNTED[form]
    view = opens()

    assert view.callback_id == form
    assert len(required(view)) == count, required(view)


def test_a_try_insists_on_nothing_that_stands_under_more() -> None:
    more = experiments.with_more(experiments.Draft())

    assert len(required(experiments.experiment_form(test_experiments.EMPTY, ENGLISH, more))) == 3
