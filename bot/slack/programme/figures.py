"""How a cohort goes, in words and in charts: each figure with what it means and of how many people it is."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.figures import FAIR, FUNNEL, PULSE, CohortFigure, Dimension, Extent, FigureName
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.domain.pulses import PulseItem
from bot.domain.regions import region_name
from bot.slack.blocks import ChartBlock, Message, actions, button, header, note, section, titled
from bot.slack.forms import panel
from bot.slack.programme.figures_meaning import meaning, name_text
from bot.slack.rhythm.pulses import item_text
from bot.slack.sizes import fit
from bot.usecases.programme.figures import HowItGoes
from bot.words import Words

OPEN = "figure.open"
CHARTS = "figure.charts"
SEND_HTML = "figure.html"
SEND_PDF = "figure.pdf"
SEND_CSV = "figure.csv"

APART = (FigureName.REACHED, FigureName.TO_COMPETENCE)  # told by parts alone
TOLD = (*(name for name in FigureName if name not in (*PULSE, *APART)),)
MONTHS_DRAWN = 12
LINES_OF_A_BLOCK = 15
CATEGORY_LIMIT = 20


def figures_view(data: HowItGoes, words: Words) -> View:
    """The window with all figures in words, and the ways to take them along."""
    blocks = [
        note(made_text(data, words)),
        *_figure_blocks(data, words),
        *competence_blocks(data, words),
        *part_blocks(data, words),
        *pulse_figure_blocks(data, words),
        actions(
            button(words.t("Show me the charts"), CHARTS, data.cohort.id, style="primary"),
            button(words.t("Send me the page"), SEND_HTML, data.cohort.id),
            button(words.t("As PDF"), SEND_PDF, data.cohort.id),
            button(words.t("As CSV"), SEND_CSV, data.cohort.id),
        ),
        note(who_reads_text(words)),
    ]
    return panel(words.t("How it goes"), blocks, close=words.t("Close"))


def figures_message(data: HowItGoes, words: Words) -> Message:
    """The figures that can be drawn, each in words, too."""
    title = words.t("How it goes: {name}", name=data.cohort.name)
    blocks: list[Block] = [
        header(title),
        note(made_text(data, words)),
        *_figure_blocks(data, words),
        *competence_blocks(data, words),
        *_charts(data, words),
        note(who_reads_text(words)),
    ]
    return Message(title, blocks)


def on_its_way(words: Words) -> Message:
    text = words.t("It is on its way: it comes into your messages with me.")
    return Message(text, [section(text)])


def made_text(data: HowItGoes, words: Words) -> str:
    """Of when the figures are, and why they do not follow each day."""
    if not data.figures:
        return words.t(
            "No figures yet. They are made on the first days of a month, of at least {people} people in {pairs} pairs, "
            "also without any one pair.",
            people=words.number(FEWEST_PEOPLE),
            pairs=words.number(FEWEST_PAIRS),
        )
    return words.t(
        "Made once a month, and each changes only when it changes for enough people at once: so nobody can be found by "
        "comparing two of them. Its day stands beside each. Too few are fewer than {people} people in {pairs} pairs, "
        "also without any one pair.",
        people=words.number(FEWEST_PEOPLE),
        pairs=words.number(FEWEST_PAIRS),
    )


def who_reads_text(words: Words) -> str:
    return words.t(
        "Seen by: whoever leads this cohort, and admins. Counts only; nobody's words, and no names."
    )


def figure_text(figure: CohortFigure, words: Words) -> str:
    """What it says: “14 of 20”, none or all but for what a few people do, in days, or about how many."""
    count, of = words.number(figure.count), words.number(figure.of)
    if figure.middle is not None:
        return _middle_text(figure.name, figure.middle, count, words)
    match figure.extent:
        case Extent.MOST:
            return words.t("all of {of}, or all but a few people's", of=of)
        case Extent.FEW:
            return words.t("none of {of}, or a few people's", of=of)
        case Extent.ABOUT:
            return words.t("about {count} of {of} agree", count=count, of=of)
    if figure.count == figure.of:
        return count
    return words.t("{count} of {of}", count=count, of=of)


def _middle_text(name: FigureName, days: Decimal, count: str, words: Words) -> str:
    if name is FigureName.TO_COMPETENCE:
        return words.t("{weeks} weeks (the middle of {count})", weeks=words.number(days / 7), count=count)
    return words.t("{days} days (the middle of {count})", days=words.number(days), count=count)


def base_text(figure: CohortFigure, words: Words) -> str:
    """Of how many it is, and when it was made."""
    people = words.n("{count} person", "{count} people", figure.people)
    day = words.full_day(figure.made_on)
    if not figure.pairs:
        return words.t("from {people}, made on {day}", people=people, day=day)
    pairs = words.n("{count} pair", "{count} pairs", figure.pairs)
    return words.t("from {people} in {pairs}, made on {day}", people=people, pairs=pairs, day=day)


def too_few_text(words: Words) -> str:
    """How few that is, `made_text` says once for all."""
    return words.t("too few to say")


def whole(data: HowItGoes, name: FigureName) -> CohortFigure | None:
    """The figure of the whole cohort, None where it was not told."""
    return next((one for one in data.figures if one.name is name and one.dimension is Dimension.WHOLE), None)


def said_of(data: HowItGoes, name: FigureName, words: Words) -> str:
    """A figure with of how many it is, or that they are too few."""
    figure = whole(data, name)
    if figure is None:
        return too_few_text(words)
    return f"{figure_text(figure, words)} ({base_text(figure, words)})"


def asked_text(name: FigureName, words: Words) -> str:
    return item_text(PulseItem(name.value), words)


def parts_said(data: HowItGoes, words: Words) -> Iterator[tuple[str, str]]:
    """The same figures by place, language and group, each where that may be told; with the day, as each waits alone."""
    titles = {
        Dimension.PLACE: words.t("By place"),
        Dimension.LANGUAGE: words.t("By language"),
        Dimension.GROUP: words.t("By the group that people say they count to"),
    }
    for kind, title in titles.items():
        for name in FAIR:
            shown = [one for one in data.figures if (one.name, one.dimension) == (name, kind)]
            if shown:
                day = words.t("made on {day}", day=words.full_day(shown[0].made_on))
                lines = [f"{part_text(one, words)}: {figure_text(one, words)}" for one in shown]
                means = [meaning(name, words)] if name in APART else []  # the others say it of the whole
                yield f"{title}: {name_text(name, words)}", "\n".join([*lines, *means, day])


def part_text(figure: CohortFigure, words: Words) -> str:
    """A country and a language are said in the reader's own, a group as people wrote it."""
    if not figure.part:
        return words.t("all others")
    match figure.dimension:
        case Dimension.PLACE:
            return region_name(figure.part, words.locale)
        case Dimension.LANGUAGE:
            return words.language_name(figure.part)
    return figure.part


def competence_said(data: HowItGoes, words: Words) -> list[str]:
    """A line for each competency of which that may be told; nothing where there is none."""
    return [
        f"{competency_text(data, one, words)}: {figure_text(one, words)} ({base_text(one, words)})"
        for one in data.figures
        if one.name is FigureName.TO_COMPETENCE
    ]


def competency_text(data: HowItGoes, figure: CohortFigure, words: Words) -> str:
    """What it is called now."""
    return data.competencies.get(figure.part, "") or words.t("A competency that has no name any more")


def competence_blocks(data: HowItGoes, words: Words) -> list[Block]:
    """All of them, in as many blocks as they need."""
    said, name = competence_said(data, words), name_text(FigureName.TO_COMPETENCE, words)
    lines = [*(said or [too_few_text(words)]), meaning(FigureName.TO_COMPETENCE, words)]
    return _in_blocks(name, lines)


def _figure_blocks(data: HowItGoes, words: Words) -> list[Block]:
    return [
        titled(name_text(name, words), f"{said_of(data, name, words)}\n{meaning(name, words)}")
        for name in TOLD
    ]


def part_blocks(data: HowItGoes, words: Words) -> list[Block]:
    return [
        block for title, text in parts_said(data, words) for block in _in_blocks(title, text.splitlines())
    ]


def _in_blocks(title: str, lines: Sequence[str]) -> list[Block]:
    """All lines, in as many blocks as they need."""
    begins = range(0, len(lines), LINES_OF_A_BLOCK)
    return [titled(title, "\n".join(lines[begin : begin + LINES_OF_A_BLOCK])) for begin in begins]


def pulse_figure_blocks(data: HowItGoes, words: Words) -> list[Block]:
    """What was answered in the last quarter that is over."""
    told = [one for one in data.figures if one.name in PULSE]
    if not told:
        return [titled(words.t("Pulse"), pulse_missing_text(words))]
    lines = [
        f"{asked_text(one.name, words)} {figure_text(one, words)} ({base_text(one, words)})" for one in told
    ]
    return [titled(words.t("Pulse"), "\n".join([*lines, pulse_meaning(words)]))]


def pulse_missing_text(words: Words) -> str:
    return words.t(
        "None yet: it is told when a quarter is over, from {people} people in {pairs} pairs on.",
        people=words.number(FEWEST_PEOPLE),
        pairs=words.number(FEWEST_PAIRS),
    )


def pulse_meaning(words: Words) -> str:
    return words.t(
        "How many of those who answered chose 4 or 5. Each number was blurred by chance, once, so that nobody can be "
        "found by knowing what the others said: half of them are exact, five in six are off by one at most."
    )


def _charts(data: HowItGoes, words: Words) -> list[Block]:
    """At most two, as a message takes: how far tries come, and how many pairs talked month by month."""
    return [*_funnel(data, words), *_talking(data.earlier, words)]


def _funnel(data: HowItGoes, words: Words) -> list[Block]:
    """Where each step can be told exactly."""
    steps = [whole(data, name) for name in FUNNEL]
    shown = [one for one in steps if one is not None and one.extent is Extent.EXACT]
    if len(shown) < len(FUNNEL):
        return []
    labels = [fit(name_text(one.name, words), CATEGORY_LIMIT) for one in shown]
    values = [one.count for one in shown]
    return [_drawn("bar", words.t("How far tries come"), words.t("Tries"), labels, values)]


def _talking(figures: Sequence[CohortFigure], words: Words) -> list[Block]:
    """Month by month, from the second on; as they were published, so that a month without news has no point."""
    told = [one for one in figures if one.name is FigureName.TALKING and one.extent is Extent.EXACT]
    shown = told[-MONTHS_DRAWN:]
    labels = [words.short_day(one.made_on) for one in shown]
    if len(shown) < 2 or len(set(labels)) < len(labels):  # noqa: PLR2004 - a line has two ends
        return []
    values = [one.count for one in shown]
    return [_drawn("line", words.t("Pairs that talk"), words.t("Pairs"), labels, values)]


def _drawn(kind: str, title: str, name: str, labels: Sequence[str], values: Sequence[int]) -> ChartBlock:
    data = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    chart = {"type": kind, "series": [{"name": name, "data": data}], "axis_config": {"categories": labels}}
    return ChartBlock(title, chart)
