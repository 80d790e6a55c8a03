"""More about an insight: what it said before, whether it holds, and another one that says the same."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.ids import InsightId
from bot.domain.insights import Insight, Wording
from bot.domain.insights_curating import InsightEdition
from bot.slack.blocks import actions, and_more, button, divider, fields, header, note, section
from bot.slack.forms import Values, field, form, panel, select
from bot.slack.payloads import id_in
from bot.slack.repository.insights import FORM, how_sure, outdated_text
from bot.usecases.repository.insights_curating import InsightHistory, MergeForm, MergeInsights, OtherForm
from bot.words import Words

OUTDATED = "insight.outdated"
HOLDS = "insight.holds"
MERGE = "insight.merge"
MERGE_NEXT = "insight.merge_next"
MERGE_KEEP = "insight.merge_keep"
APART = "insight.apart"
OTHER = "other"
EDITIONS_SHOWN = 10
MERGED_SHOWN = 20


def history_panel(history: InsightHistory, words: Words) -> View:
    """What can be done about it, what it stands for, and what it said before."""
    return panel(
        words.t("More about it"),
        [
            section(history.insight.behaviour),
            *_state(history, words),
            *_merged(history, words),
            *_earlier(history, words),
        ],
        close=words.t("Close"),
    )


def _state(history: InsightHistory, words: Words) -> list[Block]:
    insight = history.insight
    if history.into is not None:
        text = words.t(
            "“{behaviour}” stands for it, and is found in its place.", behaviour=history.into.behaviour
        )
        return [section(text, button(words.t("Take them apart"), APART, insight.id))]
    buttons = [_whether_it_holds(insight, words)]
    if history.mergeable:
        buttons.append(button(words.t("Another says the same"), MERGE, insight.id))
    told = [note(text)] if (text := outdated_text(insight, words)) else []
    return [*told, actions(*buttons), note(_what_that_does(insight, words))]


def _whether_it_holds(insight: Insight, words: Words) -> ButtonElement:
    if insight.outdated_at is None:
        return button(words.t("It holds no more"), OUTDATED, insight.id)
    return button(words.t("It holds again"), HOLDS, insight.id)


def _what_that_does(insight: Insight, words: Words) -> str:
    if insight.outdated_at is None:
        return words.t(
            "What holds no more is still found, after what does, and everybody who finds it reads so. Either of you "
            "can say it, alone, and take it back."
        )
    return words.t("Everybody who finds it reads this. Either of you can take it back, alone.")


def _merged(history: InsightHistory, words: Words) -> list[Block]:
    if not history.merged:
        return []
    shown = [
        section(one.behaviour, button(words.t("Take them apart"), APART, one.id))
        for one in history.merged[:MERGED_SHOWN]
    ]
    rest = and_more(len(history.merged) - MERGED_SHOWN, words)
    return [divider(), header(words.t("It stands for these, too")), *shown, *map(note, rest)]


def _earlier(history: InsightHistory, words: Words) -> list[Block]:
    if not history.earlier:
        return []
    shown = [
        block for one in history.earlier[:EDITIONS_SHOWN] for block in _edition(one, history.author, words)
    ]
    rest = and_more(len(history.earlier) - EDITIONS_SHOWN, words)
    read = words.t("Only you and {partner} see these.", partner=words.names(history.partners))
    return [divider(), header(words.t("What it said before")), note(read), *shown, *map(note, rest)]


def _edition(edition: InsightEdition, author: str, words: Words) -> list[Block]:
    day = words.full_day(words.today(edition.created_at))
    short = FORM.lines(_wording(edition), words, before={"tags": how_sure(edition.grade, words)})
    written = words.t("Written by {name}, {day}", name=author, day=day)
    return [fields(*short), *FORM.stories(_wording(edition), words), note(written)]


def _wording(edition: InsightEdition) -> Wording:
    return Wording(edition.situation, edition.behaviour, edition.outcome, edition.tags, edition.grade)


def other_form(data: OtherForm, words: Words) -> View:
    """Which of the pair's other insights says the same?"""
    options = [(one.behaviour, str(one.id)) for one in data.others]
    return form(
        MERGE_NEXT,
        words.t("Two say the same"),
        [
            section(data.insight.behaviour),
            field(OTHER, words.t("Which one says the same?"), select(options), required=True),
            note(words.t("Next come the words for both. Nothing is changed before.")),
        ],
        submit=words.t("Next"),
        close=words.t("Cancel"),
        metadata={"insight_id": data.insight.id},
    )


def parse_other(values: Values) -> tuple[InsightId, InsightId | None]:
    """The one that stays, and the other one, None where none was chosen."""
    chosen = values.option(OTHER)
    return InsightId(values.metadata["insight_id"]), InsightId(id_in(chosen)) if chosen else None


def merge_form(data: MergeForm, words: Words) -> View:
    """The words for both, beginning with what both say."""
    who = words.names(data.partners)
    return form(
        MERGE_KEEP,
        words.t("Two say the same"),
        [
            section(
                words.t("These words stand for both, also for “{behaviour}”.", behaviour=data.other.behaviour)
            ),
            *FORM.inputs(_draft(data.wording, words), words, only=WORDS),
            note(_what_merging_does(who, words)),
        ],
        submit=words.t("Keep as one"),
        close=words.t("Cancel"),
        metadata={"insight_id": data.insight.id, "other_id": data.other.id},
    )


def parse_merge(values: Values) -> MergeInsights:
    metadata = values.metadata
    return MergeInsights(
        InsightId(metadata["insight_id"]), InsightId(metadata["other_id"]), FORM.read(values)
    )


WORDS = ("situation", "behaviour", "outcome", "tags")


def _draft(wording: Wording, words: Words) -> dict[str, object]:
    return {
        one.name: one.as_typed(getattr(wording, one.name), words) for one in FORM.fields if one.name in WORDS
    }


def _what_merging_does(partner: str, words: Words) -> str:
    return words.t(
        "Seen by: you and {partner}. Others read the new words only after {partner} agrees. Both stories stay linked, "
        "and either of you can take the two apart again.",
        partner=partner,
    )
