"""Which language a locale means, and what Babel knows of it."""

import re
from contextlib import suppress

from babel import Locale, UnknownLocaleError

LANGUAGES = ("en", "de")  # in which Pairloop speaks
FALLBACK = "en"


def language_of(locale: str) -> str:
    """The language of a locale in lower case: "de" for "de", "de-DE" and "de_AT"."""
    return re.split(r"[-_]", locale, maxsplit=1)[0].casefold()


def spoken(locale: str) -> str:
    """The language in which Pairloop speaks to readers of a locale."""
    language = language_of(locale)
    return language if language in LANGUAGES else FALLBACK


def locale_data(locale: str) -> Locale:
    """What is usual where a locale such as "de-AT" is spoken; of its language, or in English, where that is unknown."""
    for known in (locale.replace("-", "_"), language_of(locale)):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(known)
    return Locale("en")
