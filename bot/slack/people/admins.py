"""Admins: who they are, and the form that adds one."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.slack.blocks import Message, actions, button, confirm, header, note, section
from bot.slack.forms import Values, field, form, person_picker
from bot.slack.programme.cohorts import NEW
from bot.usecases.people.admins import AdminAdded, AdminList, AdminRow
from bot.usecases.people.admins_failures import FailuresTold
from bot.words import Words

OPEN = "admin.open"
ADD = "admin.add"
REMOVE = "admin.remove"
FAILURES = "admin.failures"

KINDS_SHOWN = 10
LIST_LIMIT = 90  # a form holds a hundred blocks


def admin_form(data: AdminList, words: Words) -> View:
    """All admins, each with the way out, and a field for one more."""
    blocks: list[Block] = [_admin_row(row, data, words) for row in data.rows[:LIST_LIMIT]]
    if len(data.rows) > LIST_LIMIT:
        blocks.append(note(words.t("There are {count} admins.", count=words.number(len(data.rows)))))
    blocks.append(field("person", words.t("Who else may set things up?"), person_picker(), required=True))
    blocks.append(
        note(words.t("Admins set up cohorts and pairs and see how they are doing. They read nobody's words."))
    )
    return form(ADD, words.t("Admins"), blocks, submit=words.t("Add"), close=words.t("Close"))


def parse_admin(values: Values) -> str:
    """The Slack id of the person who was picked."""
    return values.person("person")


def admin_added(data: AdminAdded, words: Words) -> Message:
    """What somebody reads who became an admin."""
    title = words.t("You are an admin of Pairloop now")
    blocks = [
        header(title),
        section(words.t("{name} added you. You may set up cohorts and bring pairs together.", name=data.by)),
        actions(button(words.t("New cohort"), NEW)),
        note(words.t("Type /loop help start for the first steps, or /loop admins to step back.")),
    ]
    return Message(title, blocks)


def failures_message(data: FailuresTold, words: Words) -> Message:
    """What an admin reads after messages failed for good: kinds, codes and counts."""
    title = words.t("Some messages did not arrive")
    shown, more = data.failures[:KINDS_SHOWN], data.failures[KINDS_SHOWN:]
    lines = [f"{words.number(one.times)} · {one.kind} ({one.code})" for one in shown]
    if more:
        lines.append(words.t("… and of {count} more kinds", count=words.number(len(more))))
    blocks = [
        header(title),
        section(
            words.t(
                "Slack did not take them. What people wrote is saved, and a card comes with its next change."
            )
        ),
        *([section("\n".join(lines))] if lines else []),
        note(words.t("Whoever looks after the machine finds more with “pairloop doctor”.")),
        note(words.t("Every admin reads this, once a day at most. It holds nobody's words.")),
    ]
    return Message(title, blocks)


def stepped_back(words: Words) -> Message:
    """The answer to an admin who gave the rights back."""
    text = words.t("You are no longer an admin. Thank you for looking after Pairloop.")
    return Message(text, [section(text)])


def _admin_row(row: AdminRow, data: AdminList, words: Words) -> Block:
    name = row.member.name
    if row.fixed:
        return section(words.t("{name}, named in the settings of this installation", name=name))
    if not data.may_remove:
        return section(words.t("{name}, the only admin", name=name))
    sure = confirm(
        words,
        words.t("{name} may then no longer set up cohorts and pairs.", name=name),
        words.t("Remove"),
    )
    return section(name, accessory=button(words.t("Remove"), REMOVE, row.member.id, confirm=sure))
