"""Which builder puts which thing into words: the table of contents of everything that Pairloop posts."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.slack.blocks import Message
from bot.slack.home.greetings import greeting_message, welcome_back
from bot.slack.loop.charts import charts_message
from bot.slack.loop.experiment_cards import experiment_card
from bot.slack.loop.goals import goal_card, reached_message
from bot.slack.loop.goals_beginning import ways_message
from bot.slack.loop.hints import hint_message
from bot.slack.loop.ladders import round_card
from bot.slack.loop.milestones import milestone_card
from bot.slack.loop.observations import observation_card, observation_sent
from bot.slack.loop.quotes import quote_card
from bot.slack.loop.replies import reply_card
from bot.slack.loop.responses import response_card, response_sent, seen_note
from bot.slack.loop.result_cards import result_card
from bot.slack.loop.results import result_question
from bot.slack.loop.results_sticking import stick_question
from bot.slack.loop.setbacks import setback_news
from bot.slack.loop.suggestion_cards import suggestion_card
from bot.slack.loop.two_lines import lines_asked
from bot.slack.loop.two_lines_answers import lines_card, lines_sent
from bot.slack.loop.wins_channel import win_asked, wins_told
from bot.slack.people.admins import admin_added, failures_message
from bot.slack.people.pauses import away_message
from bot.slack.programme.charters import charter_card
from bot.slack.programme.cohorts_sample import sample_nudge
from bot.slack.programme.feeds import trouble_message
from bot.slack.programme.figures import figures_message
from bot.slack.programme.figures_page import page_message
from bot.slack.programme.pairs_consent import (
    consent_card,
    needs_partner,
    pair_ended,
    pair_news,
    pair_rests,
    welcome,
)
from bot.slack.programme.pairs_leaving import left_message
from bot.slack.programme.pairs_replacing import mentor_replaced
from bot.slack.programme.pairs_until import end_asked, end_named
from bot.slack.programme.pairs_writing import written_message
from bot.slack.programme.profiles import invitation_message
from bot.slack.programme.requests import help_card
from bot.slack.repository.closings import thanks_message
from bot.slack.repository.insights import consent_question, insight_card
from bot.slack.repository.looks import look_told
from bot.slack.repository.portfolios import portfolio_message
from bot.slack.repository.portfolios_record import record_page_message
from bot.slack.rhythm.asks import answer_card, answer_sent, ask_card
from bot.slack.rhythm.checkin_cards import check_in_ask, check_in_card, skip_note
from bot.slack.rhythm.checkins_heads_up import heads_up_message
from bot.slack.rhythm.digests import digest_message
from bot.slack.rhythm.owed_replies import offer_message, reminder_message
from bot.slack.rhythm.repairs import kind_nudge, rarer_message, repair_ask
from bot.slack.rhythm.reviews import review_ask, review_card
from bot.slack.rhythm.rhythms_proposing import rhythm_card
from bot.slack.rhythm.sessions import session_card
from bot.slack.rhythm.talks import talk_card, talk_question
from bot.slack.rhythm.talks_brief import talk_brief
from bot.usecases.home.greetings import Greeting, WelcomeBack
from bot.usecases.loop.charts import ShownCharts
from bot.usecases.loop.experiment_cards import ExperimentCard
from bot.usecases.loop.goals import GoalCard, GoalReached
from bot.usecases.loop.goals_beginning import ThreeWays
from bot.usecases.loop.hints import HintAdded
from bot.usecases.loop.ladders import RoundCard
from bot.usecases.loop.milestones import MilestoneCard
from bot.usecases.loop.observations import ObservationCard, ObservationSent
from bot.usecases.loop.quotes import QuoteCard
from bot.usecases.loop.replies_cards import ReplyCard
from bot.usecases.loop.responses import ResponseCard, ResponseSent, SeenNote
from bot.usecases.loop.results import ResultCard, ResultQuestion
from bot.usecases.loop.results_sticking import StickQuestion
from bot.usecases.loop.setbacks import SetbackNews
from bot.usecases.loop.suggestion_cards import SuggestionCard
from bot.usecases.loop.two_lines import LinesAsked
from bot.usecases.loop.two_lines_answering import LinesCard, LinesSent
from bot.usecases.loop.wins_channel import WinAsked, WinsTold
from bot.usecases.outgoing import Message as MessageKind
from bot.usecases.people.admins import AdminAdded
from bot.usecases.people.admins_failures import FailuresTold
from bot.usecases.people.pauses import Away
from bot.usecases.programme.charters import CharterCard
from bot.usecases.programme.cohorts import SampleNudge
from bot.usecases.programme.feeds import FeedView
from bot.usecases.programme.figures import HowItGoes
from bot.usecases.programme.figures_report import CohortPage
from bot.usecases.programme.pairs_consent import ConsentAsk, PairNews, Welcome
from bot.usecases.programme.pairs_ending import NeedsPartner, PairEnded, PairRests
from bot.usecases.programme.pairs_leaving import PairLeft
from bot.usecases.programme.pairs_replaced import MentorReplaced
from bot.usecases.programme.pairs_until import EndQuestion, PairEndDay
from bot.usecases.programme.pairs_writing import PairWritten
from bot.usecases.programme.profiles_joining import Invitation
from bot.usecases.programme.requests import HelpCard
from bot.usecases.repository.closings import Thanks
from bot.usecases.repository.insight_cards import InsightCard, InsightWish
from bot.usecases.repository.looks import LookedThrough
from bot.usecases.repository.portfolios import PortfolioMade
from bot.usecases.repository.portfolios_record import RecordPage
from bot.usecases.rhythm.asks import AnswerCard, AnswerSent, AskCard
from bot.usecases.rhythm.checkin_cards import CheckInAsk, CheckInCard, SkipNote
from bot.usecases.rhythm.checkins_heads_up import HeadsUpNote
from bot.usecases.rhythm.digests import DigestView
from bot.usecases.rhythm.owed_replies_messages import OtherWays, RepliesWaiting
from bot.usecases.rhythm.repairs_messages import KindNudge, RepairAsk
from bot.usecases.rhythm.repairs_rhythm import RarerRounds
from bot.usecases.rhythm.reviews_messages import ReviewAsk, ReviewCard
from bot.usecases.rhythm.rhythms import RhythmCard
from bot.usecases.rhythm.sessions import SessionCard
from bot.usecases.rhythm.talks import TalkCard, TalkQuestion
from bot.usecases.rhythm.talks_brief import TalkBrief
from bot.words import Words

BUILDERS: dict[type[Any], Callable[[Any, Words], Message]] = {
    AskCard: ask_card,
    AnswerCard: answer_card,
    RepliesWaiting: reminder_message,
    OtherWays: offer_message,
    DigestView: digest_message,
    HeadsUpNote: heads_up_message,
    AnswerSent: answer_sent,
    SessionCard: session_card,
    RhythmCard: rhythm_card,
    CharterCard: charter_card,
    ReviewAsk: review_ask,
    ReviewCard: review_card,
    MilestoneCard: milestone_card,
    TalkCard: talk_card,
    TalkQuestion: talk_question,
    TalkBrief: talk_brief,
    GoalCard: goal_card,
    GoalReached: reached_message,
    ThreeWays: ways_message,
    RoundCard: round_card,
    CheckInAsk: check_in_ask,
    CheckInCard: check_in_card,
    SkipNote: skip_note,
    RepairAsk: repair_ask,
    KindNudge: kind_nudge,
    RarerRounds: rarer_message,
    ExperimentCard: experiment_card,
    HintAdded: hint_message,
    SuggestionCard: suggestion_card,
    SetbackNews: setback_news,
    ReplyCard: reply_card,
    StickQuestion: stick_question,
    ResultQuestion: result_question,
    ResultCard: result_card,
    ShownCharts: charts_message,
    ResponseCard: response_card,
    ResponseSent: response_sent,
    SeenNote: seen_note,
    ObservationCard: observation_card,
    ObservationSent: observation_sent,
    QuoteCard: quote_card,
    LinesAsked: lines_asked,
    LinesCard: lines_card,
    LinesSent: lines_sent,
    WinAsked: win_asked,
    WinsTold: wins_told,
    InsightCard: insight_card,
    InsightWish: consent_question,
    ConsentAsk: consent_card,
    Welcome: welcome,
    PairNews: pair_news,
    PairEnded: pair_ended,
    PairLeft: left_message,
    MentorReplaced: mentor_replaced,
    PairEndDay: end_named,
    EndQuestion: end_asked,
    PairWritten: written_message,
    Thanks: thanks_message,
    PortfolioMade: portfolio_message,
    RecordPage: record_page_message,
    PairRests: pair_rests,
    HelpCard: help_card,
    NeedsPartner: needs_partner,
    SampleNudge: sample_nudge,
    HowItGoes: figures_message,
    CohortPage: page_message,
    FeedView: trouble_message,
    LookedThrough: look_told,
    AdminAdded: admin_added,
    Invitation: invitation_message,
    FailuresTold: failures_message,
    Away: away_message,
    Greeting: greeting_message,
    WelcomeBack: welcome_back,
}


def require_words(kinds: Iterable[MessageKind[Any]]) -> None:
    """Raise unless each kind of message can be put into words, and there are no words for what nobody says."""
    shown = {kind.shows: kind.name for kind in kinds}
    if missing := sorted(shown[view] for view in shown.keys() - BUILDERS.keys()):
        raise RuntimeError(f"bot/slack/delivery/messages.py has no words for: {', '.join(missing)}")
    if unsaid := sorted(view.__name__ for view in BUILDERS.keys() - shown.keys()):
        raise RuntimeError(f"bot/usecases/messages.py lists no message that shows: {', '.join(unsaid)}")


def render(content: object, words: Words) -> Message:
    """The message for one of the view dataclasses of the use cases."""
    return BUILDERS[type(content)](content, words)
