"""Texts in the reader's language: the catalogue, and how days, times and numbers are said.

The English text is its own key (gettext's way). Catalogues are read from `bot/locales/*.po` as they stand, so there
is nothing to compile. `tests/test_words.py` holds code and catalogues together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.domain.languages import language_of

LANGUAGES = ("en", "de")


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of one of LANGUAGES; English needs none, as its texts are the keys."""
    if language == "en":
        return Catalog(locale="en")
    path = files("bot") / "locales" / language / "LC_MESSAGES" / "pairloop.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def language_for(locale: str) -> str:
    """The language we have for a Slack locale such as "de-DE"; English where we have none."""
    language = language_of(locale)
    return language if language in LANGUAGES else "en"


@dataclass(frozen=True)
class Words:
    """One reader's language and time zone, and the moment at which they read.

    Args:
        locale: Slack's ("de-DE").
        tz: an IANA name.
        now: decides which days are of another year and say so; whoever does not know it says every year.
    """

    locale: str = "en-US"
    tz: str = "UTC"
    now: datetime | None = None

    @property
    def language(self) -> str:
        return language_for(self.locale)

    def _day_pattern(self, *, with_year: bool) -> str:
        """A day with its name, as it is written where the reader is."""
        if self._babel.language == "de":
            return "EEEE, d. MMMM y" if with_year else "EEEE, d. MMMM"
        if self._babel.territory in (None, "US"):
            return "EEEE, MMMM d, y" if with_year else "EEEE, MMMM d"
        return "EEEE d MMMM y" if with_year else "EEEE d MMMM"

    @cached_property
    def _babel(self) -> Locale:
        try:
            found = Locale.parse(self.locale.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            return Locale("en")
        return found if found.language in LANGUAGES else Locale("en")

    def t(self, text: str, /, **values: object) -> str:
        """The text in the reader's language, with {names} filled in."""
        message = catalogue(self.language).get(text)
        found = message.string if message and message.string else text
        return str(found).format(**values) if values else str(found)

    def n(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The form for this count; {count} is filled in."""
        book = catalogue(self.language)
        message = book.get(one)
        forms = message.string if message and isinstance(message.string, tuple) else (one, many)
        chosen = forms[min(0 if count == 1 else 1, len(forms) - 1)] or (one if count == 1 else many)
        return str(chosen).format(count=self.number(count), **values)

    def day(self, day: date) -> str:
        """A day with its name: "Tuesday, December 1", and "Tuesday, January 1, 2030" where that is another year."""
        with_year = self.now is None or day.year != self.today(self.now).year
        return str(format_date(day, self._day_pattern(with_year=with_year), locale=self._babel))

    def full_day(self, day: date) -> str:
        """A day of long ago or far ahead, always with its year: "December 1, 2026"."""
        return str(format_date(day, "long", locale=self._babel))

    def moment(self, moment: datetime) -> str:
        """A moment on the reader's own clock: "Tuesday, December 1, 10:00"; its day says its year as `day` does."""
        local = moment.astimezone(ZoneInfo(self.tz))
        return f"{self.day(local.date())}, {self.clock(local.time())}"

    def weekday(self, day: int) -> str:
        """The name of a weekday; 0 is Monday."""
        return str(get_day_names("wide", context="stand-alone", locale=self._babel)[day])

    def clock(self, at: time) -> str:
        """A time of day as the reader writes it."""
        return str(format_time(at, "short", locale=self._babel)).replace("\u202f", " ")

    def number(self, value: Decimal | int) -> str:
        return str(format_decimal(value, locale=self._babel))

    def names(self, names: Iterable[str]) -> str:
        """Several names as one phrase: "Ada and Tom"."""
        return str(format_list(list(names), locale=self._babel))

    def today(self, moment: datetime) -> date:
        """The reader's own day at a moment."""
        return moment.astimezone(ZoneInfo(self.tz)).date()
