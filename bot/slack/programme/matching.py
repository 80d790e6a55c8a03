"""Matching a cohort: its list of pairs with two reasons each, who is left and why, and what its lead changes."""

from collections.abc import Callable, Mapping, Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.errors import FormGone
from bot.domain.matching import (
    LineState,
    MatchLine,
    Why,
)
from bot.domain.matching_fits import (
    REASONS_SHOWN,
    Reason,
    Rule,
    reason_in,
)
from bot.domain.pairs import REASON_LIMIT
from bot.slack.blocks import actions, button, clip, confirm, header, note, section
from bot.slack.errors_programme import rule_text
from bot.slack.forms import Values, field, form, panel, people_picker, person_picker
from bot.slack.payloads import id_in
from bot.slack.programme import cohorts
from bot.slack.programme.profiles import value_names
from bot.usecases.programme.matching import ListCounts, MatchPage
from bot.usecases.programme.matching_editing import LineForm
from bot.words import Words

OPEN = cohorts.MATCHING
EARLIER = "matching.earlier"
FURTHER = "matching.further"
MAKE = "matching.make"
ASK = "matching.ask"
LINE = "matching.line"
EXCHANGE = "matching.exchange"
TAKE_OFF = "matching.take_off"
NEW_LINE = "matching.new_line"
ADD = "matching.add"
JOINED = "matching.joined"
INVITE = "matching.invite"
INVITE_SEND = "matching.invite_send"

PAGE_SIZE = 80  # of the hundred blocks of a window
MOST_INVITED = 50  # at once


def matching_view(data: MatchPage, words: Words, page: int = 0) -> View:
    """How it stands: who is on the list, the pairs that are proposed, and who is left."""
    rows = _rows(data, words)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    at = min(max(page, 0), pages - 1)
    blocks: list[Block] = [
        section(counts_text(data.counts, words)),
        *_match_buttons(data, words),
        *rows[at * PAGE_SIZE : (at + 1) * PAGE_SIZE],
        *_page_buttons(data, at, pages, words),
        note(
            words.t(
                "Nobody is told before you press “Ask them”. Only whoever leads this cohort and the admins see this."
            )
        ),
    ]
    return panel(words.t("Matching"), blocks, close=words.t("Close"))


def counts_text(counts: ListCounts, words: Words) -> str:
    """Who is on the list, in one sentence."""
    told = words.n(
        "{count} person is on the list: {learn} to learn, {mentor} to help.",
        "{count} people are on the list: {learn} to learn, {mentor} to help.",
        counts.listed,
        learn=words.number(counts.learn),
        mentor=words.number(counts.mentor),
    )
    if not counts.invited:
        return told
    return told + " " + words.n(
        "{count} was invited and has not joined yet.", "{count} were invited and have not joined yet.", counts.invited
    )  # fmt: skip


def line_form(data: LineForm, words: Words) -> View:
    """Another mentor for one line."""
    return form(
        EXCHANGE,
        words.t("Another mentor"),
        [
            field(
                "mentor",
                words.t("Who is to mentor {name}?", name=data.mentee),
                person_picker(data.mentor),
                required=True,
            ),
            actions(button(words.t("Take these two off the list"), TAKE_OFF, data.line_id)),
            note(
                words.t("Where they have no place left, the two exchange. Nobody is told before “Ask them”.")
            ),
        ],
        submit=words.t("Exchange"),
        close=words.t("Cancel"),
        metadata={"line_id": data.line_id},
    )


def new_line_form(data: LineForm, words: Words) -> View:
    """Two people who are put together by hand."""
    return form(
        ADD,
        words.t("Put two together"),
        [
            field("mentor", words.t("Who mentors?"), person_picker(), required=True),
            field("mentee", words.t("Who learns?"), person_picker(), required=True),
            note(words.t("Both are on the list of this cohort. Nobody is told before “Ask them”.")),
        ],
        submit=words.t("Add"),
        close=words.t("Cancel"),
        metadata={"run_id": data.run_id},
    )


def invite_form(cohort_id: int, words: Words) -> View:
    """People who are asked to join the list."""
    return form(
        INVITE_SEND,
        words.t("Invite people"),
        [
            field("people", words.t("Who is to be invited?"), people_picker((), MOST_INVITED), required=True),
            note(
                words.t("Each gets one message with a button. Whoever is on the list already hears nothing.")
            ),
        ],
        submit=words.t("Invite"),
        close=words.t("Cancel"),
        metadata={"cohort_id": cohort_id},
    )


def parse_exchange(values: Values) -> tuple[int, str]:
    line = values.metadata["line_id"]
    if line is None:
        raise FormGone("line_id")
    return line, values.person("mentor")


def parse_new_line(values: Values) -> tuple[int, str, str]:
    return values.metadata["run_id"], values.person("mentor"), values.person("mentee")


def parse_invite(values: Values) -> tuple[int, tuple[str, ...]]:
    return values.metadata["cohort_id"], values.people("people")[:MOST_INVITED]


def page_in(value: str) -> tuple[int, int]:
    """The cohort and the page that a button carries. Raises NotOurs."""
    cohort, _, page = value.partition(":")
    return id_in(cohort), id_in(page)


def reasons_text(line: MatchLine, competencies: Mapping[str, str], words: Words) -> str:
    """The two strongest reasons, in a line that fits a pair's."""
    told = [_reason_text(said, competencies, words) for said in line.reasons]
    return clip("; ".join([one for one in told if one][:REASONS_SHOWN]), REASON_LIMIT)


def _rows(data: MatchPage, words: Words) -> list[Block]:
    parts: Sequence[tuple[LineState, str, Callable[[MatchLine, MatchPage, Words], Block]]] = (
        (LineState.PROPOSED, words.t("Proposed"), _proposed_row),
        (LineState.ASKED, words.t("Asked"), _asked_row),
        (LineState.LEFT, words.t("Without a partner"), _left_row),
    )
    rows: list[Block] = []
    for state, title, row in parts:
        if lines := data.in_state(state):
            rows += [
                header(f"{title} ({words.number(len(lines))})"),
                *(row(line, data, words) for line in lines),
            ]
    return rows


def _match_buttons(data: MatchPage, words: Words) -> list[Block]:
    again = words.t("Make the list anew") if data.run else words.t("Make the list")
    question = words.t("What you changed by hand is made anew, too.")
    sure = confirm(words, question, words.t("Make it")) if data.in_state(LineState.PROPOSED) else None
    buttons: list[ButtonElement] = [button(again, MAKE, data.cohort.id, confirm=sure)]
    if data.run is not None:
        buttons.append(button(words.t("Put two together"), NEW_LINE, data.run.id))
        if proposed := data.in_state(LineState.PROPOSED):
            buttons.insert(0, _ask_button(data.run.id, len(proposed), words))
    if data.counts.listed:
        buttons.append(button(words.t("Who has joined"), JOINED, data.cohort.id))
    buttons.append(button(words.t("Invite people"), INVITE, data.cohort.id))
    if not data.in_state(LineState.PROPOSED):
        buttons[0].style = "primary"
    return [actions(*buttons)]


def _ask_button(run: int, pairs: int, words: Words) -> ButtonElement:
    question = words.n(
        "The two of {count} pair get a question now, with the reasons. Each may say no without a reason.",
        "The two of each of {count} pairs get a question now, with the reasons. Each may say no without a reason.",
        pairs,
    )
    return button(
        words.t("Ask them"), ASK, run, style="primary", confirm=confirm(words, question, words.t("Ask them"))
    )


def _page_buttons(data: MatchPage, at: int, pages: int, words: Words) -> list[Block]:
    if pages == 1:
        return []
    cohort = data.cohort.id
    buttons = []
    if at > 0:
        buttons.append(button(words.t("Back"), EARLIER, f"{cohort}:{at - 1}"))
    if at + 1 < pages:
        buttons.append(button(words.t("Further"), FURTHER, f"{cohort}:{at + 1}"))
    where = words.t("Page {page} of {pages}", page=words.number(at + 1), pages=words.number(pages))
    return [actions(*buttons), note(where)]


def _proposed_row(line: MatchLine, data: MatchPage, words: Words) -> Block:
    told = [_two_names(line, data, words), reasons_text(line, data.competencies, words)]
    if line.id in data.changed:
        told.append(
            words.t("Something changed since the list was made. Take them off, or make the list anew.")
        )
    return section("\n".join(filter(None, told)), button(words.t("Change"), LINE, line.id))


def _asked_row(line: MatchLine, data: MatchPage, words: Words) -> Block:
    agreed = words.t("Both said yes.") if line.id in data.agreed else ""
    return section("\n".join(filter(None, [_two_names(line, data, words), agreed])))


def _left_row(line: MatchLine, data: MatchPage, words: Words) -> Block:
    name = _name_matched(line.mentee_id or line.mentor_id, data, words)
    learns = line.mentee_id is not None
    why, *rules = line.reasons
    told = _why_text(Why(why), [Rule(one) for one in rules], words, learns=learns)
    as_ = words.t("{name}, to learn", name=name) if learns else words.t("{name}, to help", name=name)
    return section(f"{as_}\n{told}")


def _two_names(line: MatchLine, data: MatchPage, words: Words) -> str:
    mentor, mentee = (_name_matched(one, data, words) for one in (line.mentor_id, line.mentee_id))
    return words.t("{mentor} mentors {mentee}", mentor=mentor, mentee=mentee)


def _name_matched(member: int | None, data: MatchPage, words: Words) -> str:
    names = {int(id_): name for id_, name in data.names.items()}
    return names.get(member or 0) or words.t("somebody")


def _why_text(why: Why, rules: Sequence[Rule], words: Words, *, learns: bool) -> str:
    match why:
        case Why.NOBODY:
            return (
                words.t("Nobody on the list can help yet.")
                if learns
                else words.t("Nobody on the list wants to learn.")
            )
        case Why.NOT_NOW:
            return words.t("Not now: away.") if learns else words.t("Not now: no place left, or away.")
        case Why.TAKEN:
            return words.t("Nobody who would suit has a place free.")
        case Why.TAKEN_OFF:
            return words.t("You took them off the list.")
        case Why.RULED_OUT:
            told = words.names([rule_text(rule, words) for rule in rules])
            return words.t("With everybody who is free stands between them: {rules}.", rules=told)


def _reason_text(said: str, competencies: Mapping[str, str], words: Words) -> str:
    reason, found = reason_in(said)
    match reason:
        case Reason.COMPETENCE:
            names = [competencies[one] for one in found if one in competencies]
            return words.t("wanted and offered: {names}", names=words.names(names)) if names else ""
        case Reason.FEEDBACK:
            return words.t("feedback and conflict: alike in {count} of 4", count=words.number(len(found)))
        case Reason.VALUES:
            names = [name for name, value in value_names(words) if value in found]
            return words.t("both care for {names}", names=words.names(names))
        case Reason.LANGUAGE:
            return words.t(
                "both speak {names}", names=words.names([words.language_name(one) for one in found])
            )
        case Reason.HOURS:
            return words.t("{count} hours a week in common", count=words.number(int(found[0])))
        case Reason.BY_HAND:
            return words.t("put together by whoever leads the cohort")
