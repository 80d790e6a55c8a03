"""Whatever comes in instead of what Pairloop wrote is told kindly: no parser ever breaks."""

import contextlib
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.slack
from bot.domain.errors import NotOurs, PairloopError
from bot.slack.forms import Values
from bot.slack.loop.experiment_cards import parse_menu
from bot.slack.payloads import LARGEST_ID, cleaned, id_in, idempotency_key, team_of, user_of
from bot.words import Words

Parser = Callable[..., object]

TEXTS = (
    st.text(max_size=30)
    | st.sampled_from(
        ["", "0", "-1", "³", "٣", "9" * 19, "9" * 5000, "a:b", ":::::", "1:2:3", "12:99", "2026-99-99"]
    )
    | st.characters(categories=["Cs", "Cc"])
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def parsers() -> Iterator[tuple[str, Parser]]:
    """Every function that reads something that Slack hands over, found by its name."""
    for module in pkgutil.walk_packages(bot.slack.__path__, "bot.slack."):
        found = importlib.import_module(module.name)
        for name, function in inspect.getmembers(found, inspect.isfunction):
            reads = name.startswith(
                ("parse_", "read_draft", "kept_", "typed_so_far", "turn_of", "proposed_people")
            )
            if function.__module__ == found.__name__ and reads:
                yield f"{module.name}.{name}", function


def known_names() -> list[str]:
    """The names of fields and of what forms carry, as the code has them."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(bot.slack.__path__[0]).rglob("*.py"))
    return sorted(
        {*re.findall(r"[\[(]\"([a-z_]+)\"[\])]", source), "words.0", "kind.0", "reading_1", "fate:1"}
    )


NAMES = st.sampled_from(known_names()) | TEXTS
ELEMENTS = JUNK | st.dictionaries(
    st.sampled_from(
        ["value", "selected_option", "selected_options", "selected_date", "selected_time", "selected_user"]
    ),
    JUNK
    | st.fixed_dictionaries({"value": TEXTS})
    | st.lists(st.fixed_dictionaries({"value": TEXTS}), max_size=2),
)
FIELDS = JUNK | st.dictionaries(NAMES, JUNK | st.dictionaries(st.just("value"), ELEMENTS), max_size=6)
CARRIED = TEXTS | st.dictionaries(NAMES, JUNK, max_size=8).map(json.dumps)
VIEWS = st.builds(
    Values, st.dictionaries(st.sampled_from(["blocks", "state", "private_metadata"]), JUNK)
) | st.builds(
    lambda fields, carried, ids: Values(
        {
            "state": {"values": fields},
            "private_metadata": carried,
            "blocks": [{"block_id": block_id} for block_id in ids],
        }
    ),
    FIELDS,
    CARRIED,
    st.lists(NAMES, max_size=4),
)
GIVEN: dict[str, st.SearchStrategy[Any]] = {
    "values": VIEWS,
    "action": st.dictionaries(st.sampled_from(["value", "selected_option"]), JUNK),
    "body": st.dictionaries(st.sampled_from(["message", "team", "channel"]), JUNK),
    "value": TEXTS,
    "text": TEXTS,
    "today": st.dates(),
    "words": st.just(Words()),
    "locale": st.sampled_from(["en-US", "de-DE"]),
}


def test_there_are_parsers_to_try() -> None:
    assert len(list(parsers())) > 25


@pytest.mark.parametrize("parser", [pytest.param(parser, id=name) for name, parser in parsers()])
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_parser_breaks_over_what_it_did_not_write(parser: Parser, data: st.DataObject) -> None:
    given_ = [data.draw(GIVEN[name], name) for name in inspect.signature(parser).parameters]
    try:
        parser(*given_)
    except PairloopError:
        return


CALLERS = ["user", "team", "event", "user_id", "team_id", "type", "view", "actions"]


@given(
    st.dictionaries(st.sampled_from(CALLERS), JUNK | st.sampled_from(["block_actions", "view_submission"]))
)
def test_the_caller_is_looked_for_in_anything(body: dict[str, Any]) -> None:
    user_of(body)
    team_of(body)
    with contextlib.suppress(NotOurs):
        idempotency_key(body)


@given(JUNK)
def test_everything_that_comes_in_can_be_kept(payload: object) -> None:
    found = cleaned(payload)

    for text in _texts(found):
        text.encode()
        assert "\x00" not in text
        assert "\x1b" not in text
    assert type(found) is type(payload)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "x", "٣", "³", str(LARGEST_ID + 1), "9" * 5000, "None"])
def test_a_number_that_no_row_has_is_not_ours(text: str) -> None:
    with pytest.raises(NotOurs):
        id_in(text)
    with pytest.raises(NotOurs):
        parse_menu({"selected_option": {"value": f"experiment.drop:{text}"}})


def test_the_largest_number_that_a_row_may_have_is_ours() -> None:
    assert id_in(str(LARGEST_ID)) == LARGEST_ID


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from _texts(item)
    elif isinstance(part, Mapping):
        for item in part.values():
            yield from _texts(item)
