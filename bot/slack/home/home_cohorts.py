"""The cohorts on App Home, in figures and without anyone's words."""

from decimal import Decimal

from slack_sdk.models.blocks import Block

from bot.domain.owed_replies import FEWEST, ReplyCounts
from bot.slack.blocks import actions, button, fields, header, note, section
from bot.slack.home.commands import run_button
from bot.slack.loop.reuse import REPORT
from bot.usecases.home.home import CohortLine, Home
from bot.words import Words

SHOWN = 10


def cohort_blocks(home: Home, words: Words) -> list[Block]:
    """For admins and leads; for an admin without any the first step."""
    if not home.cohorts and not home.me.is_admin:
        return []
    title = header(words.t("Cohorts"))
    if not home.cohorts:
        empty = words.t(
            "No cohort yet. It gives pairs their rhythm: every how many weeks, which day, what time."
        )
        return [title, section(empty, run_button(words.t("New cohort"), "cohort new"))]
    lines = [block for line in home.cohorts[:SHOWN] for block in _cohort_blocks(line, words)]
    rest = len(home.cohorts) - SHOWN
    more = words.n("All cohorts, {count} more", "All cohorts, {count} more", rest)
    buttons = [run_button(more if rest > 0 else words.t("All cohorts"), "cohort")]
    if home.me.is_admin:
        buttons.append(run_button(words.t("New cohort"), "cohort new"))
        buttons.append(button(words.t("What helped here"), REPORT, "0"))
    return [title, *lines, actions(*buttons), *_report_note(home, words)]


def _report_note(home: Home, words: Words) -> list[Block]:
    """Once a quarter, until an admin has approved it."""
    if not home.report_ready:
        return []
    return [
        note(words.t("A draft of what helped here is ready for this quarter. You edit it, and pass it on."))
    ]


def _cohort_blocks(line: CohortLine, words: Words) -> list[Block]:
    states, funnel = line.pairs, line.funnel
    pairs = words.t(
        "{active} active, {asked} asked, {paused} paused",
        active=words.number(states.get("active", 0)),
        asked=words.number(states.get("asked", 0)),
        paused=words.number(states.get("paused", 0)),
    )
    loop = words.t(
        "{committed} promised, {run} told, {reviewed} answered, {tested} tested, {insight} became an insight",
        committed=words.number(funnel.committed),
        run=words.number(funnel.run),
        reviewed=words.number(funnel.reviewed),
        insight=words.number(funnel.insight),
        tested=words.number(funnel.tested),
    )
    suggested = words.t(
        "{suggested} made, {taken} taken up",
        suggested=words.number(funnel.suggested),
        taken=words.number(funnel.taken),
    )
    told = [
        (words.t("Pairs"), pairs),
        (words.t("Tries"), loop),
        (words.t("Suggestions"), suggested),
        (words.t("Patterns that were kept"), words.number(funnel.patterns)),
        (words.t("Answered in time"), _in_time(line.replies, words)),
        (words.t("Talks in 30 days"), _talks_a_pair(line, words)),
    ]
    return [section(line.cohort.name), fields(*told)]


def _talks_a_pair(line: CohortLine, words: Words) -> str:
    """How many there were, and for each active pair."""
    active = line.pairs.get("active", 0)
    if not active:
        return words.number(line.talks)
    each = round(Decimal(line.talks) / active, 1)
    return words.t(
        "{count}, for each active pair {each}", count=words.number(line.talks), each=words.number(each)
    )


def _in_time(replies: ReplyCounts, words: Words) -> str:
    if replies.percent is None:
        return words.t("too few to say; it shows from {count} mentors on", count=words.number(FEWEST))
    return words.t(
        "{percent} % of {count}", percent=words.number(replies.percent), count=words.number(replies.due)
    )
