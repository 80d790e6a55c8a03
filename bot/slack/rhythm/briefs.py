"""The brief before a talk."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.members import Member
from bot.slack.blocks import Message, actions, and_more, button, clip, fields, header, note, section, titled
from bot.slack.home.commands import run_button
from bot.slack.loop import responses
from bot.slack.loop.charts import show_button
from bot.slack.loop.goals_guidance import stage_text
from bot.slack.loop.milestones import milestone_lines
from bot.slack.loop.observations import observe_button
from bot.slack.loop.result_cards import change_text, grade_text
from bot.slack.loop.results import adherence
from bot.slack.loop.two_lines_views import views_blocks
from bot.slack.people.pauses import partner_line
from bot.slack.programme.charters import likes_text
from bot.slack.rhythm import asks
from bot.slack.rhythm.talks import next_talk_text, plan_button
from bot.usecases.loop.charts import charts_in
from bot.usecases.rhythm.briefs import Brief, Said, Told, WhichMentee
from bot.words import Words

# A brief is read in a minute: each thing in a few lines, whole on its own card.
LINE = 300
LISTED = 5
BUTTONS_IN_A_ROW = 25  # docs.slack.dev/reference/block-kit/blocks/actions-block


def which_message(which: WhichMentee, words: Words) -> Message:
    """A button for each person whom this mentor could mean."""
    text = words.t("Whom do you want to talk with?")
    if which.refused:
        text = words.t(
            "You two are not together here in that way, so there is no brief. Whom else do you mean?"
        )
    people = which.mentees
    rows = [people[at : at + BUTTONS_IN_A_ROW] for at in range(0, len(people), BUTTONS_IN_A_ROW)]
    return Message(text, [section(text), *(actions(*(brief_on(one) for one in row)) for row in rows)])


def brief_message(brief: Brief, words: Words) -> Message:
    """One minute: where it stands, what was told, what waits, the agenda, and two questions to begin with."""
    title = words.t("Before you talk with {name}", name=brief.mentee.name)
    blocks: list[Block] = [
        header(title),
        *_away(brief, words),
        *_likes(brief, words),
        *_goal_blocks(brief, words),
        *_open_now(brief, words),
    ]
    if brief.told is not None:
        blocks.append(_told_blocks(brief.told, words))
    blocks += _check_in_blocks(brief, words)
    if brief.shared is not None:
        blocks.append(titled(words.t("Shared with you: a small win"), clip(brief.shared.text, LINE)))
    blocks += [*_talks(brief, words), *_said_blocks(brief, words), _observed(brief, words)]
    blocks += _listed(words.t("Milestones"), tuple(milestone_lines(brief.milestones, words)), words)
    blocks += _listed(words.t("Suggested, and open"), tuple(one.behaviour for one in brief.suggested), words)
    blocks += _listed(words.t("On the agenda"), brief.agenda, words)
    blocks += _listed(words.t("To begin with"), _questions(brief, words), words)
    blocks += _listed(words.t("To think of, for yourself"), brief.to_think_of, words)
    blocks.append(actions(*_brief_buttons(brief, words)))
    return Message(title, [*blocks, note(_where_from(brief, words))])


def _where_from(brief: Brief, words: Words) -> str:
    if brief.views.others:
        return words.t(
            "Only you see this. All of it is from what you two wrote, and what others wrote when asked."
        )
    return words.t("Only you see this. All of it is from what you two wrote.")


def brief_on(mentee: Member) -> ButtonElement:
    """A button that opens the brief on one of several."""
    return run_button(mentee.name, f"brief <@{mentee.user_id}>")


def _away(brief: Brief, words: Words) -> list[Block]:
    if brief.away is None:
        return []
    return [section(partner_line(brief.mentee.name, brief.away, words))]


def _likes(brief: Brief, words: Words) -> list[Block]:
    told = likes_text(brief.likes, brief.mentee.name, words)
    return [section(told)] if told else []


def _goal_blocks(brief: Brief, words: Words) -> list[Block]:
    goal = brief.goal
    if goal is None:
        return [section(words.t("No goal yet: a good thing to settle in this talk."))]
    rows = [(words.t("Goal"), goal.text), (words.t("At the start"), goal.baseline)]
    name = brief.mentee.name
    rows.append((words.t("What helps {name}", name=name), stage_text(goal.stage, words)))
    return [_brief_rows(rows), *views_blocks(brief.views, name, words, mine=False, results=False)]


def _open_now(brief: Brief, words: Words) -> list[Block]:
    if not brief.open_now:
        return [section(words.t("Nothing is open."))]
    shown = [
        _brief_rows(
            [
                (words.t("Open now"), e.behaviour),
                (words.t("When"), e.situation),
                (words.t("Until"), words.day(e.until)),
            ]
        )
        for e in brief.open_now[:LISTED]
    ]
    return [*shown, *_more(brief.open_now, words)]


def _told_blocks(told: Told, words: Words) -> Block:
    rows = [
        (
            words.t("Last result"),
            words.t(
                "“{behaviour}”: {answer}",
                behaviour=told.experiment.behaviour,
                answer=adherence(told.result.adherence, words),
            ),
        ),
        *(
            (change.indicator.name, change_text(change, told.experiment, words, mine=False))
            for change in told.changes
        ),
        (words.t("What happened"), told.result.what_happened),
        (words.t("How sure is it?"), grade_text(told.result, words)),
    ]
    return _brief_rows(rows)


def _check_in_blocks(brief: Brief, words: Words) -> list[Block]:
    found = brief.check_in
    if found is None:
        return []
    rows = [
        (words.t("Went well"), found.went_well),
        (words.t("Was hard"), found.was_hard),
        (words.t("Next step"), found.next_step),
    ]
    return [_brief_rows(rows)] if any(value for _, value in rows) else []


def _talks(brief: Brief, words: Words) -> list[Block]:
    """What was taken away last time, and when the next talk is."""
    rows = []
    if brief.talked is not None:
        day = words.day(words.today(brief.talked.created_at))
        rows.append((words.t("Taken away on {day}", day=day), brief.talked.takeaway))
    if brief.next_talk is not None:
        rows.append((words.t("Next talk"), next_talk_text(brief.next_talk, words)))
    return [_brief_rows(rows)] if rows else []


def _said_blocks(brief: Brief, words: Words) -> list[Block]:
    """What the mentor said last, which the mentee may come back to."""
    rows = [
        (words.t("You answered on {day}", day=words.day(words.today(said.at))), _answered(said, words))
        for said in brief.said
    ]
    return [_brief_rows(rows)] if rows else []


def _observed(brief: Brief, words: Words) -> Block:
    """When the mentor last said what they saw, with the way to say it again."""
    again = observe_button(brief.mentee.user_id, words)
    if brief.observed_at is None:
        return section(words.t("What did you see {name} do that worked?", name=brief.mentee.name), again)
    weeks = (words.today(words.now) - words.today(brief.observed_at)).days // 7 if words.now else 0
    if weeks < 1:
        return section(words.t("You said what you saw within the last seven days."), again)
    told = words.n(
        "You last said what you saw {count} week ago.", "You last said what you saw {count} weeks ago.", weeks
    )
    return section(told, again)


def _answered(said: Said, words: Words) -> str:
    return words.t(
        "“{text}”, about: {about}", text=clip(said.text, LINE // 2), about=clip(said.about, LINE // 2)
    )


def _questions(brief: Brief, words: Words) -> tuple[str, str]:
    """Two open questions that fit where the two are."""
    if brief.goal is None:
        return (
            words.t("What would you like to be able to do that you cannot do today?"),
            words.t("How would somebody else notice that it works?"),
        )
    if brief.told is not None and not brief.open_now:
        return (
            words.t("What did you notice that surprised you?"),
            words.t("What would you like to find out next?"),
        )
    return (
        words.t("What happened the last time the situation came up?"),
        words.t("What would make it easier to do?"),
    )


def _brief_buttons(brief: Brief, words: Words) -> list[ButtonElement]:
    buttons = []
    if brief.waiting_ask is not None:
        buttons.append(
            button(words.t("Answer what was asked"), asks.ANSWER, brief.waiting_ask, style="primary")
        )
    if brief.waiting_result is not None:
        buttons.append(button(words.t("Respond to the result"), responses.OPEN, brief.waiting_result))
    chart = [] if len(buttons) > 1 else _chart_button(brief.told, words)
    suggest = run_button(words.t("Suggest a try"), f"suggest <@{brief.mentee.user_id}>")
    talk = [plan_button(words)] if brief.next_talk is None or brief.next_talk.at is None else []
    return [*buttons, *chart, suggest, *talk]


def _chart_button(told: Told | None, words: Words) -> list[ButtonElement]:
    """A brief is no message in which a chart could stand. Where two things wait, they come first."""
    if told is None or not charts_in(change.read for change in told.changes if change.read):
        return []
    return [show_button(told.experiment.id, words)]


def _brief_rows(rows: list[tuple[str, str]]) -> Block:
    return fields(*[(name, clip(value, LINE)) for name, value in rows if value])


def _listed(title: str, lines: tuple[str, ...], words: Words) -> list[Block]:
    if not lines:
        return []
    shown = "\n".join(f"• {clip(line, LINE)}" for line in lines[:LISTED])
    return [titled(title, shown), *_more(lines, words)]


def _more(things: Sequence[object], words: Words) -> list[Block]:
    return [note(line) for line in and_more(len(things) - LISTED, words)]
