"""What people read of each error: here, and nowhere else, its words are held."""

from datetime import date

import pytest

from bot.domain import errors
from bot.domain.evidence import NoSuchNumber
from bot.domain.feeds import FeedAddressWrong
from bot.domain.pairs_circles import CircleFull, NoMentorToJoin
from bot.domain.pairs_replacing import NewMentorAsked, NoMentorToReplace
from bot.domain.quotes import TooManyWordsAsked
from bot.domain.readings import NumberWasNoted
from bot.domain.regions import RegionUnknown
from bot.domain.requests import HelpWasAsked, NobodyToAsk
from bot.domain.rhythms import RhythmStands
from bot.domain.saved_searches import NothingToLookFor, TooManySaved
from bot.domain.talks import TalkTooFar, TimeInPast
from bot.domain.two_lines import AskedInPair, AskedLately, AskOver, TooManyAsked
from bot.domain.working_life import DayOffTooFar, DaysTurned, QuietAllDay, QuietHalf
from bot.slack.errors import explain, explain_to_operator
from bot.words import Words

ENGLISH = Words("en-US")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errors.NoPair(), "You are in no active pair right now"),
        (errors.NoPair(), "Type /loop help"),
        (errors.PairOver(), "This pair has ended"),
        (errors.PairOver(), "Nothing was lost"),
        (errors.NotFound("goal"), "I cannot find this any more."),
        (errors.NotHere(), "Slack does not list you among them"),
        (errors.FormExpired(), "a moment too slow"),
        (errors.FormGone(), "This window has changed or was closed in the meantime."),
        (errors.SlackTrouble("internal_error"), "Slack did not answer as it should."),
        (errors.TokenRefused("SLACK_BOT_TOKEN", "token_revoked"), "please tell whoever runs Pairloop"),
        (errors.NotAllowed("admin"), "Only admins of Pairloop"),
        (errors.NotAllowed("lead"), "Only the cohort's lead or an admin"),
        (errors.NotAllowed("mentor"), "This is for the mentor of the pair."),
        (errors.NotAllowed("mentee"), "This is for the mentee of the pair."),
        (errors.PairExists(), "a pair already"),
        (errors.CohortNeeded(), "Please say which one it is for."),
        (errors.CohortUnknown("Autumn"), "There is no cohort called “Autumn”."),
        (errors.CohortNotRunning(), "not running right now"),
        (errors.NoCohort(), "Type /loop cohort new"),
        (RhythmStands(field="rhythm"), "That is your rhythm already."),
        (errors.NameTaken(), "There is a cohort of this name already."),
        (errors.CodeRefused(), "This code does not fit."),
        (errors.ClaimClosed(), "Pairloop has an admin already."),
        (errors.CommandNotUnderstood("claim"), "/loop claim CODE"),
        (errors.ThreadFull(5), "There are 5 replies already, so this is worth a talk."),
        (errors.TakenBack(), "This was taken back by whoever wrote it"),
        (errors.TooLateToTakeBack(), "You can still change its words"),
        (errors.WordsChanged(), "a yes is for words that you have read"),
        (NewMentorAsked("Yuki"), "Yuki was proposed as the new mentor"),
        (NoMentorToReplace(), "one mentor with one mentee"),
        (CircleFull("Mira"), "Mira has 5 mentees"),
        (CircleFull("Mira"), "Nobody was asked."),
        (NoMentorToJoin(), "These two learn from each other"),
        (HelpWasAsked("Ada"), "please tell Ada directly."),
        (NobodyToAsk(), "so nothing was sent. Whoever installed it can help."),
        (errors.Withdrawn(), "so nothing was sent"),
        (errors.TooManyTags(8), "Up to 8 tags fit here."),
        (
            errors.DateInPast(date(2026, 11, 23)),
            "That day has passed. Pick Monday, November 23, 2026 or later.",
        ),
        (
            errors.DayToCome(date(2026, 11, 23)),
            "still to come. Pick Monday, November 23, 2026 or a day before it.",
        ),
        (errors.DayTooEarly(date(2026, 10, 24)), "Pick Saturday, October 24, 2026 or later."),
        (errors.NumberOutside(1, 5), "Pick a number from 1 to 5."),
        (FeedAddressWrong(), "It begins with https://"),
        (AskedInPair(), "Please pick somebody who was there."),
        (AskedInPair("Mira"), "Mira is with you in this pair"),
        (
            AskedLately("Yuki", date(2026, 12, 23)),
            "from Wednesday, December 23, 2026 on you can ask them again",
        ),
        (TooManyWordsAsked(3), "3 may wait for a yes at a time. Nothing was asked for"),
        (NothingToLookFor(), "nothing could be new for them. Nothing was saved"),
        (TooManySaved(5, ["feedback", "goals"]), "5 searches are saved already: “feedback” and “goals”."),
        (TooManyAsked(2, ["Yuki", "Zoe"], date(2026, 12, 7)), "2 people are asked already (Yuki and Zoe)"),
        (NoSuchNumber(()), "There is no number of yours here"),
        (NoSuchNumber(("talk time", "questions")), "It can be noted for: talk time and questions."),
        (AskOver(), "so nothing was sent"),
        (NumberWasNoted(), "You noted this number since"),
        (errors.PreparingNeedsNumber(), "Name one above, or start at once."),
        (errors.TurnsNeedEvent(), "choose “When I tap …” here, or no coin"),
        (errors.TurnsNeedNumber(), "one number that you note each time"),
        (errors.TurnsBegan(), "You can stop, but not toss anew"),
        (errors.NoTurnLeft(6), "All 6 times have come, and nothing you noted is lost."),
        (errors.NotTakingTurns(), "What you noted is kept"),
        (errors.DayNotUnderstood("fryday"), "I could not read “fryday” as a day."),
        (TimeInPast(), "That time has passed today. Pick a later one, or another day."),
        (
            TalkTooFar(date(2027, 5, 22)),
            "further ahead than a talk can be planned. Pick Saturday, May 22, 2027",
        ),
        (errors.DayTooFar(date(2027, 5, 22)), "Pick Saturday, May 22, 2027 or earlier"),
        (DayOffTooFar(date(2027, 11, 25)), "Pick Thursday, November 25, 2027 or earlier"),
        (DaysTurned(), "The last day lies before the first."),
        (QuietAllDay(), "so nothing could reach you"),
        (QuietHalf(), "Quiet hours need both ends."),
        (RegionUnknown("Atlantis"), "I know no holidays of “Atlantis”."),
        (errors.NumberNotUnderstood("a few"), "“a few” is not a number I can read."),
        (
            errors.LinkNotUnderstood("ftp:x"),
            "“ftp:x” is no link that a browser opens. It begins with https://.",
        ),
        (errors.StoreUnavailable("full"), "There is no room left where Pairloop keeps things"),
        (errors.StoreUnavailable("full"), "What you typed is still here"),
        (errors.StoreUnavailable("unreachable"), "please try again in a minute"),
    ],
)
def test_an_error_says_what_happened_and_what_to_do(error: errors.PairloopError, told: str) -> None:
    assert told in explain(error, ENGLISH)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("unknown", "I know nobody here by that name."),
        ("same", "Noor is there twice."),
        ("yourself", "That is you."),
        ("guest", "Noor is a guest here"),
        ("deactivated", "Noor's account is deactivated."),
        ("bot", "Noor is an app."),
        ("foreign", "Noor belongs to another organisation."),
        ("ambiguous", "Several people are called Noor."),
        ("email", "Pairloop does not ask Slack for e-mail addresses"),
    ],
)
def test_who_cannot_be_a_partner_is_told_why(reason: str, told: str) -> None:
    assert explain(errors.PersonUnfit(reason, "Noor"), ENGLISH).startswith(told)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errors.StoreUnavailable("locked"), "The database is locked by another program."),
        (errors.StoreUnavailable("missing", "notes.db"), "There is no database at notes.db yet."),
        (errors.StoreUnavailable("new"), "The database is of a newer Pairloop."),
        (
            errors.StoreUnavailable("skew", "12"),
            "The clocks of this machine and of the database differ by 12 seconds.",
        ),
        (errors.NotFound("member"), "Nobody here has this Slack user id."),
    ],
)
def test_whoever_runs_pairloop_is_told_what_is_wrong_and_where(
    error: errors.PairloopError, told: str
) -> None:
    assert explain_to_operator(error, ENGLISH).startswith(told)
