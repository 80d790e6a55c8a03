"""Suggesting a try: its form, the parser of that form, and the question for whom it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock
from slack_sdk.models.views import View

from bot.domain.errors import ChoiceMissing
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.suggestions import OPEN_LIMIT, ROWS_LIMIT, SuggestedAfter, Suggestion
from bot.slack.blocks import Message, actions, button, divider, note, section
from bot.slack.fields import NOTHING, FieldList, Line, Story, Typed
from bot.slack.forms import Values, checkboxes, form
from bot.slack.forms import field as an_input
from bot.slack.home.commands import run_button
from bot.slack.loop.shelf import filling, shelf_field, with_turn
from bot.slack.payloads import id_in, part_of
from bot.slack.privacy import programme_in_short
from bot.usecases.loop.suggestions import After, Row, Suggest, SuggestForm, WhichPartner
from bot.words import Words

SEND = "suggestion.send"
AFTER_RESULT = "suggestion.after_result"
AFTER_ASK = "suggestion.after_ask"
ANOTHER = "suggestion.another"
SHELF = "suggestion.shelf"
QUICK = "quick"
BUTTONS_IN_A_ROW = 25  # docs.slack.dev/reference/block-kit/blocks/actions-block

FORM = FieldList(
    Suggestion,
    (
        Line(
            "behaviour",
            lambda w: w.t("I suggest that you …"),
            placeholder=lambda w: w.t("ask one open question before you answer"),
            card=lambda w: w.t("Try"),
        ),
        Line("situation", lambda w: w.t("when …"), card=lambda w: w.t("When")),
        Line("sign", lambda w: w.t("A sign that it works"), card=lambda w: w.t("A sign that it works")),
        Story("steps", lambda w: w.t("Steps"), card=lambda w: w.t("Steps")),
    ),
    besides=(
        "to_id", "expires_at", "quick", "source_kind", "source_id", "shelf_id", "first_id", "state", "experiment_id",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """What stands in the form: a row for each suggestion, and how often the shelf has filled one."""

    rows: tuple[Typed, ...] = (NOTHING,)
    quick: bool = False
    turn: int = 0


def suggest_form(data: SuggestForm, words: Words, draft: Draft | None = None) -> View:
    """Only the first field is required; *Another* asks for up to three."""
    draft = draft or Draft()
    rows = [block for number, row in enumerate(draft.rows, 1) for block in _row(number, row, data, words)]
    more = len(draft.rows) < min(ROWS_LIMIT, OPEN_LIMIT - len(data.open_now))
    blocks = [
        *with_turn(rows, draft.turn),
        *([actions(button(words.t("Another"), ANOTHER))] if more else []),
        _quick(words, chosen=draft.quick),
        note(_suggested_to(data, words)),
    ]
    return form(
        SEND,
        words.t("Suggest a try"),
        blocks,
        submit=words.t("Suggest it"),
        close=words.t("Cancel"),
        metadata={
            "pair_id": data.pair_id,
            "to_id": data.to.id,
            "after": data.after.kind,
            "after_id": data.after.id,
            "rows": len(draft.rows),
            "turn": draft.turn,
        },
    )


def read_draft(values: Values) -> Draft:
    """What stands in the form now, as it was typed."""
    rows = tuple(FORM.typed(_one(values, number)) for number in _rows_shown(values))
    return Draft(rows, QUICK in values.options(QUICK), id_in(values.metadata["turn"]))


def with_another(draft: Draft) -> Draft:
    return replace(draft, rows=(*draft.rows, NOTHING)[:ROWS_LIMIT])


def filled(draft: Draft, number: int, shelf_id: str, words: Words) -> Draft:
    """The same with a written try in one of its rows, counted from 1."""
    texts = filling(shelf_id, words)
    rows = tuple({**row, **texts} if at == number else row for at, row in enumerate(draft.rows, 1))
    return replace(draft, rows=rows, turn=draft.turn + 1)


def parse_suggestions(values: Values) -> Suggest:
    """What the form sends, each row with the number of its fields. Raises ChoiceMissing, FormGone, NotOurs."""
    pair, to, after = whom(values)
    rows = tuple(
        Row(number, FORM.read(_one(values, number)), values.option(f"shelf_{number}"))
        for number in _rows_shown(values)
    )
    return Suggest(pair, to, rows, quick=QUICK in values.options(QUICK), after=after)


def whom(values: Values) -> tuple[PairId, MemberId, After]:
    """To whom, in which pair, and after what."""
    data = values.metadata
    try:
        kind = SuggestedAfter(str(data["after"]))
    except ValueError as error:
        raise ChoiceMissing from error
    return (
        PairId(id_in(data["pair_id"])),
        MemberId(id_in(data["to_id"])),
        After(kind, id_in(data["after_id"])),
    )


def chosen_row(block_id: str) -> int:
    """In which row something was chosen from the shelf."""
    return id_in(block_id.rpartition("_")[2])


def which_partner(which: WhichPartner, words: Words) -> Message:
    """A button for each person to whom something could be suggested."""
    text = words.t("For whom is it?")
    people = which.partners
    chunks = [people[at : at + BUTTONS_IN_A_ROW] for at in range(0, len(people), BUTTONS_IN_A_ROW)]
    return Message(
        text, [section(text), *(actions(*(_suggest_to(one) for one in chunk)) for chunk in chunks)]
    )


def _suggest_to(partner: Member) -> ButtonElement:
    return run_button(partner.name, f"suggest <@{partner.user_id}>")


def _row(number: int, row: Typed, data: SuggestForm, words: Words) -> list[Block]:
    """One suggestion; of the further ones nothing is required, and what stays empty is not sent."""
    inputs = FORM.inputs(row, words)
    for block in inputs:
        block.block_id = f"{block.block_id}_{number}"
        if number > 1 and isinstance(block, InputBlock):
            block.optional = True
    shelf = shelf_field(f"shelf_{number}", data.goal, words, action_id=SHELF)
    return [*([divider()] if number > 1 else []), *inputs, shelf]


def _quick(words: Words, *, chosen: bool) -> Block:
    option = (words.t("For the next three days; “Did it” is all the answer"), QUICK)
    return an_input(QUICK, words.t("A quick one?"), checkboxes([option], [QUICK] if chosen else []))


def _suggested_to(data: SuggestForm, words: Words) -> str:
    name = data.to.name
    lines = [words.t("Goes to {name} at once, who makes it theirs or leaves it.", name=name)]
    if waiting := len(data.open_now):
        lines.append(
            words.n("{count} from before is still open.", "{count} from before are still open.", waiting)
        )
    seen = words.t("Seen by: {name} and you.", name=name)
    return "\n".join([*lines, f"{seen} {programme_in_short(words)}"])


def _rows_shown(values: Values) -> range:
    """The rows that the form shows, counted from 1."""
    return range(1, min(id_in(values.metadata["rows"]), ROWS_LIMIT) + 1)


def _one(values: Values, number: int) -> Values:
    """One row as if it were a form of its own, with the names of its fields alone."""
    ending = f"_{number}"
    typed: Mapping[str, object] = part_of(part_of(values.view, "state"), "values")
    return Values(
        {
            "blocks": [
                {"block_id": one.removesuffix(ending)} for one in values.shown if one.endswith(ending)
            ],
            "state": {
                "values": {name.removesuffix(ending): typed[name] for name in typed if name.endswith(ending)}
            },
        }
    )
