"""Evidence: what is read from a message, the form, and the list of what is kept with an experiment."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.evidence import WORDS_LIMIT, Evidence, EvidenceKind, EvidenceNumber
from bot.domain.ids import ExperimentId, PairId
from bot.domain.stored import EntryKind
from bot.slack.blocks import Message, actions, button, divider, link, note, person, rich, say, section
from bot.slack.fields import NOTHING, Day, FieldList, Line, Number, OneOf, Story
from bot.slack.forms import Values, field, form, panel, select
from bot.slack.loop.experiments import EVIDENCE
from bot.slack.loop.readings import replaced_text
from bot.slack.loop.two_lines import ASK
from bot.slack.payloads import id_in, part_of
from bot.slack.posts import words_of
from bot.slack.privacy import preview_menu
from bot.slack.typed import mentioned, readable
from bot.usecases.loop.evidence import EvidenceForm, EvidenceList, Piece, Saved, SaveEvidence, Target
from bot.words import Words

SHORTCUT = "evidence.shortcut"
OPEN = "evidence.open"
SAVE = "evidence.save"
REMOVE = "evidence.remove"
LIST = EVIDENCE

PIECES_SHOWN = 15

FORM = FieldList(
    Evidence,
    (
        Story(
            "text",
            lambda w: w.t("What shows it?"),
            hint=lambda w: w.t("What somebody said, a number, what you saw."),
        ),
        Story("note", lambda w: w.t("A note"), card=lambda w: w.t("Note")),
        Line("link", lambda w: w.t("A link")),
        OneOf(
            "kind",
            lambda w: w.t("What is it?"),
            EvidenceKind,
            lambda w: [
                (w.t("Something that was made"), EvidenceKind.WORK),
                (w.t("A number"), EvidenceKind.NUMBER),
                (w.t("Somebody's words"), EvidenceKind.WORDS),
                (w.t("Seen myself"), EvidenceKind.SEEN),
            ],
            card=lambda w: w.t("What it is"),
        ),
    ),
    besides=("said_by", "experiment_id"),
)
# Asked for where there is a number that can be noted with it.
NUMBER = FieldList(
    EvidenceNumber,
    (
        Line("number_name", lambda w: w.t("Which number does it show?")),
        Number("number_value", lambda w: w.t("Its value")),
        Day(
            "number_day",
            lambda w: w.t("On which day?"),
            hint=lambda w: w.t("Today, unless you choose another."),
        ),
    ),
)


@dataclass(frozen=True)
class MessageCopy:
    """A message as Slack hands it over with the shortcut; nothing else of its channel is ever read."""

    text: str
    said_by: str = ""
    link: str = ""

    @property
    def mentioned(self) -> tuple[str, ...]:
        """The Slack user ids of those whom it mentions."""
        return mentioned(self.text)


def parse_message(body: Mapping[str, Any]) -> MessageCopy:
    """The message of a message shortcut. Its link is built from the payload, so that no scope is needed."""
    message = part_of(body, "message")
    ts = str(message.get("ts") or "")
    domain, channel = part_of(body, "team").get("domain"), part_of(body, "channel").get("id")
    url = (
        f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}" if domain and channel else ""
    )
    thread = str(message.get("thread_ts") or ts)
    inside = f"?thread_ts={thread}&cid={channel}" if url and thread != ts else ""
    return MessageCopy(words_of(message), str(message.get("user") or ""), url + inside)


def as_words(copy: MessageCopy, names: Mapping[str, str], words: Words) -> str:
    """What the message said, with names where they are known."""
    someone = dict.fromkeys(copy.mentioned, words.t("someone"))
    return readable(copy.text, someone | dict(names))


def evidence_form(data: EvidenceForm, words: Words, copy: MessageCopy | None = None) -> View:
    """The form: the words are required, and whatever need not be kept can be cut out of them."""
    copied, asked, only = "", FORM, None
    if copy is not None:  # its link comes with it
        copied, only = as_words(copy, data.names, words), ("text", "note", "kind")
        asked = FORM.saying("text", label=lambda w: w.t("The words to keep"), hint=lambda w: _hint(copied, w))
    return form(
        SAVE,
        words.t("Save as evidence"),
        [
            *asked.inputs({"text": copied}, words, only=only, before={"note": _where(data, words)}),
            *_number_inputs(data, words),
            note(_evidence_seen_by(data, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={
            "target": _to_begin_with(data),
            "said_by": copy.said_by if copy else "",
            "link": copy.link if copy else "",
        },
    )


def parse_evidence(values: Values, locale: str = "") -> SaveEvidence:
    """The form's fields; NumberNotUnderstood for a number in words."""
    subject = values.metadata
    pair, _, experiment = (values.option("target") or str(subject["target"])).partition(":")
    copied = {"link": str(subject["link"])} if subject["link"] else {}
    return SaveEvidence(
        {**FORM.read(values), "said_by": str(subject["said_by"]), **copied},
        pair_id=PairId(id_in(pair)) if pair.isdecimal() else None,
        experiment_id=ExperimentId(id_in(experiment)) if experiment.isdecimal() else None,
        number=NUMBER.read(values, locale),
    )


def saved_message(
    saved: Saved, words: Words, *, noted: bool = False, before: Decimal | None = None
) -> Message:
    """What was saved, where it is found, and how it is taken away again.

    Args:
        noted: whether a number was noted with it.
        before: the value of that day of which it took the place.
    """
    seen = words.t("Seen by: you and {partner}, and nobody else.", partner=words.names(saved.partners))
    if noted:
        stays = words.t("The number is noted, and stays if you remove this.")
        told = [stays] if before is None else [stays, replaced_text(before, words)]
        seen = "\n".join([*told, seen])
    if saved.experiment is None:
        text = words.t("Saved with the goal. You both find it with /loop find.")
        return Message(text, [section(text), note(seen)])
    text = words.t("Saved with “{behaviour}”. The card counts it.", behaviour=saved.experiment.behaviour)
    look = button(words.t("Look at it, or remove it"), LIST, saved.experiment.id)
    return Message(text, [section(text), actions(look), note(seen)])


def evidence_panel(data: EvidenceList, words: Words) -> View:
    """What is kept with an experiment, each piece with its source; one's own can be removed."""
    blocks: list[Block] = [section(words.t("Kept with “{behaviour}”", behaviour=data.experiment.behaviour))]
    for piece in data.pieces[:PIECES_SHOWN]:
        blocks += _piece(piece, words)
    if not data.pieces:
        blocks.append(
            section(
                words.t("Nothing yet. A message, a number, or what somebody said can show that it works.")
            )
        )
    if (earlier := len(data.pieces) - PIECES_SHOWN) > 0:
        told = words.n(
            "{count} earlier piece: /loop find has it.",
            "{count} earlier pieces: /loop find has them.",
            earlier,
        )
        blocks.append(note(told))
    blocks.append(actions(*_more_evidence(data, words)))
    seen = words.t("Seen by: you and {partner}, and nobody else.", partner=words.names(data.partners))
    how = words.t("To keep a message, open its menu in Slack and choose “Save as evidence”.")
    blocks.append(note(f"{seen}\n{how}"))
    return panel(words.t("Evidence"), blocks, close=words.t("Close"))


def _number_inputs(data: EvidenceForm, words: Words) -> list[Block]:
    """What is noted here is a value of a number of one's own; which there are, the form says."""
    if not data.numbers:
        return []
    hint = words.t("It is noted as a value of: {names}.", names=words.names(data.numbers))
    return NUMBER.saying("number_name", hint=lambda _: hint).inputs(NOTHING, words)


def _more_evidence(data: EvidenceList, words: Words) -> list[ButtonElement]:
    """Whoever tries it may also ask somebody who was there."""
    add = button(words.t("Add evidence"), OPEN, data.experiment.id, style="primary")
    if not data.may_ask:
        return [add]
    return [add, button(words.t("Ask somebody for two lines"), ASK, data.experiment.id)]


def _hint(copied: str, words: Words) -> str:
    if len(copied) > WORDS_LIMIT:
        return words.t(
            "The message is longer than the {limit} characters that fit; the rest is behind its link.",
            limit=words.number(WORDS_LIMIT),
        )
    return words.t("Cut what need not be kept.")


def _where(data: EvidenceForm, words: Words) -> list[Block]:
    if len(data.targets) == 1:
        return []
    choices = [(_name(target, data, words), _value(target)) for target in data.targets[:100]]
    first = _to_begin_with(data) or None
    element = select(choices, first)
    return [field("target", words.t("What does it belong to?"), element, required=first is None)]


def _to_begin_with(data: EvidenceForm) -> str:
    """Nothing where it may be of several pairs: a wrong guess would show the words of one to another."""
    several = len({one.pair_id for one in data.targets}) > 1
    return "" if several else _value(data.targets[0])


def _name(target: Target, data: EvidenceForm, words: Words) -> str:
    owner = words.names(target.owner)
    if target.experiment is not None:
        behaviour = target.experiment.behaviour
        if owner:
            return words.t("{name}: “{behaviour}”", name=owner, behaviour=behaviour)
        return behaviour
    if owner:
        return words.t("{name}: the goal only", name=owner)
    if len({one.pair_id for one in data.targets}) > 1:
        return words.t("My goal only (with {partner})", partner=words.names(target.partners))
    return words.t("My goal only")


def _value(target: Target) -> str:
    return f"{target.pair_id}:{target.experiment.id if target.experiment else ''}"


def _evidence_seen_by(data: EvidenceForm, words: Words) -> str:
    partners = {target.partners for target in data.targets}
    if len(partners) > 1:
        seen = words.t("Seen by: you and the partner it belongs to, and nobody else.")
    else:
        seen = words.t("Seen by: you and {partner}, and nobody else.", partner=words.names(*partners))
    never = words.t("It is never shown with an insight, whoever may find that.")
    return f"{seen}\n{never}"


def _piece(piece: Piece, words: Words) -> list[Block]:
    evidence = piece.evidence
    day = words.full_day(words.today(evidence.created_at))
    about = words.t("Kept by {name}, {day}", name=piece.keeper, day=day)
    blocks: list[Block] = [divider(), section(evidence.text), *FORM.blocks(evidence, words)]
    source = [say(about)]
    if evidence.said_by:
        source += [say(" · "), say(words.t("Said by")), say(" "), person(evidence.said_by)]
    if evidence.link:
        source += [say(" · "), link(words.t("Open the source"), evidence.link)]
    blocks.append(rich(*source))
    if piece.mine:
        preview = preview_menu(EntryKind.EVIDENCE, evidence.id, words)
        blocks.append(actions(button(words.t("Remove"), REMOVE, evidence.id), preview))
    return blocks
