"""The cohorts on App Home, in figures and without anyone's words."""

from slack_sdk.models.blocks import Block

from bot.domain.figures import Dimension, FigureName
from bot.slack.blocks import actions, button, fields, header, note, section
from bot.slack.home.commands import run_button
from bot.slack.loop.reuse import REPORT
from bot.slack.programme import figures
from bot.slack.programme.figures_meaning import name_text
from bot.usecases.home.home import CohortLine, Home
from bot.words import Words

SHOWN = 10
ON_HOME = (
    FigureName.TALKING,
    FigureName.TRIED,
    FigureName.TOLD,
    FigureName.INSIGHT,
    FigureName.IN_TIME,
    FigureName.GOALS_MOVED,
)


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
    if not home.hand.report_ready:
        return []
    return [
        note(words.t("A draft of what helped here is ready for this quarter. You edit it, and pass it on."))
    ]


def _cohort_blocks(line: CohortLine, words: Words) -> list[Block]:
    states = line.pairs
    pairs = words.t(
        "{active} active, {asked} asked, {paused} paused",
        active=words.number(states.get("active", 0)),
        asked=words.number(states.get("asked", 0)),
        paused=words.number(states.get("paused", 0)),
    )
    told = [
        (words.t("Pairs"), pairs),
        *((name_text(name, words), _figure_said(line, name, words)) for name in ON_HOME),
    ]
    how = button(words.t("How it goes"), figures.OPEN, line.cohort.id)
    return [section(line.cohort.name, how), fields(*told)]


def _figure_said(line: CohortLine, name: FigureName, words: Words) -> str:
    """As it was published last; what each means stands where *How it goes* leads."""
    found = (one for one in line.figures if one.name is name and one.dimension is Dimension.WHOLE)
    return next((figures.figure_text(one, words) for one in found), figures.too_few_text(words))
