"""What somebody lets the programme quote, without anybody's name."""

import re
from collections.abc import Iterable, Iterator

INSTEAD = "…"
SHORTEST = 2  # letters of a name that is looked for
SHORTEST_PART = 3  # of what dots and the like divide, and of what may end with an s: "als" is no Al's
_MENTION = re.compile(r"[<\u2039]@[^>\u203a]*[>\u203a]")


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with each of these names, or a part of one, left out wherever it stands as a word; and each mention."""
    text = _MENTION.sub(INSTEAD, text)
    parts = {part for name in names for part in _parts_of(name)}
    if not parts:
        return text
    longest_first = sorted(parts, key=len, reverse=True)
    either = "|".join(map(_as_written, longest_first))
    return re.sub(rf"(?<![^\W_])(?:{either})(?![^\W_]|-\w)", INSTEAD, text, flags=re.IGNORECASE)


def _parts_of(name: str) -> Iterator[str]:
    yield from (part for part in (name, *name.split()) if len(part) >= SHORTEST)
    yield from (part for part in re.split(r"[\W_]+", name) if len(part) >= SHORTEST_PART)


def _as_written(part: str) -> str:
    """With the s of German, which has no apostrophe."""
    return re.escape(part) + ("s?" if len(part) >= SHORTEST_PART else "")
