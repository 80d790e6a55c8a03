"""What others tried, without names: in the form of a new try behind the shelf, and as a draft for an admin."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from slack_sdk.models.blocks import Block, Option, StaticSelectElement
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.ids import ReusableTryId
from bot.domain.reuse import OBSTACLES, ReusableTry
from bot.domain.reuse_reports import REPORT_LIMIT
from bot.domain.texts import required
from bot.packs.shelf import aims, aims_for
from bot.slack.blocks import clip, note, plain, rich, say, section
from bot.slack.forms import OPTION_LIMIT, Values, field, form, panel, text_box
from bot.slack.loop.results_grades import sure_text
from bot.slack.payloads import id_in
from bot.words import Words

CHOOSE = "experiment.others"
REPORT = "reuse.report"
APPROVE = "reuse.approve"
TEXT = "text"


def others_field(others: Sequence[ReusableTry], goal: str, words: Words) -> list[Block]:
    """What others tried for what this goal is for; nothing where too few let others meet it."""
    aim = next((aim.id for aim in aims_for(goal)), "")
    near = [one for one in others if one.aim == aim]
    if not near:
        return []
    options = [Option(text=plain(one.behaviour, OPTION_LIMIT), value=_others_value(one)) for one in near]
    chosen = StaticSelectElement(
        action_id=CHOOSE, options=options, placeholder=plain(words.t("Use these words"), 150)
    )
    return [field("others", words.t("Others tried this"), chosen, hint=_hint(near[0], words), dispatch=True)]


def parse_others(value: str) -> tuple[ReusableTryId, date]:
    """Which one, and of which day. Raises NotOurs for what no option of ours carries."""
    found, _, day = value.partition(":")
    try:
        return ReusableTryId(id_in(found)), date.fromisoformat(day)
    except ValueError as error:
        raise NotOurs("others") from error


def _others_value(one: ReusableTry) -> str:
    return f"{one.id}:{one.made_on.isoformat()}"


def _hint(one: ReusableTry, words: Words) -> str:
    return words.t(
        "From people here who let others meet it without names. Of about {of} who tried something for this, about "
        "{count} kept it. How sure it is: {sure}.",
        of=words.number(one.of),
        count=words.number(one.helped),
        sure=sure_text(one.grade, words),
    )


def report_form(found: Sequence[ReusableTry], words: Words) -> View:
    """What helped here, as a draft that an admin edits and approves."""
    if not found:
        return panel(words.t("What helped here"), [section(_too_few(words))], close=words.t("Close"))
    draft = text_box(initial=_draft(found, words), multiline=True)
    explained = words.t(
        "Once you approve it, it is read by those who wished for it in /loop settings, in a line of their next digest "
        "or check-in, and by whomever you pass it on to. Nothing in the draft is from fewer than five people of three "
        "pairs, and figures are rounded."
    )
    return form(
        APPROVE,
        words.t("What helped here"),
        [field(TEXT, words.t("The words"), draft, required=True), note(explained)],
        submit=words.t("Approve"),
        close=words.t("Cancel"),
    )


def parse_report(values: Values) -> str:
    """Raises TextMissing, TextTooLong."""
    return required(values.text(TEXT), REPORT_LIMIT, TEXT)


def report_panel(text: str, words: Words) -> View:
    """The words as they were approved, to be copied to wherever they are to be read."""
    told = words.t(
        "Approved. Those who wished for it read it with their next digest or check-in. Copy these words to wherever "
        "others are to read them."
    )
    return panel(words.t("What helped here"), [section(told), rich(say(text))], close=words.t("Close"))


def _draft(found: Sequence[ReusableTry], words: Words) -> str:
    # What was tried comes first.
    by_aim = sorted(found, key=lambda one: (one.aim == OBSTACLES, one.aim))
    groups = groupby(by_aim, key=lambda one: one.aim)
    return clip("\n\n".join(_paragraph(aim, list(of), words) for aim, of in groups), REPORT_LIMIT)


def _paragraph(aim: str, found: Sequence[ReusableTry], words: Words) -> str:
    title = _obstacles_title(found[0], words) if aim == OBSTACLES else _aim_title(found[0], words)
    return "\n".join([title, *(f"- {one.behaviour}" for one in found)])


def _obstacles_title(one: ReusableTry, words: Words) -> str:
    return words.t("What could get in the way, as about {of} people see it:", of=words.number(one.of))


def _aim_title(found: ReusableTry, words: Words) -> str:
    name = next((one.name(words.locale) for one in aims() if one.id == found.aim), found.aim)
    return words.t(
        "{aim}: of about {of} people who tried something for it, about {count} kept it. How sure it is: {sure}.",
        aim=name,
        of=words.number(found.of),
        count=words.number(found.helped),
        sure=sure_text(found.grade, words),
    )


def _too_few(words: Words) -> str:
    return words.t(
        "Too few people let others meet what they tried. Once five of three pairs do for the same aim, this is where "
        "a draft of what helped stands."
    )
