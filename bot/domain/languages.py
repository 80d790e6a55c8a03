"""Which language a locale means."""

import re


def language_of(locale: str) -> str:
    """The language of a locale in lower case: "de" for "de", "de-DE" and "de_AT"."""
    return re.split(r"[-_]", locale, maxsplit=1)[0].casefold()
