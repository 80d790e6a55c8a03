"""Two lines, written: the form, what the pair reads, and what whoever wrote them keeps."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.ids import StakeholderAskId, TwoLinesId
from bot.domain.two_lines import Quotable, TwoLines
from bot.slack.blocks import Message, actions, button, clip, header, note, section, titled
from bot.slack.fields import NOTHING, FieldList, OneOf, Story
from bot.slack.forms import Values, form
from bot.slack.loop.next_steps import try_button
from bot.slack.loop.two_lines import read_by
from bot.slack.payloads import id_in
from bot.slack.wording import changed_lines, taken_back_message
from bot.usecases.loop.two_lines_answering import AnswerForm, LinesCard, LinesSent
from bot.words import Words

TELL = "lines.tell"
CHANGE = "lines.change"
TAKE_BACK = "lines.take_back"
TITLE = 100  # of what was written, in a line

FORM = FieldList(
    TwoLines,
    (
        Story(
            "helped",
            lambda w: w.t("What helped?"),
            hint=lambda w: w.t("One of the two is enough, and so is a line."),
            card=lambda w: w.t("What helped"),
        ),
        Story(
            "helps_more",
            lambda w: w.t("What would have helped more?"),
            card=lambda w: w.t("What would have helped more"),
        ),
        OneOf(
            "quotable",
            lambda w: w.t("May I be quoted in the portfolio?"),
            Quotable,
            lambda w: [
                (w.t("No, it stays with those who read it here"), Quotable.NO),
                (w.t("Yes, under my name"), Quotable.YES),
            ],
        ),
    ),
    besides=(
        "to_id", "stakeholder_ask_id", "question", "goal_id", "experiment_id", "changed_at", "taken_back_at",
    ),
)  # fmt: skip


def answer_form(data: AnswerForm, words: Words) -> View:
    """Two texts, one of which is needed; who reads them stands below."""
    draft = FORM.draft(data.lines, words) if data.lines else NOTHING
    return form(
        TELL,
        words.t("Two lines"),
        [
            titled(words.t("{name} asks", name=data.asker), data.ask.question),
            *FORM.inputs(draft, words),
            note(_whose_portfolio(data, words)),
        ],
        submit=words.t("Save") if data.lines else words.t("Send"),
        close=words.t("Cancel"),
        metadata={"ask_id": data.ask.id, "lines_id": data.lines.id if data.lines else None},
    )


def answered_ask(values: Values) -> StakeholderAskId:
    return StakeholderAskId(id_in(values.metadata["ask_id"]))


def changed_two_lines(values: Values) -> TwoLinesId | None:
    """The lines that the form changes; None where it sends new ones."""
    found = values.metadata.get("lines_id")
    return TwoLinesId(found) if found else None


def lines_card(card: LinesCard, words: Words) -> Message:
    """What somebody wrote, as the one who asked and whoever mentors them read it."""
    lines = card.lines
    if lines.taken_back_at is not None:
        taken = words.t("{name} took back what they wrote.", name=card.writer)
        return taken_back_message(taken, _below_lines(card, words))
    title = (
        words.t("{name} wrote you two lines", name=card.writer)
        if card.mine
        else words.t("{name} wrote two lines to {asker}", name=card.writer, asker=card.asker)
    )
    blocks: list[Block] = [header(title), titled(words.t("The question"), lines.question)]
    blocks += FORM.stories(lines, words)
    if card.mine:
        blocks.append(actions(try_button(card.next_try, words)))
    return Message(f"{title}: {_first(lines)}", [*blocks, note(_below_lines(card, words))])


def lines_sent(card: LinesSent, words: Words) -> Message:
    """What I wrote, as I keep it myself."""
    lines, reads = card.lines, read_by(card.readers, card.asker, words)
    if lines.taken_back_at is not None:
        text = words.t("You took this back. {name} reads only that.", name=card.asker)
        return taken_back_message(text, words.t("The words are gone for everybody."))
    buttons = [button(words.t("Change"), CHANGE, lines.id)]
    later = words.t("You can change it; then they read that it was changed.")
    if card.until is not None:
        buttons.append(button(words.t("Take it back"), TAKE_BACK, lines.id))
        later = words.t("Until {moment} you can change it or take it back.", moment=words.moment(card.until))
    title = words.t("Thank you. You wrote {name} two lines", name=card.asker)
    told = [*FORM.stories(lines, words), section(_quoted(lines, card.asker, words))]
    below = note("\n".join([*changed_lines(lines.changed_at, words), reads, later]))
    return Message(title, [header(title), *told, actions(*buttons), below])


def _first(lines: TwoLines) -> str:
    return clip(lines.helped or lines.helps_more, TITLE)


def _whose_portfolio(data: AnswerForm, words: Words) -> str:
    quoted = words.t(
        "A portfolio is what {name} can show others of their learning; without your yes, no word of yours is in it.",
        name=data.asker,
    )
    return f"{read_by(data.readers, data.asker, words)} {quoted}"


def _quoted(lines: TwoLines, asker: str, words: Words) -> str:
    if lines.quotable is Quotable.YES:
        return words.t("{name} may quote it in a portfolio, under your name.", name=asker)
    return words.t("No portfolio that is made from now on quotes it.")


def _below_lines(card: LinesCard, words: Words) -> str:
    """What it was asked about, whether it was changed, and who reads it."""
    about = [words.t("About: {behaviour}", behaviour=clip(card.about, TITLE))] if card.about else []
    may_stand = card.lines.quotable is Quotable.YES and card.lines.taken_back_at is None
    quoted = [words.t("It may stand in the portfolio.")] if may_stand else []
    seen = words.t("Read by: {people} and you, and nobody else.", people=words.names(card.others))
    return "\n".join([*about, *changed_lines(card.lines.changed_at, words), *quoted, seen])
