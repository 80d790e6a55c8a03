"""Texts in the reader's language: the catalogue, and how days, times and numbers are said.

The English text is its own key (gettext's way). Catalogues are read from `bot/locales/*.po` as they stand, so there
is nothing to compile. `tests/test_words.py` holds code and catalogues together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, cached_property
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names, get_month_names
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.domain.languages import LANGUAGES, language_of, locale_data

LOCALES = files("bot") / "locales"


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of one of LANGUAGES; English needs none, as its texts are the keys."""
    if language == "en":
        return Catalog(locale="en")
    with (LOCALES / language / "LC_MESSAGES" / "pairloop.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def translations(language: str) -> NullTranslations:
    """The same catalogue with the language's own rule for plural forms, however many it has."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


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
        found = locale_data(self.locale)
        return found if found.language in LANGUAGES else Locale("en")

    def t(self, text: str, /, **values: object) -> str:
        """The text in the reader's language, with {names} filled in."""
        found = translations(self.language).gettext(text)
        return found.format(**values) if values else found

    def n(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The form for this count; {count} is filled in."""
        found = translations(self.language).ngettext(one, many, count)
        return found.format(count=self.number(count), **values)

    def day(self, day: date) -> str:
        """A day with its name: "Tuesday, December 1", and "Tuesday, January 1, 2030" where that is another year."""
        return str(format_date(day, self._day_pattern(with_year=self._says_year(day)), locale=self._babel))

    def _says_year(self, day: date) -> bool:
        return self.now is None or day.year != self.today(self.now).year

    def full_day(self, day: date) -> str:
        """A day of long ago or far ahead, always with its year: "December 1, 2026"."""
        return str(format_date(day, "long", locale=self._babel))

    def short_day(self, day: date) -> str:
        """A day where there is little room, such as below a chart: "Dec 1"; it says its year as `day` does."""
        skeleton = "yMMMd" if self._says_year(day) else "MMMd"
        return str(format_skeleton(skeleton, day, locale=self._babel))

    def moment(self, moment: datetime) -> str:
        """A moment on the reader's own clock: "Tuesday, December 1, 10:00"; its day says its year as `day` does."""
        local = moment.astimezone(ZoneInfo(self.tz))
        return f"{self.day(local.date())}, {self.clock(local.time())}"

    def weekday(self, day: int) -> str:
        """The name of a weekday; 0 is Monday."""
        return str(get_day_names("wide", context="stand-alone", locale=self._babel)[day])

    def month(self, month: int) -> str:
        """The name of a month; 1 is January."""
        return str(get_month_names("wide", context="stand-alone", locale=self._babel)[month])

    def clock(self, at: time) -> str:
        """A time of day as the reader writes it."""
        return str(format_time(at, "short", locale=self._babel)).replace("\u202f", " ")

    def number(self, value: Decimal | int) -> str:
        return str(format_decimal(value, locale=self._babel))

    def names(self, names: Iterable[str]) -> str:
        """Several names as one phrase: "Ada and Tom"."""
        return str(format_list(list(names), locale=self._babel))

    def language_name(self, code: str) -> str:
        """What a language is called, in the reader's own where we speak it; its code where nobody knows."""
        name = str(self._babel.languages.get(code, code))
        return f"{name[:1].upper()}{name[1:]}"

    def today(self, moment: datetime) -> date:
        """The reader's own day at a moment."""
        return moment.astimezone(ZoneInfo(self.tz)).date()
