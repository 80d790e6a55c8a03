"""What a portfolio says, in its owner's language: a page of headings, lines and figures, whoever writes it out.

Each line says one field of one row. Nothing here marks anything up: what people typed is text until it is escaped by
whoever writes HTML, Markdown or PDF.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.charts import Chart, chart_of
from bot.domain.evidence import headline
from bot.domain.experiments import Experiment
from bot.domain.goals import GoalState
from bot.domain.insights import Insight
from bot.domain.portfolios import (
    Aim,
    EnergyTold,
    Entry,
    EvidenceTold,
    GoalReviewed,
    GoalTold,
    NumberTold,
    Part,
    StepTold,
    Story,
    TryTold,
)
from bot.domain.quotes import QuoteTold
from bot.domain.results import NextStep
from bot.domain.series import series_from
from bot.domain.two_lines_views import LinesFrom
from bot.slack.loop.experiments import FORM as EXPERIMENT
from bot.slack.loop.goals import FORM as GOAL
from bot.slack.loop.quotes import quoted_rows
from bot.slack.loop.result_cards import grade_text
from bot.slack.loop.results import FORM as RESULT
from bot.slack.loop.results import adherence
from bot.slack.loop.results_sticking import stuck_text
from bot.slack.loop.series import series_text, turns_text
from bot.slack.loop.two_lines_answers import FORM as LINES
from bot.slack.repository.insights import how_sure
from bot.words import Words

VALUES_LISTED = 24


@dataclass(frozen=True)
class Heading:
    """`level` 2 is a part, 3 something in it."""

    text: str
    level: int


@dataclass(frozen=True)
class Line:
    """A text, and what it is called; "" for one that needs no name."""

    name: str
    text: str


@dataclass(frozen=True)
class Labels:
    """What stands in a drawing: the names of its lines, and its first and last day."""

    hoped: str
    middle: str
    start: str
    first: str
    last: str


@dataclass(frozen=True)
class Figure:
    """A number over time; `text` says the same in words, for who cannot see it or prints in grey."""

    chart: Chart
    text: str
    labels: Labels


Piece = Heading | Line | Figure


@dataclass(frozen=True)
class Page:
    """A whole portfolio, in words.

    Args:
        language: the one of its own texts, such as "de".
        short: whether all of it is to stand on one sheet of paper.
    """

    language: str
    title: str
    pieces: tuple[Piece, ...]
    foot: str
    short: bool = False


def part_text(part: Part, words: Words) -> str:
    return {
        Part.GOALS: words.t("Goals"),
        Part.TRIES: words.t("What I tried"),
        Part.NUMBERS: words.t("Numbers over time"),
        Part.INSIGHTS: words.t("What I found out"),
        Part.EVIDENCE: words.t("What shows it"),
        Part.WORDS: words.t("What my mentor said"),
        Part.ENERGY: words.t("My energy"),
    }[part]


def page(story: Story, name: str, today: date, words: Words) -> Page:
    """All of it in words; `name` is its owner's. Days say their year: it is read for longer than a message."""
    words = replace(words, now=None)
    shown = [*_parts_told(story, words), *_aims_told(story, words)]
    title = (
        words.t("{name}: for my review", name=name) if story.aims else words.t("{name}: my path", name=name)
    )
    day = words.full_day(today)
    foot = words.t(
        "Made with Pairloop on {day}. Everything in it comes from {name}'s own entries.", day=day, name=name
    )
    return Page(words.language, title, tuple(shown), foot, short=bool(story.aims))


def _parts_told(story: Story, words: Words) -> Iterator[Piece]:
    for section in story.sections:
        yield Heading(part_text(section.part, words), 2)
        for entry in section.entries:
            yield from _told_of(entry, words)


def _told_of(entry: Entry, words: Words) -> Iterable[Piece]:
    match entry:
        case GoalTold():
            return _goal_told(entry, words)
        case TryTold():
            return _try_pieces(entry, words)
        case NumberTold():
            return [Heading(entry.indicator.name, 3), *_number_drawn(entry, words)]
        case Insight():
            return _insight_told(entry, words)
        case EvidenceTold() | LinesFrom() | QuoteTold():
            return _evidence_told(entry, words)
        case EnergyTold():
            level = words.t("{level} of 5", level=entry.level)
            return [Line(words.full_day(words.today(entry.at)), level)]


def _goal_told(told: GoalTold, words: Words) -> Iterator[Piece]:
    yield Heading(told.goal.text, 3)
    yield from _said_lines(GOAL.told(told.goal, words))
    yield from _numbers_in_words(told.numbers, words)
    for step in told.steps:
        yield from _step_told(step, words)
    if told.goal.state is GoalState.REACHED:
        yield Line("", words.t("Reached."))


def _step_told(step: StepTold, words: Words) -> Iterator[Line]:
    """In the words of whoever learns, and those of the cohort's competency; what was kept may be somebody else's."""
    milestone = step.milestone
    yield Line(words.t("A milestone that my mentor sees, too"), milestone.can)
    yield from _said_lines([(step.competency, step.level), (words.t("What shows it"), milestone.shown_by)])


def _try_pieces(told: TryTold, words: Words) -> Iterator[Piece]:
    result = told.result
    yield Heading(told.experiment.behaviour, 3)
    yield from _said_lines([(words.t("Goal"), told.goal.text)] if told.goal else [])
    yield from _said_lines(EXPERIMENT.told(told.experiment, words))
    yield from _numbers_in_words(told.numbers, words)
    if result is not None:
        sure = (words.t("How sure is it?"), grade_text(result, words))
        stuck = (words.t("Four weeks later"), stuck_text(result, words))
        yield Line(words.t("Did it happen?"), adherence(result.adherence, words))
        yield from _said_lines([*RESULT.told(result, words), sure, stuck])


def _number_drawn(told: NumberTold, words: Words) -> Iterator[Piece]:
    """Two values are read faster as words; from three on there is a line to see."""
    chart = chart_of(told.indicator, told.points)
    if chart is None:
        yield Line("", number_words(told, words))
    else:
        yield Figure(
            chart,
            f"{number_words(told, words)} {_values_told(chart, words)}".strip(),
            _labels_of(chart, words),
        )


def number_words(told: NumberTold, words: Words) -> str:
    """What the number shows, as far as it carries; "" without any reading."""
    number, turns = told.indicator, told.turns
    if told.occasions and turns.values:
        return turns_text(turns, words, mine=True, unit=number.unit)
    return series_text(series_from(told.points, number.direction), words, number.unit)


def _values_told(chart: Chart, words: Words) -> str:
    """The values with their days; how many earlier ones only the drawing shows."""
    newest = chart.points[-VALUES_LISTED:]
    listed = " · ".join(f"{words.full_day(one.day)}: {words.number(one.value)}" for one in newest)
    earlier = len(chart.points) - len(newest)
    if not earlier:
        return listed
    before = words.n(
        "{count} earlier value is in the drawing.", "{count} earlier values are in the drawing.", earlier
    )
    return f"{before} {listed}"


def _labels_of(chart: Chart, words: Words) -> Labels:
    days = words.full_day(chart.points[0].day), words.full_day(chart.points[-1].day)
    return Labels(words.t("Hoped for"), words.t("The middle"), words.t("At the start"), *days)


def _insight_told(insight: Insight, words: Words) -> Iterator[Piece]:
    yield Heading(insight.behaviour, 3)
    rows = [
        (words.t("The situation"), insight.situation),
        (words.t("What came of it"), insight.outcome),
        *how_sure(insight.grade, words),
    ]
    yield from _said_lines(rows)


def _evidence_told(told: EvidenceTold | LinesFrom | QuoteTold, words: Words) -> Iterator[Piece]:
    if not isinstance(told, EvidenceTold):
        yield from _quoted_lines(told, words) if isinstance(told, LinesFrom) else _quoted_words(told, words)
        return
    kept = told.evidence
    yield Heading(words.full_day(words.today(kept.created_at)), 3)
    yield from _said_lines([("", told.words), (words.t("Note"), kept.note), (words.t("A link"), kept.link)])
    if not told.words:
        yield Line("", words.t("A message of somebody else, whose words stay with them."))


def _quoted_lines(quoted: LinesFrom, words: Words) -> Iterator[Piece]:
    """Somebody else's words, who said that they may stand here."""
    yield Heading(words.full_day(words.today(quoted.lines.created_at)), 3)
    yield Line(words.t("{name} was asked", name=quoted.name), quoted.lines.question)
    yield from _said_lines(LINES.told(quoted.lines, words))


def _quoted_words(told: QuoteTold, words: Words) -> Iterator[Piece]:
    """A mentor's words, who said that just these may stand here."""
    day = words.full_day(words.today(told.words.created_at))
    yield Heading(words.t("{name}, {day}", name=told.name, day=day), 3)
    yield from _said_lines(quoted_rows(told.words, words))


def _numbers_in_words(numbers: Iterable[NumberTold], words: Words) -> Iterator[Line]:
    return _said_lines((one.indicator.name, number_words(one, words)) for one in numbers)


def _said_lines(rows: Iterable[tuple[str, str]]) -> Iterator[Line]:
    """What is empty is not said."""
    return (Line(name, text) for name, text in rows if text)


def _aims_told(story: Story, words: Words) -> Iterator[Piece]:
    for aim in story.aims:
        yield Heading(headline(aim.objective) or _without_objective(aim, words), 2)
        for reviewed in aim.goals:
            yield from _review_of_goal(reviewed, words)
    if story.left_out:
        yield Line(
            "",
            words.n(
                "{count} earlier goal is in the whole portfolio.",
                "{count} earlier goals are in the whole portfolio.",
                story.left_out,
            ),
        )


def _without_objective(aim: Aim, words: Words) -> str:
    return words.n("My goal", "My goals", len(aim.goals))


def _review_of_goal(told: GoalReviewed, words: Words) -> Iterator[Piece]:
    yield Heading(headline(told.goal.text), 3)
    done = [_what_i_did(one, words) for one in told.tries]
    more = [words.n("and {count} before", "and {count} before", told.left_out)] if told.left_out else []
    yield from _said_lines([(words.t("What I did"), "\n".join([*more, *done]))])
    yield from _said_lines([(words.t("What changed"), "\n".join(_what_changed(told, words)))])
    yield from _said_lines([(words.t("What I would do next"), "\n".join(_what_next(told, words)))])


def _what_i_did(told: TryTold, words: Words) -> str:
    return (
        f"{_promise_cut(told.experiment)} ({adherence(told.result.adherence, words)})" if told.result else ""
    )


def _promise_cut(experiment: Experiment) -> str:
    return headline(f"{experiment.behaviour} – {experiment.situation}")


def _what_changed(told: GoalReviewed, words: Words) -> Iterator[str]:
    """Numbers first; where a try has none, what was told of it."""
    if told.goal.state is GoalState.REACHED:
        yield words.t("Reached.")
    yield from (f"{one.indicator.name}: {number_words(one, words)}" for one in told.numbers)
    for one in told.tries:
        numbers = [f"{each.indicator.name}: {number_words(each, words)}" for each in one.numbers]
        happened = headline(one.result.what_happened) if one.result else ""
        yield from numbers or filter(None, [happened])


def _what_next(told: GoalReviewed, words: Words) -> Iterator[str]:
    """What is promised and open; else what was decided about the newest try."""
    yield from (_promise_cut(one) for one in told.going_on)
    newest = told.tries[-1].result if told.tries and not told.going_on else None
    if newest is not None and newest.next_step not in (None, NextStep.DROP):
        decided = RESULT.lines(newest, words)
        says = next(text for name, text in decided if name == words.t("What next?"))
        yield f"{_promise_cut(told.tries[-1].experiment)}: {says}"
