"""Values of our own types, filled with texts that are trouble somewhere and as long as a text may be."""

import dataclasses
import types
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from bot.domain.pieces import Piece, Reader
from bot.domain.texts import STORY_LIMIT
from bot.packs.pieces import pieces_for

# Few letters, each of them trouble somewhere, and lengths around every limit: drawn as a piece and how often.
PIECES = st.text(alphabet="<>&;:\"\\'\n`*_~a1é漢😀\u202e", min_size=1, max_size=12)
TEXTS = st.builds(
    lambda piece, times: ((piece * times)[: STORY_LIMIT - 1] + ".").strip(),
    PIECES,
    st.sampled_from([1, 20, 400, 2000]),
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(1, 6),
    bool: st.booleans(),
    date: st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    datetime: st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis adds UTC
    time: st.times(),
    timedelta: st.timedeltas(timedelta(), timedelta(days=90)),
    Decimal: st.decimals(-(10**9), 10**9, places=3),
    type(None): st.none(),
}


# The people of a preview, and how each of them meets a date.
FOR_EACH, PEOPLE = ("people", "met"), 2


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of this type, as far as our dataclasses need it."""
    hint = getattr(hint, "__supertype__", hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is Piece:  # of a file of ours
        return st.sampled_from([piece for reader in Reader for piece in pieces_for(reader)])
    if dataclasses.is_dataclass(hint):
        return made(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return _composed(get_origin(hint), get_args(hint))


def _composed(origin: Any, parts: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if origin in (Union, types.UnionType):
        return st.one_of([values_of(part) for part in parts])
    if origin in (dict, Mapping):
        return st.dictionaries(*map(values_of, parts), max_size=3)
    if origin is Sequence:
        return st.lists(values_of(parts[0]), max_size=12)
    if origin is frozenset:
        return st.frozensets(*map(values_of, parts), max_size=3)
    assert origin is tuple, f"{origin} needs a strategy here"
    if parts[-1] is Ellipsis:
        return st.lists(values_of(parts[0]), max_size=12).map(tuple)
    return st.tuples(*map(values_of, parts))


def made(kind: Any) -> st.SearchStrategy[Any]:
    """One of these dataclasses. What names something in the reader's world (a locale, a zone, a pack) is left alone."""
    hints = get_type_hints(kind)
    known = {
        "tz": "UTC",
        "locale": "en-US",
        "pack": "classic",
        "user_id": "U1",
        "other_changes": ("people",),
        "mentoring": (),
        "months": 3,
    }
    names = [field.name for field in dataclasses.fields(kind)]
    return st.builds(kind, **{name: _field_of(name, hints[name], known) for name in names})


def _field_of(name: str, hint: Any, known: dict[str, Any]) -> st.SearchStrategy[Any]:
    if name in known:
        return st.just(known[name])
    if (name, hint) == ("id", str):  # of a file of ours
        return st.just("begin-1")
    if (name, hint) == ("subject", str):  # of a pattern
        return st.just("change:workload")
    if name in FOR_EACH and get_origin(hint) is tuple:
        each = get_args(hint)[0]
        return st.tuples(*[values_of(each)] * PEOPLE)
    return values_of(hint)
