"""Milestones: the form, what shows that one is reached, and the card on which a mentor says if they see it, too."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.competencies import Competency
from bot.domain.ids import CompetencyId, EvidenceId, GoalId, MilestoneId
from bot.domain.milestones import Milestone, MilestoneKind, MilestoneState, Scope
from bot.domain.shown import Shown
from bot.domain.texts import TEXT_LIMIT
from bot.domain.wins import win_of_milestone
from bot.domain.wins_sharing import WinOf
from bot.slack.blocks import Message, actions, button, clip, fields, header, note, section, titled
from bot.slack.fields import Day, FieldList, Line, OneOf
from bot.slack.forms import OFFERED, OPTION_LIMIT, Values, field, form, select, text_box
from bot.slack.loop.wins import win_blocks
from bot.slack.payloads import id_in
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.milestones import ClaimForm, KeepMilestone, MilestoneCard, MilestoneForm
from bot.words import Words

ADD = "milestone.add"
SAVE = "milestone.save"
CHANGE = "milestone.change"
DROP = "milestone.drop"
REACHED = "milestone.reached"
CLAIM = "milestone.claim"
SEE = "milestone.see"
CONFIRM = "milestone.confirm"
NOT_YET = "milestone.not_yet"
MISSING = "milestone.missing"
COMPETENCY, EVIDENCE = "competency", "evidence_id"

FORM = FieldList(
    Milestone,
    (
        Line("can", lambda w: w.t("I can …"), hint=lambda w: w.t("Something that somebody else could watch you do.")),
        Day("by", lambda w: w.t("By when?"), card=lambda w: w.t("By")),
        Line("shows", lambda w: w.t("It shows itself in …"), card=lambda w: w.t("It shows itself in")),
        OneOf(
            "kind",
            lambda w: w.t("How do you come to it?"),
            MilestoneKind,
            lambda w: [
                (w.t("I watch how others do it"), MilestoneKind.OBSERVE),
                (w.t("I do it"), MilestoneKind.DO),
                (w.t("I look back on it with somebody"), MilestoneKind.DEBRIEF),
            ],
            card=lambda w: w.t("How"),
        ),
        OneOf(
            "scope",
            lambda w: w.t("How far does it reach?"),
            Scope,
            lambda w: [
                (w.t("In my own work"), Scope.FOUNDATION),
                (w.t("Across teams"), Scope.CROSS),
                (w.t("Where the course is set"), Scope.STRATEGIC),
            ],
            card=lambda w: w.t("Reach"),
        ),
    ),
    besides=(
        "goal_id", "competency_id", "level", "state", "shown_by", "evidence_id", "claimed_at", "missing",
        "voted_by", "voted_at",
    ),
)  # fmt: skip


def milestone_form(data: MilestoneForm, words: Words) -> View:
    """One line is needed."""
    draft = FORM.draft(data.milestone, words) if data.milestone else {"scope": data.scope}
    return form(
        SAVE,
        words.t("A milestone"),
        [
            section(data.goal.text),
            *FORM.inputs(draft, words),
            *_which_competency(data, words),
            note(seen_by_you_and(data.mentors, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"goal_id": data.goal.id, "milestone_id": data.milestone.id if data.milestone else None},
    )


def parse_milestone(values: Values) -> KeepMilestone:
    """Raises InvalidInput."""
    known = values.metadata["milestone_id"]
    competency, level = _chosen_level(values.option(COMPETENCY))
    return KeepMilestone(
        GoalId(id_in(values.metadata["goal_id"])),
        MilestoneId(known) if known else None,
        FORM.read(values),
        competency,
        level,
    )


def claim_form(data: ClaimForm, words: Words) -> View:
    """Something that was kept, or a line; one of the two is needed."""
    kept = [(clip(one.note or one.text, OPTION_LIMIT), str(one.id)) for one in data.evidence]
    label = words.t("What you kept as evidence")
    chosen = str(data.milestone.evidence_id or "")
    pick = [field(EVIDENCE, label, select(kept, chosen))] if kept else []
    line = text_box(initial=data.milestone.shown_by, limit=2000, multiline=True)
    return form(
        CLAIM,
        words.t("Reached"),
        [
            titled(words.t("I can …"), data.milestone.can),
            *pick,
            field("shown_by", words.t("Or say it in a line"), line),
            note(seen_by_you_and(data.mentors, words)),
        ],
        submit=words.t("Send"),
        close=words.t("Cancel"),
        metadata={"milestone_id": data.milestone.id},
    )


def parse_claim(values: Values) -> tuple[MilestoneId, Shown, EvidenceId | None]:
    picked = values.option(EVIDENCE)
    shown = {"shown_by": values.text("shown_by")}
    return (
        MilestoneId(id_in(values.metadata["milestone_id"])),
        shown,
        EvidenceId(id_in(picked)) if picked else None,
    )


def missing_form(card: MilestoneCard, words: Words) -> View:
    """*Not yet* needs one line, which its mentee reads."""
    return form(
        MISSING,
        words.t("Not yet"),
        [
            titled(words.t("{name} can …", name=card.owner), card.milestone.can),
            field("missing", words.t("What is missing?"), text_box(limit=TEXT_LIMIT), required=True),
            note(words.t("Seen by: {name} and you.", name=card.owner)),
        ],
        submit=words.t("Send"),
        close=words.t("Cancel"),
        metadata={"milestone_id": card.milestone.id},
    )


def parse_missing(values: Values) -> tuple[MilestoneId, str]:
    return MilestoneId(id_in(values.metadata["milestone_id"])), values.text("missing")


def milestone_card(card: MilestoneCard, words: Words) -> Message:
    """It with how it stands, and what its reader can do."""
    mine = words.t("I can …") if card.mine else words.t("{name} can …", name=card.owner)
    title = words.t("A milestone: {can}", can=clip(card.milestone.can, 100))
    blocks: list[Block] = [
        header(words.t("A milestone")),
        titled(mine, card.milestone.can),
        *FORM.blocks(card.milestone, words),
        *_levelled(card, words),
        *_shown_with(card, words),
    ]
    if buttons := _milestone_buttons(card, words):
        blocks.append(actions(*buttons))
    told = [words.t("For the goal: {goal}", goal=clip(card.goal, 150)), _how_it_is(card, words)]
    won = win_of_milestone(card.milestone)
    blocks += win_blocks(won, card.shared, f"{WinOf.MILESTONE}:{card.milestone.id}", card, words)
    return Message(title, [*blocks, note("\n".join(told))])


def milestone_lines(milestones: Sequence[Milestone], words: Words) -> list[str]:
    """Each in a line, for a card or a brief."""
    return [f"{clip(one.can, 150)}: {milestone_state_text(one.state, words)}" for one in milestones]


def milestones_blocks(
    milestones: Sequence[Milestone], goal: GoalId, words: Words, *, adds: bool
) -> list[Block]:
    """On the card of a goal: how each stands, with the way to another one."""
    if not milestones and not adds:
        return []
    first = words.t("A step on the way that others could watch you do has a card of its own.")
    text = "\n".join(milestone_lines(milestones, words)) or first
    return [section(text, button(words.t("Add a milestone"), ADD, goal) if adds else None)]


def _which_competency(data: MilestoneForm, words: Words) -> list[Block]:
    """Each level of each competency of the cohort is one choice."""
    options = [
        (_level_text(one, number, words), f"{one.id}:{number}")
        for one in data.competencies
        for number in range(1, len(one.levels) + 1)
    ][:OFFERED]
    if not options:
        return []
    known = data.milestone
    chosen = f"{known.competency_id}:{known.level or 1}" if known and known.competency_id else None
    return [field(COMPETENCY, words.t("Which competency, and how far?"), select(options, chosen))]


def _level_text(competency: Competency, number: int, words: Words) -> str:
    level = clip(competency.line_of(number), 40)
    return words.t("{name} {number}: {level}", name=clip(competency.name, 30), number=number, level=level)


def _chosen_level(value: str) -> tuple[CompetencyId | None, int | None]:
    competency, _, level = value.partition(":")
    return (CompetencyId(id_in(competency)), id_in(level)) if value else (None, None)


def _levelled(card: MilestoneCard, words: Words) -> list[Block]:
    if card.competency is None:
        return []
    number = card.milestone.level or 1
    level = card.competency.line_of(number)
    return [fields((card.competency.name, level or words.number(number)))]


def parse_confirm(value: str) -> tuple[MilestoneId, int]:
    """Which milestone, and the version that was read. Raises NotOurs."""
    milestone, _, version = value.partition(":")
    return MilestoneId(id_in(milestone)), id_in(version)


def _shown_with(card: MilestoneCard, words: Words) -> list[Block]:
    shown = []
    if card.evidence is not None:
        shown.append(titled(words.t("Shown by"), card.evidence.note or card.evidence.text))
    if card.milestone.shown_by:
        shown.append(titled(words.t("What shows it"), card.milestone.shown_by))
    if card.milestone.missing:
        shown.append(titled(words.t("{name} misses", name=card.voter), card.milestone.missing))
    return shown


def _milestone_buttons(card: MilestoneCard, words: Words) -> list[ButtonElement]:
    id_, state = card.milestone.id, card.milestone.state
    if card.votes:
        return [
            button(words.t("I see it too"), CONFIRM, f"{id_}:{card.milestone.version}", style="primary"),
            button(words.t("Not yet"), NOT_YET, id_),
        ]
    if not card.mine or state in (MilestoneState.CONFIRMED, MilestoneState.DROPPED):
        return []
    again = state is MilestoneState.CLAIMED
    reached = button(words.t("Change what shows it") if again else words.t("Reached"), REACHED, id_)
    return [
        reached,
        button(words.t("Change"), CHANGE, id_),
        button(words.t("Let it go"), DROP, id_),
    ]


def _how_it_is(card: MilestoneCard, words: Words) -> str:
    mentor = words.names(card.mentors)
    match card.milestone.state:
        case MilestoneState.CLAIMED if card.mine:
            return words.t("{mentor} says next whether they see it, too.", mentor=mentor)
        case MilestoneState.CLAIMED:
            return words.t("{name} says: reached. Do you see it, too?", name=card.owner)
        case MilestoneState.CONFIRMED:
            return words.t("You both see it. Reached.")
        case MilestoneState.AGAIN:
            return words.t("Not yet, and that is a finding: it says what comes next.")
        case MilestoneState.DROPPED:
            return words.t("Let go, and that is fine.")
    return words.t("Seen by: {name} and you.", name=mentor if card.mine else card.owner)


def milestone_state_text(state: MilestoneState, words: Words) -> str:
    return {
        MilestoneState.OPEN: words.t("on the way"),
        MilestoneState.CLAIMED: words.t("said to be reached"),
        MilestoneState.CONFIRMED: words.t("reached, you both see it"),
        MilestoneState.AGAIN: words.t("not yet"),
        MilestoneState.DROPPED: words.t("let go"),
    }[state]
