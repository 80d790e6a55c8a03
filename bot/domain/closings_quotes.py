"""What somebody lets the programme quote, without anybody's name."""

import re
from collections.abc import Iterable

INSTEAD = "…"
SHORTEST = 2  # letters of a name that is looked for


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with each of these names, or a part of one, left out wherever it stands as a word."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) >= SHORTEST}
    if not parts:
        return text
    longest_first = sorted(parts, key=len, reverse=True)
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w|-\w)", re.IGNORECASE)
    return found.sub(INSTEAD, text)
