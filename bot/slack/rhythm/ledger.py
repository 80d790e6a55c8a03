"""The ledger as its reader sees it: what came by itself, or did not, each with its reason; and fewer of it."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.budget import PER_WEEK, Intensity, Reason, Unasked
from bot.domain.errors import NotOurs
from bot.domain.ledger import CAUSES, Cause, Fate, LedgerLine
from bot.slack.blocks import Message, actions, button, header, note, rich, say, section, strong
from bot.slack.home.commands import run_button
from bot.usecases.rhythm.ledger import Why, WhyLine
from bot.words import Words

PAGE = "ledger.page"
EARLIER = "ledger.earlier"
LESS = "ledger.less"
AS_BEFORE = "ledger.as_before"

Said = Callable[[Words], str]

WHAT: dict[Unasked, Said] = {
    Unasked.CHECK_IN: lambda w: w.t("Check-in"),
    Unasked.REMINDER: lambda w: w.t("Check-in, a second time"),
    Unasked.REVIEW: lambda w: w.t("Looking back, in the place of a check-in"),
    Unasked.REPAIR: lambda w: w.t("How to go on, in the place of a check-in"),
    Unasked.FOLLOW_UP: lambda w: w.t("How a try went"),
    Unasked.STICK: lambda w: w.t("Whether it stuck"),
    Unasked.BRIEF: lambda w: w.t("The brief before a talk"),
    Unasked.TALK: lambda w: w.t("Whether you talked"),
    Unasked.REPLIES: lambda w: w.t("What waits for you"),
    Unasked.TWO_LINES: lambda w: w.t("A question for two lines, a second time"),
    Unasked.OTHER_WAYS: lambda w: w.t("Other ways to go on"),
    Unasked.BEGINNING: lambda w: w.t("Three ways to begin"),
    Unasked.CONSENT: lambda w: w.t("Whether you want to be a pair"),
    Unasked.CONSENT_AGAIN: lambda w: w.t("Whether you want to be a pair, a second time"),
    Unasked.UNANSWERED: lambda w: w.t("A pair that has not answered"),
    Unasked.END_DAY: lambda w: w.t("The date for the end of a pair"),
    Unasked.WELCOME_BACK: lambda w: w.t("Welcome back"),
    Unasked.HEADS_UP: lambda w: w.t("That a check-in comes"),
    Unasked.DIGEST: lambda w: w.t("Your digest"),
    Unasked.NEWS: lambda w: w.t("Your digest"),
}

WHY: dict[Cause, Said] = {
    Cause.RHYTHM: lambda w: w.t("your rhythm"),
    Cause.TRY: lambda w: w.t("a try of yours"),
    Cause.TALK: lambda w: w.t("the talk that you two agreed on"),
    Cause.WAITING: lambda w: w.t("somebody hopes for a reply"),
    Cause.OFFER: lambda w: w.t("you have waited long"),
    Cause.BEGINNING: lambda w: w.t("there was no goal yet"),
    Cause.CONSENT: lambda w: w.t("a new pair"),
    Cause.END_DAY: lambda w: w.t("the date that you two named is near"),
    Cause.RETURN: lambda w: w.t("your pause was over"),
    Cause.DIGEST: lambda w: w.t("you collect what comes"),
}

REASONS: dict[Reason, Said] = {
    Reason.QUIET: lambda w: w.t("these are your quiet hours"),
    Reason.DAY_OFF: lambda w: w.t("no working day of yours"),
    Reason.HOLIDAY: lambda w: w.t("it was a public holiday for you"),
    Reason.AWAY: lambda w: w.t("you are away"),
    Reason.DAY: lambda w: w.t("one message a day is enough"),
    Reason.WEEK: lambda w: w.t("you had as many that week as you want"),
    Reason.DIGEST: lambda w: w.t("together with your digest"),
    Reason.TOGETHER: lambda w: w.t("together with your check-in"),
    Reason.NO_REMINDER: lambda w: w.t("it has been quiet, so I ask once"),
    Reason.SECOND_ROUND: lambda w: w.t("it has been quiet, so I leave some out"),
    Reason.SILENCE: lambda w: w.t("six brought no answer, so I am quiet for a while"),
    Reason.ANSWERED: lambda w: w.t("you were first"),
    Reason.SKIPPED: lambda w: w.t("you chose to skip it"),
    Reason.TOO_LITTLE: lambda w: w.t("there was too little to look back on, so the usual check-in came"),
    Reason.RESTS: lambda w: w.t("your pair rests, or has ended"),
    Reason.LATE: lambda w: w.t("its time was over before I could send it"),
}


def why_message(why: Why, words: Words, former: Intensity | None = None) -> Message:
    """A page of the ledger.

    Args:
        former: what *As before* brings back, None where nothing was changed here.
    """
    title = words.t("What came by itself, and why")
    lines = [_ledger_line(line, words) for line in why.lines] or [section(_nothing(words))]
    kept = words.t("Only you see this. It goes back 30 days; after 90 days it is deleted.")
    return Message(
        title,
        [
            header(title),
            section(how_much(why.intensity, words)),
            *lines,
            _buttons(why, former, words),
            note(kept),
        ],
    )


def how_much(intensity: Intensity, words: Words) -> str:
    """How much comes by itself at most."""
    return words.n(
        "At most {count} message a week comes by itself. What others write to you comes at once.",
        "At most {count} messages a week come by themselves, one a day. What others write to you comes at once.",
        PER_WEEK[intensity],
    )


def parse_intensity(value: str) -> Intensity:
    """What *As before* brings back. Raises NotOurs."""
    try:
        return Intensity(value)
    except ValueError as error:
        raise NotOurs("intensity") from error


def _nothing(words: Words) -> str:
    return words.t("Nothing yet: in the last 30 days I had no reason to write on my own.")


def _buttons(why: Why, former: Intensity | None, words: Words) -> Block:
    return actions(
        *_turning(why, words), *_changing(why, former, words), run_button(words.t("Settings"), "settings")
    )


def _changing(why: Why, former: Intensity | None, words: Words) -> list[ButtonElement]:
    if why.intensity is not Intensity.LIGHT:
        return [button(words.t("Fewer"), LESS)]
    # Opened once more, nobody knows what there was before: the settings name all there is.
    return [button(words.t("As before"), AS_BEFORE, former)] if former not in (None, Intensity.LIGHT) else []


def _turning(why: Why, words: Words) -> list[ButtonElement]:
    turning = []
    if why.after is not None:
        turning.append(button(words.t("Earlier"), PAGE, why.after))
    if why.before is not None:
        turning.append(button(words.t("Later ones"), EARLIER, why.before))
    return turning


def _ledger_line(shown: WhyLine, words: Words) -> Block:
    """When, what, why, and what became of it."""
    line = shown.line
    what = WHAT[line.kind](words)
    if shown.names:
        what = words.t("{what} ({names})", what=what, names=words.names(shown.names))
    became = words.t("{why}: {became}", why=WHY[CAUSES[line.kind]](words), became=_became(line, words))
    return rich(strong(words.moment(line.at)), say(f"\n{what} · {became}"))


def _became(line: LedgerLine, words: Words) -> str:
    reason = REASONS[line.reason](words) if line.reason is not None else ""
    match line.fate:
        case Fate.HELD if line.held_until is not None:
            return words.t(
                "it comes on {moment}, {reason}", moment=words.moment(line.held_until), reason=reason
            )
        case Fate.MERGED:
            return words.t("it came in one message with others")
        case Fate.FAILED:
            return words.t("Slack did not take it")
        case Fate.SENT if reason:
            return words.t("sent, later than planned: {reason}", reason=reason)
        case Fate.SENT:
            return words.t("sent")
    return words.t("left out: {reason}", reason=reason)
