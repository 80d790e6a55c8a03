"""A number over time as SVG: told apart by dashes and names, not by colour alone, so that grey paper says it, too.

Nothing that was typed stands in it: the name of the number and its unit are in the text beside.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from html import escape

from bot.domain.charts import Chart
from bot.domain.numbers import number_text
from bot.slack.repository.portfolios_pages import Labels

WIDTH, HEIGHT = 640, 236
LEFT, RIGHT, TOP, BOTTOM = 56, 150, 14, 46
LABEL_HEIGHT = 16
INK, MUTED = "#0b4f8a", "#5b6470"
# On paper and in a PDF; a page in the browser brings its own colours for light and dark.
PLAIN_STYLE = f".l{{stroke:{INK}}}.p{{fill:{INK}}}.c{{stroke:{MUTED}}}.t{{fill:{MUTED}}}.k{{fill:{INK}}}"

Place = Callable[[Decimal], float]


def drawing(chart: Chart, labels: Labels, title: str, locale: str, *, style: str = "") -> str:
    """The chart as one `<svg>` with its title for screen readers; `style` stands inside where no page brings one."""
    low, high = _low_and_high(chart)
    across, down = _across(chart), _down(low, high)
    parts = [
        *([f"<style>{style}</style>"] if style else []),
        *_axes_drawn(low, high, down, labels, locale),
        *_lines_beside(chart, labels, down, locale),
        _line_through(chart, across, down),
        *(_dot(across(at), down(one.value)) for at, one in enumerate(chart.points)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-size="12"'
        f' font-family="sans-serif"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _low_and_high(chart: Chart) -> tuple[Decimal, Decimal]:
    known = [one.value for one in chart.points]
    known += [value for value in (chart.start, chart.hoped, chart.middle) if value is not None]
    low, high = min(known), max(known)
    return (low, high) if low < high else (low - 1, high + 1)


def _across(chart: Chart) -> Callable[[int], float]:
    """Where a point stands: by its day; those of one day stand beside each other."""
    first, last = chart.points[0].day, chart.points[-1].day
    days, steps, room = (last - first).days, len(chart.points) - 1, WIDTH - LEFT - RIGHT
    if not days:
        return lambda at: LEFT + room * at / steps
    return lambda at: LEFT + room * (chart.points[at].day - first).days / days


def _down(low: Decimal, high: Decimal) -> Place:
    room = HEIGHT - TOP - BOTTOM
    return lambda value: TOP + room * float((high - value) / (high - low))


def _axes_drawn(low: Decimal, high: Decimal, down: Place, labels: Labels, locale: str) -> Iterator[str]:
    right, ground = WIDTH - RIGHT, HEIGHT - BOTTOM
    yield f'<path class="c" d="M{LEFT} {TOP}V{ground}H{right}" fill="none"/>'
    for value in (low, high):
        yield _label(LEFT - 6, down(value) + 4, number_text(value, locale), "end")
    yield _label(LEFT, ground + 20, labels.first, "start")
    yield _label(right, ground + 20, labels.last, "end")


def _lines_beside(chart: Chart, labels: Labels, down: Place, locale: str) -> Iterator[str]:
    """What stays the same on all days; each has dashes of its own, and its name at its end."""
    dashes = {labels.hoped: "8 5", labels.middle: "2 4", labels.start: "8 4 2 4"}
    values = {labels.hoped: chart.hoped, labels.middle: chart.middle, labels.start: chart.start}
    known = sorted((down(value), name, value) for name, value in values.items() if value is not None)
    below = 0.0
    for place, name, value in known:
        yield (
            f'<path class="c" d="M{LEFT} {place:.1f}H{WIDTH - RIGHT}" fill="none" stroke-dasharray="{dashes[name]}"/>'
        )
        below = max(below + LABEL_HEIGHT, place + 4)
        yield _label(WIDTH - RIGHT + 6, below, f"{name}: {number_text(value, locale)}", "start")


def _line_through(chart: Chart, across: Callable[[int], float], down: Place) -> str:
    places = " ".join(f"{across(at):.1f},{down(one.value):.1f}" for at, one in enumerate(chart.points))
    return f'<polyline class="l" points="{places}" fill="none" stroke-width="2"/>'


def _dot(x: float, y: float) -> str:
    return f'<circle class="p" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text class="t" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
