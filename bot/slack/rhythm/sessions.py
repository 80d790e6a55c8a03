"""After a talk: the form, its parser, and the card for both."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.texts import STORY_LIMIT
from bot.slack.blocks import Message, actions, and_more, clip, header, note, section, titled
from bot.slack.forms import Values, chosen_pair, day_picker, field, form, select, text_box
from bot.slack.home.commands import run_button
from bot.usecases.rhythm.sessions import SessionCard, TalkedForm, TellSession
from bot.words import Words

TELL = "session.tell"
LINE, LISTED = 150, 10


def talked_form(data: TalkedForm, words: Words) -> View:
    """What do you take away? The rest is optional."""
    pair_id, partners, agenda = data.pairs[0]
    choices = [(words.names(names), str(pair)) for pair, names, _ in data.pairs]
    several = len(choices) > 1
    with_whom = [field("pair", words.t("With whom?"), select(choices, str(pair_id)))] if several else []
    seen_by = words.t("the one you talked with") if several else words.names(partners)
    return form(
        TELL,
        words.t("After a talk"),
        [
            *with_whom,
            *_agenda(agenda if not several else (), words),
            field(
                "takeaway",
                words.t("What do you take away?"),
                text_box(limit=STORY_LIMIT, multiline=True),
                required=True,
            ),
            field("next_date", words.t("When do you talk next?"), day_picker()),
            note(
                words.t("Seen by: you and {name}. It counts as this round's check-in for both.", name=seen_by)
            ),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"pair_id": pair_id},
    )


def parse_session(values: Values) -> TellSession:
    return TellSession(chosen_pair(values), values.text("takeaway"), values.day("next_date"))


def session_card(card: SessionCard, words: Words) -> Message:
    """What was taken away, with the way to the next try."""
    title = words.t("You talked") if card.mine else words.t("{name} told about your talk", name=card.teller)
    blocks: list[Block] = [header(title), section(card.session.takeaway)]
    if card.session.next_date is not None:
        blocks.append(section(words.t("Next talk: {day}", day=words.day(card.session.next_date))))
    if card.learns:
        blocks.append(actions(run_button(words.t("Try something"), "try", style="primary")))
    done = words.t("This round is done for both of you. Seen by: you two.")
    return Message(f"{title}: {card.session.takeaway}", [*blocks, note(done)])


def _agenda(agenda: tuple[str, ...], words: Words) -> list[Block]:
    if not agenda:
        return []
    lines = [f"• {clip(line, LINE)}" for line in agenda[:LISTED]]
    lines += and_more(len(agenda) - LISTED, words)
    return [titled(words.t("On your agenda:"), "\n".join(lines))]
