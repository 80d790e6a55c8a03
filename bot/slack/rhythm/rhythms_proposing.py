"""The rhythm of a pair's own: its form, the dates before it is proposed, and the card on which others say yes."""

from collections.abc import Sequence
from datetime import time

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.cadence import CadenceKind, Nth
from bot.domain.errors import FormGone
from bot.domain.ids import PairId
from bot.domain.rhythms import ProposalState, RhythmChoice
from bot.slack.blocks import Message, actions, button, header, note, section, titled
from bot.slack.forms import Values, form
from bot.slack.payloads import id_in
from bot.slack.programme.pairs import chosen_pair, pair_field
from bot.slack.rhythm.rhythms import chosen_of, read_rhythm, rhythm, rhythm_dates, rhythm_fields
from bot.usecases.rhythm.rhythms import PairRhythm, ProposeRhythm, RhythmCard, RhythmForm, RhythmPreview
from bot.words import Words

OPEN = "rhythm.open"
CHECK = "rhythm.check"
BACK = "rhythm.back"
SEND = "rhythm.send"
ACCEPT = "rhythm.accept"
DECLINE = "rhythm.decline"
WITHDRAW = "rhythm.withdraw"

AS_COHORT = "cohort"


def our_rhythm_form(data: RhythmForm, words: Words, draft: ProposeRhythm | None = None) -> View:
    """What stands, ready to be changed; nothing is required."""
    first = data.rhythms[0]
    chosen = chosen_of(first.cadence) if draft is None else draft.choice
    as_cohort = draft is not None and draft.choice is None
    besides = [(words.t("As in our cohort"), AS_COHORT)]
    told = words.t(
        "You propose it here. It holds once your partner has said yes; until then nothing changes."
    )
    return form(
        CHECK,
        words.t("Our rhythm"),
        [
            section("\n".join([*rhythm_lines(data.rhythms, words), told])),
            *pair_field(words.t("With whom?"), data.pairs, first.choice.pair_id, words),
            *rhythm_fields(
                chosen or chosen_of(first.cadence), words, besides, AS_COHORT if as_cohort else ""
            ),
            note(_seen_by_pair(data.pairs[0].names if len(data.pairs) == 1 else (), words)),
        ],
        submit=words.t("See the dates"),
        close=words.t("Cancel"),
        metadata={"pair_id": first.choice.pair_id},
    )


def rhythm_lines(rhythms: Sequence[PairRhythm], words: Words) -> list[str]:
    """What stands now, a line for each pair."""
    return [
        words.t(
            "Check-ins with {names} come {rhythm}.",
            names=words.names(one.choice.names),
            rhythm=rhythm(one.cadence, words),
        )
        for one in rhythms
    ]


def parse_our_rhythm(values: Values) -> ProposeRhythm:
    """Raises InvalidInput for the field at fault."""
    choice = None if values.option("rhythm") == AS_COHORT else read_rhythm(values)
    return ProposeRhythm(chosen_pair(values), choice)


def proposal_dates(data: RhythmPreview, words: Words) -> View:
    """The next five dates for both, to propose or to change."""
    names = [who.name for who in data.people if not who.is_me]
    return form(
        SEND,
        words.t("Our rhythm"),
        [
            titled(words.t("It would be"), rhythm(data.cadence, words)),
            *rhythm_dates(data.dates, data.people, words),
            actions(button(words.t("Change"), BACK)),
            note(_seen_by_pair(names, words)),
        ],
        submit=words.t("Propose it"),
        close=words.t("Cancel"),
        metadata={"pair_id": data.command.pair_id, "rhythm": _kept(data.command.choice)},
    )


def kept_proposal(values: Values) -> ProposeRhythm:
    """The command that the dates carry along. Raises FormGone for what an older Pairloop made."""
    kept = values.metadata["rhythm"]
    try:
        choice = None if kept is None else _read_kept(kept)
    except (TypeError, ValueError, KeyError) as error:
        raise FormGone("rhythm") from error
    return ProposeRhythm(PairId(id_in(values.metadata["pair_id"])), choice)


def rhythm_card(card: RhythmCard, words: Words) -> Message:
    """What is proposed with its dates, and what one can do; once it is settled, what stands now."""
    if not card.dates:
        text = f"{_became_of_it(card.proposal.state, words)} {_what_stands(card, words)}"
        return Message(text, [section(text)])
    title = _proposed_by(card, words)
    what = words.t("Check-ins would come {rhythm}.", rhythm=rhythm(card.proposed, words))
    if card.proposal.to_cohort:
        what = words.t(
            "Back to the rhythm of your cohort {name}: {rhythm}.",
            name=card.cohort.name,
            rhythm=rhythm(card.proposed, words),
        )
    waits = words.t("Until everybody in the pair has said yes, it stays as it is.")
    blocks: list[Block] = [
        header(title),
        section(what),
        *rhythm_dates(card.dates, card.people, words),
        *([actions(*buttons)] if (buttons := _card_choices(card, words)) else []),
        note(f"{_what_stands(card, words)} {waits}"),
    ]
    return Message(f"{title}: {what}", blocks)


def _proposed_by(card: RhythmCard, words: Words) -> str:
    if card.mine:
        return words.t("You proposed another rhythm")
    return words.t("{name} proposes another rhythm", name=card.proposer)


def _card_choices(card: RhythmCard, words: Words) -> list[ButtonElement]:
    if card.mine:
        return [button(words.t("Withdraw it"), WITHDRAW, card.proposal.id)]
    if not card.asked:
        return []
    return [
        button(words.t("Yes, that suits me"), ACCEPT, card.proposal.id, style="primary"),
        button(words.t("Rather not"), DECLINE, card.proposal.id),
    ]


def _became_of_it(state: ProposalState, words: Words) -> str:
    """What became of a proposal that can be answered no more; an open one of a pair that rests is one, too."""
    return {
        ProposalState.OPEN: words.t("Your pair rests; once it goes on, this can be answered."),
        ProposalState.ACCEPTED: words.t("Agreed."),
        ProposalState.DECLINED: words.t("It stays as it was; nobody asks why."),
        ProposalState.WITHDRAWN: words.t("The proposal was withdrawn."),
        ProposalState.REPLACED: words.t("A newer proposal took its place."),
        ProposalState.OVER: words.t("Your pair has ended, and this with it."),
    }[state]


def _what_stands(card: RhythmCard, words: Words) -> str:
    if card.proposal.state is ProposalState.OVER:
        return words.t("There is nothing for you to do.")
    return words.t("Now check-ins come {rhythm}.", rhythm=rhythm(card.stands, words))


def _seen_by_pair(names: Sequence[str], words: Words) -> str:
    programme = words.t("Once it holds, your programme may see it, too.")
    if names:
        seen = words.t("Seen by: you and {name}.", name=words.names(names))
    else:
        seen = words.t("Seen by: you and the one whom it is with.")
    return f"{seen} {programme}"


def _kept(choice: RhythmChoice | None) -> dict[str, object] | None:
    return None if choice is None else {**vars(choice), "at": choice.at.isoformat("minutes")}


def _read_kept(kept: dict[str, object]) -> RhythmChoice:
    return RhythmChoice(
        CadenceKind(str(kept["cadence_kind"])),
        id_in(kept["every_weeks"]),
        Nth(int(str(kept["nth"]))),
        id_in(kept["weekday"]),
        time.fromisoformat(str(kept["at"])),
    )
