"""Does the playground take the charts that Slack takes, where Slack takes them, and refuse the others?"""

import math
from typing import Any

import pytest

from bot.playground.blocks.blocks import check_message_blocks, check_view
from tests.playground.web_api import Workspace

Json = dict[str, Any]
DAYS = ["3 Nov", "10 Nov", "17 Nov"]


def line(name: str = "Noted", days: list[str] = DAYS, **more: Any) -> Json:
    return {"name": name, "data": [{"label": day, "value": 1.5} for day in days], **more}


def chart(*series: Json, categories: list[str] = DAYS, **more: Any) -> Json:
    axis = {"categories": categories, "x_label": "Day", "y_label": "times"}
    drawn = {"type": "line", "series": list(series) or [line()], "axis_config": axis, **more}
    return {"type": "data_visualization", "title": "Speaking up", "chart": drawn}


def valued(value: object) -> Json:
    return chart(line(data=[{"label": day, "value": value} for day in DAYS]))


def test_a_line_chart_passes_in_a_message() -> None:
    many = [f"{day} Nov" for day in range(1, 21)]
    six = [line(str(number), many) for number in range(6)]

    assert check_message_blocks([chart(), valued(-3)]) == []
    assert check_message_blocks([chart(*six, categories=many)]) == []


REFUSED = [
    (chart() | {"title": "x" * 51}, "must be less than 51 characters", "/title"),
    (chart() | {"title": {"type": "plain_text", "text": "x"}}, "must provide a string", "/title"),
    ({"type": "data_visualization", "title": "x"}, "missing required field: chart", ""),
    (chart() | {"text": "x"}, "invalid additional property: text", ""),
    (
        chart(type="pie"),
        "unsupported type: pie (Slack has it, the playground does not)",
        "/chart/type",
    ),
    (chart(type="dots"), "unsupported type: dots", "/chart/type"),
    (chart(series=[]), "must provide at least 1 items", "/chart/series"),
    (chart(*(line(str(number)) for number in range(7))), "no more than 6 items allowed", "/chart/series"),
    (chart(line(), line()), 'series `name` "Noted" already exists', "/chart/series"),
    (chart(line("x" * 21)), "must be less than 21 characters", "/chart/series/0/name"),
    (chart(line("&" * 5)), "must be less than 21 characters", "/chart/series/0/name"),
    (chart(line(data=[])), "must provide at least 1 items", "/chart/series/0/data"),
    (
        chart(line(), line("b", DAYS[:2])),
        "must have one data point for each category",
        "/chart/series/1/data",
    ),
    (
        chart(line(days=[*DAYS, DAYS[0]])),
        "must have one data point for each category",
        "/chart/series/0/data",
    ),
    (
        chart(line(days=["a", "a"]), categories=["a", "a"]),
        'category "a" already exists',
        "/chart/axis_config/categories",
    ),
    (chart(axis_config={}), "missing required field: categories", "/chart/axis_config"),
    (
        chart(line(days=[str(day) for day in range(21)]), categories=[str(day) for day in range(20)]),
        "no more than 20 items allowed",
        "/chart/series/0/data",
    ),
    (
        chart(axis_config={"categories": DAYS, "y_label": "x" * 51}),
        "must be less than 51 characters",
        "/chart/axis_config/y_label",
    ),
    *(
        (valued(value), "must provide a number", "/chart/series/0/data/0/value")
        for value in ("3", None, True, math.nan)
    ),
]


@pytest.mark.parametrize(("block", "says", "place"), REFUSED)
def test_a_chart_that_slack_refuses_is_refused_with_its_place(block: Json, says: str, place: str) -> None:
    assert check_message_blocks([block])[0] == f"[ERROR] {says} [json-pointer:/blocks/0{place}]"


def test_a_message_takes_two_charts_and_no_third() -> None:
    assert check_message_blocks([chart()] * 2) == []
    assert check_message_blocks([chart()] * 3) == [
        "[ERROR] no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]"
    ]


def test_neither_a_window_nor_home_takes_a_chart() -> None:
    title = {"type": "plain_text", "text": "Hello"}
    for view in ({"type": "home"}, {"type": "modal", "title": title}):
        assert check_view({**view, "blocks": [chart()]}) == [
            "[ERROR] unsupported type: data_visualization [json-pointer:/view/blocks/0/type]"
        ]


async def test_a_workspace_without_charts_refuses_them_and_nothing_else(slack: Workspace) -> None:
    channel = slack.room("garden")
    await slack.http.post("/playground/settings", json={"charts": False})

    assert await slack.error("chat.postMessage", channel=channel, blocks=[chart()]) == "invalid_blocks"
    posted = await slack.good("chat.postMessage", channel=channel, text="In words")
    update = {"channel": channel, "ts": posted["ts"], "blocks": [chart()]}
    assert await slack.error("chat.update", **update) == "invalid_blocks"

    await slack.http.post("/playground/settings", json={"charts": True})
    assert (await slack.good("chat.update", **update))["message"]["blocks"][0]["title"] == "Speaking up"
