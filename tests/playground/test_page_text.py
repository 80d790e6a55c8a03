"""What does a person read in the page, and when is it?"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from bot.playground.server import Playground
from tests.playground.conftest import OpenWindow
from tests.playground.page_bot import PageBot
from tests.playground.page_steps import run

pytestmark = pytest.mark.browser

SHOW = """async texts => {
  const { mrkdwn } = await import("/page/mrkdwn.js");
  return texts.map(text => {
    const box = document.createElement("div");
    box.append(...mrkdwn(text));
    return box.innerHTML;
  });
}"""

LINK = '<a href="https://a.example/x?y=1&amp;z=2" target="_blank" rel="noopener noreferrer">'
TEXTS = {
    "plain": "<p>plain</p>",
    "*bold* _italic_ ~gone~": "<p><strong>bold</strong> <em>italic</em> <s>gone</s></p>",
    "*bold _both_*": "<p><strong>bold <em>both</em></strong></p>",
    "snake_case_word 2*3*4 a ~ b": "<p>snake_case_word 2*3*4 a ~ b</p>",
    "`*code*`": "<p><code>*code*</code></p>",
    "*not\nbold*": "<p>*not<br>bold*</p>",
    "```\nx &lt; 1\n*y*\n```": "<pre><code>x &lt; 1\n*y*</code></pre>",
    "&gt; said\n&gt; more\nthen": "<blockquote>said<br>more</blockquote><p>then</p>",
    "&gt;&gt;&gt; all\nof it": "<blockquote>all<br>of it</blockquote>",
    "<https://a.example/x?y=1&amp;z=2|here>": f"<p>{LINK}here</a></p>",
    "see https://a.example/x?y=1&amp;z=2.": f"<p>see {LINK}https://a.example/x?y=1&amp;z=2</a>.</p>",
    "<javascript:alert(1)|here>": "<p>&lt;javascript:alert(1)|here&gt;</p>",
    "&lt;b&gt;no&lt;/b&gt; &amp;amp;": "<p>&lt;b&gt;no&lt;/b&gt; &amp;amp;</p>",
    "10:30:00 :nosuch: :tada:": (
        '<p>10:30:00 :nosuch: <span class="emoji" role="img" aria-label="tada">\N{PARTY POPPER}</span></p>'
    ),
    "<!here> <!subteam^S1|@leads>": (
        '<p><span class="mention">@here</span> <span class="mention">@leads</span></p>'
    ),
}


async def test_text_in_slacks_markup_is_shown_as_slack_shows_it(window: OpenWindow) -> None:
    page = await window("mira")
    shown = await page.evaluate(SHOW, list(TEXTS))
    assert dict(zip(TEXTS, shown, strict=True)) == TEXTS


async def test_lists_keep_their_marks(window: OpenWindow) -> None:
    page = await window("mira")
    (shown,) = await page.evaluate(SHOW, ["• one\n  ◦ deeper\n2. two"])
    assert shown.count("<li") == 3
    assert 'class="deeper"' in shown
    assert "2. " in shown


async def test_mentions_show_names_and_lead_to_channels(window: OpenWindow, playground: Playground) -> None:
    page = await window("mira")
    state = playground.state
    tom = next(each.id for each in state.members.values() if each.name == "tom")
    general = next(each.id for each in state.channels.values() if each.name == "general")
    (shown,) = await page.evaluate(SHOW, [f"<@{tom}> in <#{general}|general>"])
    assert "@Tom Alvarez" in shown
    assert f'href="#{general}"' in shown


@pytest.mark.parametrize(
    ("name", "pattern", "shown"),
    [
        ("mira", "{date_long} at {time}", "Tuesday, December 1st, 2026 at 16:30"),
        ("tom", "{date_short} {time}", "Dec 1, 2026 10:30 AM"),
        ("yuki", "{date_num} {time_secs}", "2026-12-02 12:30:00 AM"),
        ("mira", "{day_divider_pretty} {ago}", "Tuesday, December 1st in 8 days"),
        ("mira", "{nonsense}", "some day"),
    ],
)
async def test_a_date_is_told_in_the_readers_own_zone(
    window: OpenWindow, name: str, pattern: str, shown: str
) -> None:
    page = await window(name)
    seconds = int(datetime(2026, 12, 1, 15, 30, tzinfo=UTC).timestamp())
    (html,) = await page.evaluate(SHOW, [f"<!date^{seconds}^{pattern}|some day>"])
    assert f">{shown}</time>" in html


ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
DATES = """async cases => {
  const { fieldValue, readField } = await import("/page/dates.js");
  return cases.map(([ms, zone]) => {
    const field = fieldValue(new Date(ms), zone);
    return [field, readField(field, zone).getTime()];
  });
}"""


async def test_a_date_time_field_means_the_persons_own_wall_clock(window: OpenWindow) -> None:
    page = await window("mira")
    hours = [datetime(2026, 3, 1, 0, 30, tzinfo=UTC) + timedelta(hours=7 * step) for step in range(1_000)]
    cases = [(moment, zone) for zone in ZONES for moment in hours]
    shown = await page.evaluate(DATES, [[moment.timestamp() * 1000, zone] for moment, zone in cases])
    for (moment, zone), (field, back) in zip(cases, shown, strict=True):
        local = moment.astimezone(ZoneInfo(zone))
        assert field == local.strftime("%Y-%m-%dT%H:%M"), (moment, zone)
        # An hour that the autumn repeats stands for its first or its second pass.
        assert datetime.fromtimestamp(back / 1000, ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") == field


async def test_a_chart_is_drawn_and_says_all_its_numbers(window: OpenWindow, bot: PageBot) -> None:
    page = await window("mira")
    await run(page, "/card")
    figure = page.get_by_role("figure").filter(has_text="Speaking up")
    said = "Line chart: Speaking up. times. Noted: 3 Nov 1, 10 Nov 2, 17 Nov 4. Start: 1"
    await expect(figure.get_by_role("img", name=said)).to_be_visible()
    await expect(figure.get_by_role("listitem", include_hidden=True)).to_have_text(["Noted", "Start"])


DRAW = """async lines => {
  const { chart } = await import("/page/charts.js");
  return lines.map(values => {
    const data = values.map((value, at) => ({ label: `day ${at}`, value }));
    const axis_config = { categories: data.map(({ label }) => label) };
    const drawn = chart({ title: "x", chart: { series: [{ name: "a", data }], axis_config } });
    const places = [...drawn.querySelectorAll("circle")].flatMap(one => ["cx", "cy"].map(at => one.getAttribute(at)));
    return places.concat([...drawn.querySelectorAll(".tick text")].map(tick => tick.textContent));
  });
}"""
LINES: list[list[float]] = [
    [0, 0, 0],
    [5],
    [-3, 4, 0.5],
    [1e20, -1e20, 3],
    [0.001, 0.002],
    [7, 7],
    list(range(20)),
]


async def test_every_line_stays_on_the_paper_with_numbers_beside_it(window: OpenWindow) -> None:
    page = await window("mira")
    for values, drawn in zip(LINES, await page.evaluate(DRAW, LINES), strict=True):
        places, ticks = drawn[: 2 * len(values)], drawn[2 * len(values) :]
        assert all(0 <= float(place) <= 520 for place in places), values
        assert float(ticks[0]) <= min(values) <= max(values) <= float(ticks[-1])


CONTRAST = """pairs => {
  const style = getComputedStyle(document.documentElement);
  const probe = document.body.appendChild(document.createElement("i"));
  const light = name => {
    probe.style.color = style.getPropertyValue(name);
    const parts = getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).map(part => part / 255);
    const [red, green, blue] = parts.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return pairs.map(([text, ground]) => {
    const [dark, bright] = [light(text), light(ground)].sort((one, other) => one - other);
    return [text, ground, (bright + 0.05) / (dark + 0.05)];
  });
}"""
GROUNDS = ("--ground", "--surface", "--raised")
PAIRS = [
    *[(text, ground) for text in ("--text", "--soft", "--accent", "--danger") for ground in GROUNDS],
    ("--accent-strong", "--accent-ground"),
    ("--danger-strong", "--danger-ground"),
    ("--danger", "--danger-ground"),
    ("--note-text", "--note-ground"),
    ("--on-accent", "--accent"),
    ("--on-accent", "--accent-strong"),
    ("--on-danger", "--danger"),
    ("--text", "--code"),
    ("--soft", "--code"),
]


async def contrasts(page: Page) -> list[Any]:
    return list(await page.evaluate(CONTRAST, PAIRS))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_can_be_read_on_its_ground(window: OpenWindow, scheme: str) -> None:
    page = await window("mira", color_scheme=scheme)
    weak = [pair for pair in await contrasts(page) if pair[2] < 4.5]
    assert not weak
