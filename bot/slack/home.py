"""App Home, and the panel of /loop, which shows the same in a message."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.attention import Need
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.insights import Insight
from bot.slack import asks, experiments, goals, insights, result_cards, results
from bot.slack.blocks import Message, actions, button, divider, fields, header, note, section
from bot.slack.commands import run_button
from bot.usecases.home import CohortLine, Home, Mentored
from bot.words import Words

HOME_LIMIT = 100  # blocks (docs.slack.dev/reference/block-kit/blocks)
SHOWN = 12  # people or cohorts; the rest folds into "show all"
SHOW_ALL = "home.all"


def home_view(home: Home, words: Words) -> View:
    """App Home for every role that this person holds, with the first step where there is nothing yet."""
    blocks = [
        section(_next_line(home, words)),
        *_buttons(home, words),
        *_open_now(home, words),
        *_goals(home, words),
        *_people(home, words, SHOWN),
        *_insights(home, words),
        *_cohorts(home, words),
        divider(),
        actions(run_button(words.t("Help"), "help"), run_button(words.t("Who sees what"), "help privacy")),
        note(words.t("Only you see this page. Times are in your own zone: {zone}.", zone=words.tz)),
    ]
    return View(type="home", callback_id="home", blocks=blocks[:HOME_LIMIT])


def panel_message(home: Home, words: Words) -> Message:
    """What /loop without words shows: who and what waits, each with its button."""
    blocks = [
        section(_next_line(home, words)),
        *_people(home, words, SHOWN),
        *_open_now(home, words),
        *_buttons(home, words),
    ]
    return Message(_next_line(home, words), [*blocks, note(words.t("Only you see this."))])


def everyone_message(home: Home, words: Words) -> Message:
    """All the people whom this person mentors, for a list that was folded."""
    title = words.t("Your people")
    lines = [_person(line, words) for line in home.mentoring]
    return Message(title, lines[:HOME_LIMIT])


def _next_line(home: Home, words: Words) -> str:
    if home.next_nudge is not None:
        when = words.moment(home.next_nudge.due_at)
        return words.t("Next: {when}, with {partner}.", when=when, partner=home.next_partner)
    if home.learning or home.mentoring:
        return words.t("Nothing is planned right now.")
    if home.me.is_admin:
        return words.t(
            "Welcome. Pairs, experiments and insights will appear here. First a rhythm, then a pair."
        )
    return words.t(
        "Welcome. Once you are in a pair, your goal, your experiments and what you found out will appear here."
    )


def _buttons(home: Home, words: Words) -> list[Block]:
    buttons: list[ButtonElement] = []
    if home.learning:
        buttons += [
            run_button(words.t("Try something"), "try"),
            run_button(words.t("Check in"), "checkin"),
            run_button(words.t("I'm facing …"), "ask"),
        ]
    if home.learning or home.mentoring:
        buttons.append(run_button(words.t("We talked"), "talked"))
    if home.me.is_admin:
        buttons += [run_button(words.t("New cohort"), "cohort new"), run_button(words.t("New pair"), "pair")]
    if not buttons:
        buttons.append(run_button(words.t("How this works"), "help"))
    buttons[0].style = "primary"
    return [actions(*buttons)]


def _open_now(home: Home, words: Words) -> list[Block]:
    if not home.learning:
        return []
    title = header(words.t("Open now"))
    if not home.experiments:
        empty = words.t("Nothing is open. Something small for the next days: “I will … when …”.")
        return [title, section(empty, run_button(words.t("Try something"), "try"))]
    return [title, *(block for e in home.experiments for block in _experiment(e, home, words))]


def _experiment(experiment: Experiment, home: Home, words: Words) -> list[Block]:
    left = (experiment.until - words.today(home.now)).days
    until = (
        words.n("{count} day left", "{count} days left", left)
        if left > 0
        else words.t("until {day}", day=words.day(experiment.until))
    )
    text = words.t(
        "“{behaviour}” when {situation}", behaviour=experiment.behaviour, situation=experiment.situation
    )
    return [
        section(text),
        note(until),
        actions(
            button(words.t("It happened"), results.HAPPENED, experiment.id, style="primary"),
            button(words.t("Change"), experiments.CHANGE, experiment.id),
        ),
    ]


def _goals(home: Home, words: Words) -> list[Block]:
    if not home.learning:
        return []
    title = header(words.t("Your goal"))
    if not home.goals:
        empty = words.t("No goal yet. It helps to say in one sentence what you want to be able to do.")
        return [title, section(empty, button(words.t("Set a goal"), goals.OPEN))]
    return [title, *(block for goal in home.goals for block in _goal(goal, words))]


def _goal(goal: Goal, words: Words) -> list[Block]:
    rows = [
        (words.t("Where you started"), goal.baseline),
        (words.t("How you will know"), goal.signs),
        (words.t("By"), words.day(goal.horizon) if goal.horizon else ""),
    ]
    told = [(name, value) for name, value in rows if value]
    change = button(words.t("Change"), goals.OPEN, goal.id)
    return [section(goal.text, change), *([fields(*told)] if told else [])]


def _people(home: Home, words: Words, limit: int) -> list[Block]:
    if not home.mentoring:
        return []
    rest = len(home.mentoring) - limit
    folded = (
        [actions(button(words.n("Show {count} more", "Show {count} more", rest), SHOW_ALL))]
        if rest > 0
        else []
    )
    lines = [_person(line, words) for line in home.mentoring[:limit]]
    return [header(words.t("Your people")), *lines, *folded]


def _person(line: Mentored, words: Words) -> Block:
    names = words.names(member.name for member in line.place.mentees)
    match line.need:
        case Need.REPLY:
            text, action = words.t("{name} faces something and asks you", name=names), _answer(line, words)
        case Need.RESULT:
            text, action = words.t("{name} told a result", name=names), _respond(line, words)
        case Need.SILENCE:
            text, action = words.t("It has been quiet with {name}", name=names), _brief(line, words)
        case Need.FINE:
            text, action = words.t("{name}: all is answered", name=names), _brief(line, words)
    if line.experiment is not None:
        text = words.t("{line}. Open: “{behaviour}”.", line=text, behaviour=line.experiment.behaviour)
    return section(text, action)


def _answer(line: Mentored, words: Words) -> ButtonElement:
    return button(words.t("Answer"), asks.ANSWER, line.ask, style="primary")


def _respond(line: Mentored, words: Words) -> ButtonElement:
    return button(words.t("Respond"), result_cards.OPEN, line.result, style="primary")


def _brief(line: Mentored, words: Words) -> ButtonElement:
    mentee = next(iter(line.place.mentees))
    return run_button(words.t("Brief"), f"brief <@{mentee.user_id}>")


def _insights(home: Home, words: Words) -> list[Block]:
    blocks: list[Block] = [header(words.t("What you found out"))]
    if not home.learning and not home.mentoring:
        return blocks
    if not home.insights:
        return [
            *blocks,
            section(words.t("What works for you will stand here, for the next time you need it.")),
        ]
    return [*blocks, *(_insight(insight, home, words) for insight in home.insights)]


def _insight(insight: Insight, home: Home, words: Words) -> Block:
    text = words.t("{behaviour}: {outcome}", behaviour=insight.behaviour, outcome=insight.outcome)
    mine = insight.member_id == home.me.id
    return section(text, button(words.t("Change"), insights.CHANGE, insight.id) if mine else None)


def _cohorts(home: Home, words: Words) -> list[Block]:
    if not home.cohorts and not home.me.is_admin:
        return []
    title = header(words.t("Cohorts"))
    if not home.cohorts:
        empty = words.t(
            "No cohort yet. It gives pairs their rhythm: every how many weeks, which day, what time."
        )
        return [title, section(empty, run_button(words.t("New cohort"), "cohort new"))]
    lines = [block for line in home.cohorts[:SHOWN] for block in _cohort(line, words)]
    return [title, *lines, actions(run_button(words.t("All cohorts"), "cohort"))]


def _cohort(line: CohortLine, words: Words) -> Iterable[Block]:
    states = line.pairs
    pairs = words.t(
        "{active} active, {asked} asked, {paused} paused",
        active=words.number(states.get("active", 0)),
        asked=words.number(states.get("asked", 0)),
        paused=words.number(states.get("paused", 0)),
    )
    funnel = line.funnel
    loop = words.t(
        "{committed} promised, {run} told, {reviewed} answered, {insight} became an insight",
        committed=words.number(funnel.committed),
        run=words.number(funnel.run),
        reviewed=words.number(funnel.reviewed),
        insight=words.number(funnel.insight),
    )
    yield section(line.cohort.name)
    yield fields((words.t("Pairs"), pairs), (words.t("Experiments"), loop))
