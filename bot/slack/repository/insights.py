"""Insights: the form, its parser, the card, and the question to the partner who may find it."""

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.domain.errors import ChoiceMissing, NotOurs
from bot.domain.ids import InsightId, PairId, PatternId, ResultId
from bot.domain.insights import (
    FIRST_EDITION,
    TAG_LIMIT,
    Insight,
    SharedInsight,
    Visibility,
    Wording,
    wording_of,
)
from bot.domain.results import Grade
from bot.domain.shown import Shown
from bot.domain.stored import EntryKind
from bot.slack.blocks import Message, actions, button, divider, fields, header, note, section
from bot.slack.fields import FieldList, Line, OneOf, Story, Tags
from bot.slack.forms import Values, checkboxes, field, form, select
from bot.slack.loop.results_grades import sure_text
from bot.slack.payloads import id_in
from bot.slack.privacy import preview_menu
from bot.usecases.repository.insight_cards import InsightCard, InsightWish
from bot.usecases.repository.insights import InsightForm, KeepInsight
from bot.words import Words

KEEP = "insight.keep"
OPEN = "insight.open"
CHANGE = "insight.change"
WHO = "insight.who"
WHO_SAVE = "insight.who_save"
AGREE = "insight.agree"
DECLINE = "insight.decline"
MORE = "insight.more"
SHORTCUT = "insight.shortcut"
CHOSEN_TAGS = "chosen_tags"
TAGS_TEXT_LIMIT = 300
PAIRS_SHOWN = 100  # Slack's select holds no more: the newest


def visibility_text(visibility: Visibility, words: Words) -> str:
    match visibility:
        case Visibility.PAIR:
            return words.t("only us two")
        case Visibility.COHORT:
            return words.t("our cohort")
        case Visibility.WORKSPACE:
            return words.t("everyone here")


# The labels are no beginnings of a sentence, so that they suit whatever form the words have.
FORM = FieldList(
    Insight,
    (
        Line("situation", lambda w: w.t("The situation"), card=lambda w: w.t("The situation")),
        Line("behaviour", lambda w: w.t("What was done"), card=lambda w: w.t("What was done")),
        Story("outcome", lambda w: w.t("What came of it"), card=lambda w: w.t("What came of it")),
        Tags(
            "tags",
            lambda w: w.t("Tags"),
            limit=TAGS_TEXT_LIMIT,
            hint=lambda w: w.t("Up to {count}, with commas between them.", count=TAG_LIMIT),
            card=lambda w: w.t("Tags"),
        ),
        OneOf(
            "visibility",
            lambda w: w.t("Who may find it?"),
            Visibility,
            lambda w: [(visibility_text(option, w), option) for option in Visibility],
            required=True,
        ),
    ),
    besides=(
        "cohort_id", "experiment_id", "result_id", "grade", "edition", "agreed",
        "wished", "wished_by", "wished_edition", "import_id", "source_key", "outdated_at",
        "merged_into",
    ),
)  # fmt: skip


def insight_form(
    data: InsightForm, words: Words, *, sent_as: str = KEEP, pattern_id: PatternId | None = None
) -> View:
    """Situation, what was done, what came of it, drafted where there is something to draft from.

    Args:
        pattern_id: the pattern that is kept with it.
    """
    return form(
        sent_as,
        words.t("An insight"),
        [
            *_before_a_change(data, words),
            *_whose_insight(data, words),
            *FORM.inputs(FORM.draft(data, words), words, before={"visibility": _tags_to_choose(data, words)}),
            note(_who_sees(data.partners, words) if not data.pairs else _who_will_see(words)),
        ],
        submit=words.t("Keep it"),
        close=words.t("Not now"),
        metadata={
            "pair_id": None if data.pairs else data.pair_id,
            "result_id": data.result_id,
            "insight_id": data.insight_id,
            "pattern_id": pattern_id,
        },
    )


def _whose_insight(data: InsightForm, words: Words) -> list[Block]:
    """Nothing is chosen to begin with: a wrong guess would show the words of one pair to another."""
    if not data.pairs:
        return []
    options = [(words.names(pair.names), str(pair.pair_id)) for pair in data.pairs[:PAIRS_SHOWN]]
    return [field("pair", words.t("With whom?"), select(options), required=True)]


def _tags_to_choose(data: InsightForm, words: Words) -> list[Block]:
    """Tags that need no typing."""
    if not data.suggested:
        return []
    tags = checkboxes([(tag, tag) for tag in data.suggested])
    return [field(CHOSEN_TAGS, words.t("Tags that may fit"), tags)]


def _with_chosen(shown: Shown, values: Values) -> Shown:
    """What was shown, with the tags that were chosen behind those that were typed."""
    typed = str(shown.get("tags") or "")
    return {**shown, "tags": ", ".join(filter(None, (typed, *values.options(CHOSEN_TAGS))))}


def parse_insight(values: Values) -> KeepInsight:
    """Raises ChoiceMissing where it could be of several pairs, and none is named."""
    metadata = values.metadata
    chosen = metadata["pair_id"] or values.option("pair")
    if not chosen:
        raise ChoiceMissing(field="pair")
    return KeepInsight(
        pair_id=PairId(id_in(chosen)),
        shown=_with_chosen(FORM.read(values), values),
        result_id=ResultId(metadata["result_id"]) if metadata.get("result_id") else None,
        insight_id=InsightId(metadata["insight_id"]) if metadata.get("insight_id") else None,
    )


def visibility_form(data: InsightForm, words: Words) -> View:
    """Who may find an insight that is there: narrower at once, wider when the partner agrees to what stands here."""
    return form(
        WHO_SAVE,
        words.t("Who may find it?"),
        [
            *all_of(data.wording, words),
            *([note(_ahead_and_saved(data, words))] if data.is_ahead else []),
            *FORM.inputs(FORM.draft(data, words), words, only=("visibility",)),
            note(_who_sees(data.partners, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"insight_id": data.insight_id, "edition": data.edition},
    )


def parse_visibility(values: Values) -> tuple[InsightId, Visibility | None, int]:
    """The insight, the circle, and the edition of the words that the form showed."""
    metadata = values.metadata
    chosen = values.choice("visibility", Visibility)
    return InsightId(metadata["insight_id"]), chosen, id_in(metadata["edition"])


def insight_card(card: InsightCard, words: Words) -> Message:
    """The insight as both of the pair have it."""
    insight = card.insight
    title = (
        words.t("An insight of yours") if card.mine else words.t("An insight of {name}'s", name=card.author)
    )
    blocks: list[Block] = [header(title), *all_of(wording_of(insight), words)]
    return Message(
        f"{title}: {insight.behaviour}",
        [*blocks, actions(*_insight_buttons(card, words)), note(_standing(card, words))],
    )


def _insight_buttons(card: InsightCard, words: Words) -> list[InteractiveElement]:
    more = button(words.t("More about it"), MORE, card.insight.id)
    if card.into is not None:
        return [more]
    who = button(words.t("Who may find it"), WHO, card.insight.id)
    if not card.mine:
        return [who, more]
    change = button(words.t("Change"), CHANGE, card.insight.id)
    return [who, change, more, preview_menu(EntryKind.INSIGHT, card.insight.id, words)]


def outdated_text(insight: Insight | SharedInsight, words: Words) -> str:
    """That it holds no more, as everybody who finds it reads it; "" where it holds."""
    if insight.outdated_at is None:
        return ""
    day = words.full_day(words.today(insight.outdated_at))
    return words.t("Since {day} it is said to hold no more.", day=day)


def consent_question(wish: InsightWish, words: Words) -> Message:
    """The partner is asked before others find an insight, or find it in newer words."""
    card, insight = wish.card, wish.card.insight
    if insight.wished is None or card.my_wish:
        text = _standing(card, words)
        settled = text if card.my_wish else words.t("Settled. {standing}", standing=text)
        return Message(settled, [section(settled), note(insight.behaviour)])
    answer = f"{insight.id}:{insight.wished}:{insight.edition}"
    text = _asking(card, insight.wished, words)
    return Message(
        text,
        [
            section(text),
            *all_of(wording_of(insight), words),
            *_read_until_now(card, words),
            actions(
                button(words.t("Yes, that is fine"), AGREE, answer, style="primary"),
                button(words.t("Keep it as it is"), DECLINE, answer),
            ),
            note(_what_a_yes_does(card, words)),
        ],
    )


def parse_wish(value: str) -> tuple[InsightId, Visibility, int]:
    """Which insight an answer is for, which circle was asked about, and which edition of the words was read.

    Questions of before there were editions showed the first. Raises NotOurs for what no button of ours says.
    """
    insight, _, rest = value.partition(":")
    asked, _, edition = rest.partition(":")
    try:
        return InsightId(id_in(insight)), Visibility(asked), id_in(edition or FIRST_EDITION)
    except ValueError as error:
        raise NotOurs("insight") from error


def all_of(wording: Wording, words: Words) -> list[Block]:
    """All that others would read of it."""
    short = FORM.lines(wording, words, before={"tags": how_sure(wording.grade, words)})
    return [fields(*short), *FORM.stories(wording, words)]


def how_sure(grade: Grade, words: Words) -> list[tuple[str, str]]:
    """The line of it, which stands before the tags."""
    return [(words.t("How sure is it?"), sure_text(grade, words))]


def _read_until_now(card: InsightCard, words: Words) -> list[Block]:
    """What others read now, where that is something else."""
    if card.shared is None or wording_of(card.shared) == wording_of(card.insight):
        return []
    return [
        divider(),
        section(words.t("What others read until now:")),
        *all_of(wording_of(card.shared), words),
    ]


def _before_a_change(data: InsightForm, words: Words) -> list[Block]:
    """Said before anything is sent: a change is not read by others at once."""
    if data.found_by is Visibility.PAIR:
        return []
    text = words.t(
        "Found by: {who}. If you change something, others keep reading the words that you both agreed to, until "
        "{partner} has read yours and agreed. Choosing fewer people works at once.",
        who=visibility_text(data.found_by, words),
        partner=words.names(data.partners),
    )
    return [section(text)]


def _ahead_and_saved(data: InsightForm, words: Words) -> str:
    return words.t(
        "Others still read earlier words. If you keep “{who}” or choose more people, you say that they may read these.",
        who=visibility_text(data.found_by, words),
    )


def _who_sees(partners: tuple[str, ...], words: Words) -> str:
    return words.t(
        "Seen by: you and {partner}. A wider circle finds it only after {partner} agrees, and either of you can "
        "narrow it again. Messages you kept as evidence are never shown with it.",
        partner=words.names(partners),
    )


def _who_will_see(words: Words) -> str:
    return words.t(
        "Seen by: you and whom you pick above. A wider circle finds it only after they agree, and either of you can "
        "narrow it again. Messages you kept as evidence are never shown with it."
    )


def _standing(card: InsightCard, words: Words) -> str:
    """Who finds it, in which words, whether it holds, and what is asked."""
    insight = card.insight
    if card.into is not None:
        return words.t(
            "“{behaviour}” stands for it, and is found in its place.", behaviour=card.into.behaviour
        )
    found = " ".join(filter(None, (_finds(insight, words), outdated_text(insight, words))))
    if insight.wished is None:
        return found
    asked = _is_asked(card, insight.wished, words)
    return f"{found} {asked}"


def _finds(insight: Insight, words: Words) -> str:
    who = visibility_text(insight.visibility, words)
    if insight.is_ahead:
        return words.t("Found by: {who}, in the words that you both agreed to earlier.", who=who)
    return words.t("Found by: {who}.", who=who)


def _is_asked(card: InsightCard, wished: Visibility, words: Words) -> str:
    wish = visibility_text(wished, words)
    if card.my_wish:
        partner = words.names(card.partners)
        if card.insight.is_ahead:
            return words.t("{partner} is asked about the new words, for: {wish}.", partner=partner, wish=wish)
        return words.t("{partner} is asked about: {wish}.", partner=partner, wish=wish)
    if card.insight.is_ahead:
        return words.t("{name} asks you about the new words, for: {wish}.", name=card.asked_by, wish=wish)
    return words.t("{name} asks you about: {wish}.", name=card.asked_by, wish=wish)


def _asking(card: InsightCard, wished: Visibility, words: Words) -> str:
    who = visibility_text(wished, words)
    if not card.insight.is_ahead:
        return words.t(
            "{name} would like this insight to be found by {who}. Is that fine with you?",
            name=card.asked_by,
            who=who,
        )
    if card.mine:
        return words.t(
            "You changed this insight. {name} would like the new words to be found by {who}. "
            "Is that fine with you?",
            name=card.asked_by,
            who=who,
        )
    return words.t(
        "{name} changed this insight, and would like the new words to be found by {who}. Is that fine with you?",
        name=card.asked_by,
        who=who,
    )


def _what_a_yes_does(card: InsightCard, words: Words) -> str:
    insight = card.insight
    if insight.wished_edition != insight.edition:
        return words.t(
            "You changed the words since {name} asked. If you say yes, {name} reads the new ones before others do.",
            name=card.asked_by,
        )
    if insight.is_ahead:
        return words.t(
            "Until you answer, others keep reading the old words. Either of you can take it back at any time, alone."
        )
    return words.t("Until you answer, nothing changes. Either of you can narrow it again at any time, alone.")
