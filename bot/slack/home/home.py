"""App Home, and the panel of /loop, which shows the same in a message."""

from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.attention import What
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.indicators import NumberKind
from bot.domain.insights import Insight
from bot.domain.turns import turns_in
from bot.slack.blocks import Message, actions, button, clip, divider, fields, header, note, section
from bot.slack.home.attention import coming_note, first_line, lead_button
from bot.slack.home.beginnings import first_step
from bot.slack.home.commands import run_button
from bot.slack.home.help import ways_out
from bot.slack.home.home_cohorts import cohort_blocks
from bot.slack.home.home_hands import hand_blocks
from bot.slack.home.home_people import digest_line, people_blocks
from bot.slack.home.home_suggestions import suggestion_lines
from bot.slack.loop import charts, experiments, goals, readings
from bot.slack.loop.drifts import day_passed
from bot.slack.loop.experiment_cards import it_happened
from bot.slack.loop.goals_showing import shown_lines
from bot.slack.loop.series import number_series_text
from bot.slack.loop.setbacks import say_button
from bot.slack.people import pauses
from bot.slack.privacy import or_whom_you_show
from bot.slack.repository import insights
from bot.slack.repository.search import search_field
from bot.usecases.home.home import Home
from bot.usecases.loop.charts import charts_in
from bot.usecases.loop.readings import ReadSeries
from bot.words import Words

# What Home shows of each; the rest folds behind a button. All of it together stays below the hundred blocks that
# Slack takes (docs.slack.dev/reference/views/home-tab-views), and a panel below the fifty of a message.
EXPERIMENTS_SHOWN, GOALS_SHOWN = 4, 3
LINE = 150


def home_view(home: Home, words: Words, notice: tuple[Block, ...] = ()) -> View:
    """App Home for every role that this person holds, with the first step where there is nothing yet.

    Args:
        notice: what went wrong with the last press, above everything else.
    """
    blocks = [
        *notice,
        *hand_blocks(home, words),
        section(first_line(home, words)),
        *coming_note(home, words),
        *_home_buttons(home, words),
        *_open_now(home, words),
        *suggestion_lines(home, words),
        *_goals(home, words),
        *shown_lines(home.shown, words),
        *people_blocks(home.mentoring, words, suggesting=True),
        *_for_oneself(home, words),
        *digest_line(home, words),
        *_insights(home, words),
        *cohort_blocks(home, words),
        divider(),
        actions(
            run_button(words.t("Help"), "help"),
            run_button(words.t("Who sees what"), "help privacy"),
            *_ways_out(home, words),
        ),
        note(words.t("Only you see this page. Times are in your own zone: {zone}.", zone=words.tz)),
    ]
    return View(type="home", callback_id="home", blocks=blocks)


def panel_message(home: Home, words: Words) -> Message:
    """What /loop without words shows: who and what waits, each with its button."""
    blocks = [
        section(first_line(home, words)),
        *coming_note(home, words),
        *people_blocks(home.mentoring, words),
        *_open_now(home, words),
        *_home_buttons(home, words),
        *([actions(*ways)] if (ways := _ways_out(home, words)) else []),
    ]
    return Message(first_line(home, words), [*blocks, note(words.t("Only you see this."))])


def _ways_out(home: Home, words: Words) -> list[ButtonElement]:
    """For a while, with somebody's help, or for good."""
    if not (home.learning or home.mentoring):
        return []
    kept = [run_button(words.t("My portfolio"), "portfolio")] if home.learning else []
    gave = [run_button(words.t("What I gave"), "record")] if home.mentoring else []
    pause = [] if home.away else [run_button(words.t("Take a pause"), "pause")]
    return [*kept, *gave, *pause, run_button(words.t("Settings"), "settings"), *ways_out(words)]


def _home_buttons(home: Home, words: Words) -> list[Block]:
    buttons = [*_learner_buttons(home, words)]
    if lead := lead_button(home, words):
        buttons.insert(0, lead)
    if home.away is not None:
        buttons.insert(0, button(words.t("Back already"), pauses.BACK))
    if home.learning or home.mentoring:
        buttons.append(run_button(words.t("We talked"), "talked"))
        buttons.append(run_button(words.t("Observe"), "observe"))
    if home.beginning is not None:
        buttons += first_step(home.beginning, words)
    elif home.me.is_admin or home.cohorts:
        buttons.append(run_button(words.t("Pair two people"), "pair"))
    if not buttons:
        return []
    buttons[0].style = "primary"
    return [actions(*buttons)]


def _learner_buttons(home: Home, words: Words) -> list[ButtonElement]:
    """Something new leads only where there is room for it, and a check-in that waits is not offered twice."""
    if not home.learning:
        return []
    new = run_button(words.t("Try something"), "try")
    told = run_button(words.t("Tell how it went"), "result")
    waits = next((matter.what for matter in home.matters if matter.waits), None)
    check_in = [] if waits is What.CHECK_IN else [run_button(words.t("Check in"), "checkin")]
    ask = run_button(words.t("I'm facing …"), "ask")
    if not home.full:
        return [new, *check_in, ask]
    return [*([] if waits is What.OUTCOME else [told]), *check_in, ask, new]


def _open_now(home: Home, words: Words) -> list[Block]:
    if not home.learning:
        return []
    title = header(words.t("Open now"))
    if not home.experiments:
        # The way to it is the first of the buttons, which stand in the same place.
        return [
            title,
            section(words.t("Nothing is open. Something small for the next days: “I will … when …”.")),
        ]
    return [title, *_open_experiments(home, words)]


def _for_oneself(home: Home, words: Words) -> list[Block]:
    """What somebody does for themselves who only mentors; one line where there is nothing yet."""
    if not home.for_oneself:
        return []
    goal, new = run_button(words.t("Set a goal"), "goal new"), run_button(words.t("Try something"), "try")
    if not (home.goals or home.experiments):
        asked = words.t(
            "Is there something that you would like to get better at yourself? Nobody else reads it."
        )
        return [section(asked), actions(goal, new)]
    told = run_button(words.t("Tell how it went"), "result")
    return [
        header(words.t("For yourself")),
        *_open_experiments(home, words),
        *_open_goals(home, words),
        actions(*([told] if home.full else [new]), goal),
        note(or_whom_you_show(words)),
    ]


def _open_experiments(home: Home, words: Words) -> list[Block]:
    shown = sorted(home.experiments, key=lambda e: e.until)[:EXPERIMENTS_SHOWN]
    folded = _folded(len(home.experiments) - len(shown), "result", words)
    return [*(block for e in shown for block in _experiment(e, home, words)), *folded]


def _experiment(experiment: Experiment, home: Home, words: Words) -> list[Block]:
    left = (experiment.until - words.today(home.now)).days
    until = (
        words.n("{count} day left", "{count} days left", left)
        if left > 0
        else words.t("until {day}", day=words.day(experiment.until))
    )
    return [
        fields(
            (words.t("I will"), clip(experiment.behaviour, LINE)),
            (words.t("When"), clip(experiment.situation, LINE)),
        ),
        *_numbers(experiment, home, words),
        section(until, say_button(experiment, words)),
        actions(
            it_happened(experiment, words, told=_all_came(experiment, home)),
            button(words.t("Change"), experiments.CHANGE, experiment.id),
            *_charts(experiment, home, words),
        ),
    ]


def _all_came(experiment: Experiment, home: Home) -> bool:
    """Whether a coin decided, and each of its occasions has its number."""
    own = [read for read in home.series if read.indicator.experiment_id == experiment.id]
    return any(turns_in(read.indicator, read.readings, experiment.coin.occasions).complete for read in own)


def _charts(experiment: Experiment, home: Home, words: Words) -> list[ButtonElement]:
    """Home takes no charts, so they come as a message."""
    reads = [read for read in home.series if read.indicator.experiment_id == experiment.id]
    return [charts.show_button(experiment.id, words)] if charts_in(reads) else []


def _numbers(experiment: Experiment, home: Home, words: Words) -> list[Block]:
    """What is measured, with what was noted of it, and the way to note the next; a coin notes by itself."""
    reads = [read for read in home.series if read.indicator.experiment_id == experiment.id]
    if not reads:
        return []
    told = [_number_line(read, experiment, words) for read in reads]
    lines = [": ".join(filter(None, (r.indicator.name, text))) for r, text in zip(reads, told, strict=True)]
    if experiment.is_preparing(words.today(experiment.created_at), words.today(home.now)):
        lines.append(words.t("It begins after the third number."))
    note_it = button(words.t("Note a number"), readings.OPEN_FOR, experiment.id)
    return [section("\n".join(clip(line, LINE) for line in lines), note_it)]


def _number_line(read: ReadSeries, experiment: Experiment, words: Words) -> str:
    if read.indicator.kind is NumberKind.COUNT:
        return readings.number_text(read, words).replace("\n", " · ")
    return number_series_text(read, words, occasions=experiment.coin.occasions, mine=True)


def _goals(home: Home, words: Words) -> list[Block]:
    if not home.learning:
        return []
    title = header(words.t("Your goal"))
    if not home.goals:
        empty = words.t("No goal yet. It helps to say in one sentence what you want to be able to do.")
        return [title, section(empty, run_button(words.t("Set a goal"), "goal"))]
    return [title, *_open_goals(home, words)]


def _open_goals(home: Home, words: Words) -> list[Block]:
    shown = home.goals[:GOALS_SHOWN]
    folded = _folded(len(home.goals) - len(shown), "goal", words)
    today = words.today(home.now)
    return [*(block for goal in shown for block in _goal_line(goal, home, today, words)), *folded]


def _goal_line(goal: Goal, home: Home, today: date, words: Words) -> list[Block]:
    rows = [
        (words.t("At the start"), clip(goal.baseline, LINE)),
        (words.t("How you will know"), clip(goal.signs, LINE)),
        (words.t("By"), words.full_day(goal.horizon) if goal.horizon else ""),
    ]
    told = [(name, value) for name, value in rows if value]
    change = button(words.t("Change"), goals.OPEN, goal.id)
    passed = goal.horizon is not None and goal.horizon < today
    number = next((read for read in home.series if read.indicator.goal_id == goal.id), None)
    return [
        section(goal.text, change),
        *([fields(*told)] if told else []),
        *([readings.number_line(number, words, taps=False)] if number else []),
        *(
            [section(words.t("Its day has passed. How does it stand?")), day_passed(goal, words)]
            if passed
            else []
        ),
    ]


def _insights(home: Home, words: Words) -> list[Block]:
    title, search = header(words.t("What you found out")), search_field(words)
    if home.insights:
        return [title, *(_insight(insight, home, words) for insight in home.insights), search]
    if not home.learning and not home.mentoring:
        return [header(words.t("What others found out")), search]
    empty = words.t("What works for you will stand here, for the next time you need it.")
    return [title, section(empty, run_button(words.t("Write one down"), "insight")), search]


def _insight(insight: Insight, home: Home, words: Words) -> Block:
    text = words.t(
        "{behaviour}: {outcome}",
        behaviour=clip(insight.behaviour, LINE),
        outcome=clip(insight.outcome, LINE),
    )
    mine = insight.member_id == home.me.id
    return section(text, button(words.t("Change"), insights.CHANGE, insight.id) if mine else None)


def _folded(rest: int, command: str, words: Words) -> list[Block]:
    if rest <= 0:
        return []
    return [actions(run_button(words.n("Show {count} more", "Show {count} more", rest), command))]
