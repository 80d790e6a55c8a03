"""Pairs: the form that brings two people together, what both will be asked, their lead's list, which is meant."""

import re
from collections.abc import Sequence
from html import unescape

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs, PersonUnfit
from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.pairs import REASON_LIMIT, RUNNING, PairKind, PairStanding
from bot.slack.blocks import Message, actions, button, confirm, header, note, rich, say, section, strong
from bot.slack.forms import INPUT, Values, field, form, panel, person_picker, radio, select, text_box
from bot.slack.paging import turning_buttons
from bot.slack.payloads import id_in
from bot.slack.people.mentions import around, mentions
from bot.slack.programme.pairs_circles import add_button
from bot.slack.programme.pairs_writing import write_button
from bot.slack.rhythm.rhythms import rhythm
from bot.usecases.people.memberships import PairChoice
from bot.usecases.programme.pairs_asking import AskPair, PairForm, Proposal, ProposePair
from bot.usecases.programme.pairs_standing import PairList, PairRow
from bot.words import Words

OPEN = "pair.open"
CHECK = "pair.check"
ASK = "pair.ask"
SEND = "pair.send"
CHANGE = "pair.change"
BACK = "pair.back"
YES = "pair.yes"
NO = "pair.no"
HOW = "pair.how"
END = "pair.end"
RESUME = "pair.resume"
REPLACE = "pair.replace"
CHOOSE = "pair.choose_earlier"
EARLIER = "pair.earlier"
LATER = "pair.later"

PAGE = 30  # each of them takes up to three of a hundred blocks
PARTS = 6  # of what a proposal's buttons carry
PEERS_FIRST = f"{PairKind.PEERS}:"  # before them, where the two are to be peers
COHORTS_LIMIT = 100  # of the options of a select
# How Slack writes a person into a command (docs.slack.dev/interactivity/implementing-slash-commands).
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def parse_pair_command(text: str) -> tuple[tuple[str, ...], str]:
    """The people mentioned after `/loop pair` (Slack ids), and the rest, which names the cohort.

    Raises PersonUnfit for a name with @ that Slack did not recognise.
    """
    people = tuple(MENTION.findall(text))
    rest = " ".join(unescape(MENTION.sub(" ", text)).split())
    unknown = next((word for word in rest.split() if word.startswith("@")), None)
    if unknown is not None:
        raise PersonUnfit("unknown", unknown)
    return people, rest


def parse_person(text: str) -> str:
    """The Slack id of the first person mentioned, or "" where nobody is."""
    found = MENTION.search(text)
    return found.group(1) if found else ""


def pair_field(
    label: str, pairs: Sequence[PairChoice], chosen: PairId, words: Words, *, action_id: str = INPUT
) -> list[Block]:
    """The question with whom, where there is a choice; an `action_id` of its own hears of each change."""
    if len(pairs) == 1:
        return []
    options = [
        (words.names(pair.names) or words.t("Nobody, for myself"), str(pair.pair_id)) for pair in pairs
    ]
    element = select(options, str(chosen), action_id=action_id)
    return [field("pair", label, element, dispatch=action_id != INPUT)]


def chosen_pair(values: Values) -> PairId:
    """The pair that is chosen in the form, or the only one."""
    return PairId(id_in(values.option("pair") or values.metadata["pair_id"]))


def pair_form(data: PairForm, words: Words) -> View:
    """Two people, and the cohort where there is one to choose."""
    blocks = [
        field(
            "mentor",
            words.t("Who is the mentor?"),
            person_picker(data.mentor or None),
            required=True,
            hint=words.t("Of two peers, either of them."),
        ),
        field(
            "mentee",
            words.t("Who wants to learn?"),
            person_picker(data.mentee or None),
            required=True,
            hint=words.t("Of two peers, the other one."),
        ),
        field("as", words.t("As"), radio(_kinds(words), data.kind)),
    ]
    if data.cohorts:
        options = [(cohort.name, str(cohort.id)) for cohort in data.cohorts[:COHORTS_LIMIT]]
        only = options[0][1] if len(options) == 1 else None
        chosen = str(data.cohort_id) if data.cohort_id else only
        blocks.append(
            field("cohort", words.t("In which cohort?"), select(options, chosen), required=len(options) > 1)
        )
    blocks.append(_reason(data.reason, words))
    blocks.append(note(words.t("Next you see what both will be asked. Nothing is sent before that.")))
    return form(CHECK, words.t("Pair two people"), blocks, submit=words.t("Next"), close=words.t("Cancel"))


def parse_pair(values: Values) -> ProposePair:
    cohort = values.option("cohort")
    return ProposePair(
        mentor=values.person("mentor"),
        mentee=values.person("mentee"),
        cohort_id=CohortId(id_in(cohort)) if cohort.isdecimal() else None,
        reason=values.text("reason"),
        kind=values.choice("as", PairKind) or PairKind.MENTORING,
    )


def proposal_message(proposal: Proposal, words: Words) -> Message:
    """What both will be asked, as the answer to the command."""
    value = _written(proposal)
    blocks = [
        *_proposed(proposal, words),
        actions(
            button(words.t("Ask them"), ASK, value, style="primary"),
            button(words.t("Change"), CHANGE, value),
        ),
        note(
            words.t("Nothing is sent before you press “Ask them”. With “Change” you can add why these two.")
        ),
    ]
    return Message(_pair_title(proposal, words), blocks)


def proposal_view(proposal: Proposal, words: Words) -> View:
    """The same, as the second step of the form."""
    value = _written(proposal)
    return form(
        SEND,
        words.t("Pair two people"),
        [*_proposed(proposal, words), actions(button(words.t("Change"), BACK, value))],
        submit=words.t("Ask them"),
        close=words.t("Cancel"),
        metadata={"proposal": value},
    )


def parse_proposal(value: str, words: Words) -> AskPair:
    """What the buttons under a proposal carry."""
    kind, (mentor, mentee, cohort, _, _, reason) = _read(value)
    return AskPair(
        mentor=MemberId(id_in(mentor)),
        mentee=MemberId(id_in(mentee)),
        cohort_id=CohortId(id_in(cohort)) if cohort else None,
        open_name=words.t("Open pairs"),
        reason=reason,
        kind=kind,
    )


def proposed_people(value: str) -> ProposePair:
    """The same, for the form that changes it."""
    kind, (_, _, cohort, mentor, mentee, reason) = _read(value)
    cohort_id = CohortId(id_in(cohort)) if cohort else None
    return ProposePair(mentor, mentee, cohort_id=cohort_id, reason=reason, kind=kind)


def both_asked(words: Words) -> Message:
    """The answer when both have been asked."""
    title = words.t("Asked")
    return Message(
        title,
        [
            header(title),
            section(words.t("As soon as everybody has said yes, the pair begins, and you hear from me.")),
            note(words.t("Without an answer I ask once more after three working days, and then leave it.")),
        ],
    )


def pair_list(data: PairList, words: Words, start: int = 0) -> View:
    """The pairs of a cohort from number `start` on: names and how it goes, and no content."""
    rows = data.rows[start : start + PAGE]
    blocks: list[Block] = [block for row in rows for block in _pair_row(row, words)]
    if not data.rows:
        blocks.append(section(words.t("Here the pairs will appear. Bring two people together first.")))
    turns = turning_buttons(len(data.rows), start, PAGE, (EARLIER, LATER), int, words)
    blocks.append(actions(button(words.t("Pair two people"), OPEN), *turns))
    if data.ended:
        blocks.append(note(words.n("{count} pair has ended.", "{count} pairs have ended.", data.ended)))
    blocks.append(note(words.t("You see how pairs are doing, and none of what they write.")))
    return panel(
        words.t("Pairs"),
        blocks,
        close=words.t("Close"),
        metadata={"cohort_id": data.cohort.id, "start": start},
    )


def standing_in_words(standing: PairStanding, words: Words) -> str:
    told = {
        PairStanding.NEEDS_PARTNER: words.t("Needs a partner"),
        PairStanding.NEEDS_HELP: words.t("Could use a hand"),
        PairStanding.ASKED: words.t("Asked"),
        PairStanding.ACTIVE: words.t("Active"),
        PairStanding.PAUSED: words.t("Paused"),
        PairStanding.DECLINED: words.t("Not now"),
        PairStanding.ENDED: words.t("Ended"),
    }
    return told[standing]


def _pair_row(row: PairRow, words: Words) -> list[Block]:
    names = words.names((*row.mentors, *row.mentees))
    told = f"{names}\n{_standing_line(row, words)}"
    if row.standing in (PairStanding.DECLINED, PairStanding.ENDED):
        return [section(told)]
    if row.standing is PairStanding.NEEDS_HELP:
        return [section(told), *_lending_a_hand(row, names, words)]
    buttons = [*_add_button(row, words), *_replace_button(row, words), _end_button(row, names, words)]
    if row.standing is PairStanding.PAUSED:
        buttons.insert(0, button(words.t("Resume"), RESUME, row.pair.id))
    if len(buttons) == 1:
        return [section(told, accessory=buttons[0])]
    return [section(told), actions(*buttons)]


def _standing_line(row: PairRow, words: Words) -> str:
    """How it stands and, while it runs, whether the two have agreed on how they work."""
    standing = standing_in_words(row.standing, words)
    if row.pair.state not in RUNNING:
        return standing
    agreed = words.t("agreed on how they work") if row.agreed else words.t("not yet agreed on how they work")
    return f"{standing} · {agreed}"


def _lending_a_hand(row: PairRow, names: str, words: Words) -> list[Block]:
    """What may help; both were written to no more than once in a month, and when stands here."""
    write = [write_button(row.pair.id, names, words)] if row.may_write else []
    more = [*_add_button(row, words), *_replace_button(row, words)]
    blocks: list[Block] = [actions(*write, *more, _end_button(row, names, words))]
    if not row.may_write and row.pair.written_at is not None:
        blocks.append(
            note(words.t("Both were written to on {day}.", day=words.day(words.today(row.pair.written_at))))
        )
    return blocks


def _add_button(row: PairRow, words: Words) -> list[ButtonElement]:
    return [add_button(row.pair.id, words)] if row.may_add else []


def _replace_button(row: PairRow, words: Words) -> list[ButtonElement]:
    return [replace_button(row.pair.id, words)] if row.may_replace else []


def replace_button(pair: PairId, words: Words) -> ButtonElement:
    """For whoever looks after the pair."""
    return button(words.t("Another mentor"), REPLACE, pair)


def _end_button(row: PairRow, names: str, words: Words) -> ButtonElement:
    question = words.t("{names} will read that the pair ends. What they wrote stays theirs.", names=names)
    sure = confirm(words, question, words.t("End it"))
    return button(words.t("End"), END, row.pair.id, confirm=sure)


def _kinds(words: Words) -> list[tuple[str, str]]:
    return [
        (words.t("Mentor and mentee"), PairKind.MENTORING),
        (words.t("Peers, who learn from each other"), PairKind.PEERS),
    ]


def _pair_title(proposal: Proposal, words: Words) -> str:
    mentor, mentee = proposal.mentor.in_full, proposal.mentee.in_full
    if proposal.kind is PairKind.PEERS:
        return words.t("{one} and {other} as peers", one=mentor, other=mentee)
    return words.t("{mentor} as mentor of {mentee}", mentor=mentor, mentee=mentee)


def _proposed(proposal: Proposal, words: Words) -> list[Block]:
    both = mentions((proposal.mentor, proposal.mentee), words)
    blocks = [header(_pair_title(proposal, words)), around(words.t("{names} will be asked:"), names=both)]
    when = words.t(
        "whether they want to check in with each other {rhythm}; it takes two minutes each time",
        rhythm=rhythm(proposal.cadence, words),
    )
    blocks.append(section(when))
    blocks.append(
        section(words.t("They read that what they write stays between them, and that a no needs no reason."))
    )
    if proposal.reason:
        blocks.append(why(words.t("Why these two:"), proposal.reason))
    if proposal.cohort is not None:
        blocks.append(section(words.t("Cohort: {name}", name=proposal.cohort.name)))
    return blocks


def why(label: str, reason: str) -> Block:
    """Why two people were brought together, as it was typed."""
    return rich(strong(label), say(f" {reason}"))


def _reason(known: str, words: Words) -> Block:
    return field(
        "reason",
        words.t("Why these two?"),
        text_box(initial=known, limit=REASON_LIMIT),
        hint=words.t(
            "One line. Both read it in the question; the cohort's lead and the admins may see it too."
        ),
    )


def _written(proposal: Proposal) -> str:
    cohort = proposal.cohort.id if proposal.cohort else ""
    mentor, mentee = proposal.mentor, proposal.mentee
    kind = PEERS_FIRST if proposal.kind is PairKind.PEERS else ""
    return f"{kind}{mentor.id}:{mentee.id}:{cohort}:{mentor.user_id}:{mentee.user_id}:{proposal.reason}"


def _read(value: str) -> tuple[PairKind, list[str]]:
    """The kind and the parts of what `_written` wrote; the reason stands last, since only there a colon is a colon.

    Buttons of before there were reasons carry one part less. Raises NotOurs for what `_written` never wrote.
    """
    kind = PairKind.PEERS if value.startswith(PEERS_FIRST) else PairKind.MENTORING
    parts = value.removeprefix(PEERS_FIRST).split(":", PARTS - 1)
    if len(parts) < PARTS - 1:
        raise NotOurs("proposal")
    return kind, [*parts, *[""] * (PARTS - len(parts))]
