"""Insights: the form, its parser, the card, and the question to the partner who may find it."""

from slack_sdk.models.blocks import Block, InputInteractiveElement
from slack_sdk.models.views import View

from bot.domain.errors import NotFound
from bot.domain.ids import InsightId, PairId, ResultId
from bot.domain.insights import TAG_LIMIT, Visibility
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack.blocks import Message, actions, button, fields, header, note, section, titled
from bot.slack.forms import Values, field, form, radio, text_box
from bot.slack.ids import id_in
from bot.slack.results import sure_text
from bot.usecases.insights import InsightCard, InsightForm, InsightWish, KeepInsight
from bot.words import Words

KEEP = "insight.keep"
OPEN = "insight.open"
CHANGE = "insight.change"
WHO = "insight.who"
WHO_SAVE = "insight.who_save"
AGREE = "insight.agree"
DECLINE = "insight.decline"
SHORTCUT = "insight.shortcut"
TAGS_TEXT_LIMIT = 300


def insight_form(data: InsightForm, words: Words) -> View:
    """The form “when …, doing … led to …”, drafted where there is something to draft from."""
    return form(
        KEEP,
        words.t("An insight"),
        [
            field(
                "situation",
                words.t("When … (the situation)"),
                text_box(initial=data.situation, limit=TEXT_LIMIT),
            ),
            field(
                "behaviour",
                words.t("doing … (what was done)"),
                text_box(initial=data.behaviour, limit=TEXT_LIMIT),
                required=True,
            ),
            field(
                "outcome",
                words.t("led to … (what came of it)"),
                text_box(initial=data.outcome, limit=STORY_LIMIT, multiline=True),
                required=True,
            ),
            field(
                "tags",
                words.t("Tags"),
                text_box(initial=", ".join(data.tags), limit=TAGS_TEXT_LIMIT),
                hint=words.t("Up to {count}, with commas between them.", count=TAG_LIMIT),
            ),
            field(
                "visibility",
                words.t("Who may find it?"),
                _visibility_choice(data.visibility, words),
                required=True,
            ),
            note(_who_sees(data.partners, words)),
        ],
        submit=words.t("Keep it"),
        close=words.t("Not now"),
        metadata={"pair_id": data.pair_id, "result_id": data.result_id, "insight_id": data.insight_id},
    )


def parse_insight(values: Values) -> KeepInsight:
    metadata = values.metadata
    return KeepInsight(
        pair_id=PairId(metadata["pair_id"]),
        situation=values.text("situation"),
        behaviour=values.text("behaviour"),
        outcome=values.text("outcome"),
        tags=values.text("tags"),
        visibility=values.choice("visibility", Visibility),
        result_id=ResultId(metadata["result_id"]) if metadata.get("result_id") else None,
        insight_id=InsightId(metadata["insight_id"]) if metadata.get("insight_id") else None,
    )


def visibility_form(data: InsightForm, words: Words) -> View:
    """Who may find an insight that is there: narrower at once, wider when the partner agrees."""
    return form(
        WHO_SAVE,
        words.t("Who may find it?"),
        [
            section(data.behaviour),
            field(
                "visibility",
                words.t("Who may find it?"),
                _visibility_choice(data.visibility, words),
                required=True,
            ),
            note(_who_sees(data.partners, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"insight_id": data.insight_id},
    )


def parse_visibility(values: Values) -> tuple[InsightId, Visibility | None]:
    return InsightId(values.metadata["insight_id"]), values.choice("visibility", Visibility)


def visibility_text(visibility: Visibility, words: Words) -> str:
    match visibility:
        case Visibility.PAIR:
            return words.t("only us two")
        case Visibility.COHORT:
            return words.t("our cohort")
        case Visibility.WORKSPACE:
            return words.t("everyone here")


def insight_card(card: InsightCard, words: Words) -> Message:
    """The insight as both of the pair have it."""
    insight = card.insight
    title = (
        words.t("An insight of yours") if card.mine else words.t("An insight of {name}'s", name=card.author)
    )
    rows = [
        (words.t("When"), insight.situation),
        (words.t("Doing"), insight.behaviour),
        (words.t("How sure is it?"), sure_text(insight.grade, words)),
        (words.t("Tags"), ", ".join(insight.tags)),
    ]
    blocks: list[Block] = [
        header(title),
        fields(*[(name, value) for name, value in rows if value]),
        titled(words.t("Led to"), insight.outcome),
    ]
    buttons = [button(words.t("Who may find it"), WHO, insight.id)]
    if card.mine:
        buttons.append(button(words.t("Change"), CHANGE, insight.id))
    return Message(
        f"{title}: {insight.behaviour}", [*blocks, actions(*buttons), note(_found_by(card, words))]
    )


def consent_question(wish: InsightWish, words: Words) -> Message:
    """The partner is asked before an insight can be found by more people."""
    card, insight = wish.card, wish.card.insight
    if insight.wished is None:
        text = words.t("Settled. Found by: {who}.", who=visibility_text(insight.visibility, words))
        return Message(text, [section(text), note(insight.behaviour)])
    who = visibility_text(insight.wished, words)
    answer = f"{insight.id}:{insight.wished}"
    text = words.t(
        "{name} would like this insight to be found by {who}. Is that fine with you?",
        name=card.asked_by,
        who=who,
    )
    return Message(
        text,
        [
            section(text),
            fields((words.t("Doing"), insight.behaviour)),
            titled(words.t("Led to"), insight.outcome),
            actions(
                button(words.t("Yes, that is fine"), AGREE, answer, style="primary"),
                button(words.t("Keep it as it is"), DECLINE, answer),
            ),
            note(
                words.t(
                    "Until you answer, nothing changes. Either of you can narrow it again at any time, alone."
                )
            ),
        ],
    )


def parse_wish(value: str) -> tuple[InsightId, Visibility]:
    """Which insight an answer is for, and which circle was asked about; NotFound for what no button of ours says."""
    insight, _, asked = value.partition(":")
    try:
        return InsightId(id_in(insight)), Visibility(asked)
    except ValueError as error:
        raise NotFound("insight") from error


def _visibility_choice(chosen: Visibility, words: Words) -> InputInteractiveElement:
    return radio([(visibility_text(option, words), option) for option in Visibility], chosen)


def _who_sees(partners: tuple[str, ...], words: Words) -> str:
    return words.t(
        "Seen by: you and {partner}. A wider circle finds it only after {partner} agrees, and either of you can "
        "narrow it again. Messages you kept as evidence are never shown with it.",
        partner=words.names(partners),
    )


def _found_by(card: InsightCard, words: Words) -> str:
    insight = card.insight
    who = visibility_text(insight.visibility, words)
    if insight.wished is None:
        return words.t("Found by: {who}.", who=who)
    wish = visibility_text(insight.wished, words)
    if card.my_wish:
        asked = words.names(card.partners)
        return words.t(
            "Found by: {who}. {partner} is asked about: {wish}.", who=who, wish=wish, partner=asked
        )
    return words.t("Found by: {who}. {name} asks you about: {wish}.", who=who, wish=wish, name=card.asked_by)
