"""Regions, by whose public holidays people live: a country or a part of one, by its code in ISO 3166 ("DE", "DE-BY").

Which days are holidays is known by the library `holidays`, which countries there are and what they are called by
Babel (CLDR). A day is free where it is one in law, or where everybody treats it as one (`de_facto`: Midsummer Eve in
Sweden). Dates by the moon that are not announced yet are the library's estimates.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from babel.core import get_global
from holidays import HolidayBase, country_holidays, list_supported_countries

from bot.domain.errors import InvalidInput
from bot.domain.languages import locale_data

TYPED_LIMIT = 100
NOWHERE = ""  # the region of who keeps no public holidays
FREE = ("public", "de_facto")
LONGEST_LIST = 98  # parts of a country, as a select of a hundred holds them; Italy, by its towns, has more


class RegionUnknown(InvalidInput):
    """`text` names no country, and no part of one, whose holidays are known."""

    def __init__(self, text: str, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.text = text


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, list[str]]:
    """The codes of all countries, each with those of its parts."""
    return list_supported_countries(include_aliases=False)


@lru_cache(maxsize=256)
def _part_names(country: str) -> Mapping[str, str]:
    """What the parts of a country are called there, by their codes."""
    called: Mapping[str, str] = country_holidays(country).subdivisions_aliases
    names = {code: name for name, code in called.items() if name != name.upper()}
    return {code: names.get(code, code) for code in _countries()[country]}


def suggested_region(tz: str) -> str:
    """The country in which the zone lies, as a suggestion only; NOWHERE for a zone of no country."""
    name = get_global("zone_aliases").get(tz, tz)
    country = str(get_global("zone_territories").get(name, ""))
    return country if country in _countries() else NOWHERE


def is_region(code: str) -> bool:
    country, _, part = code.partition("-")
    return country in _countries() and (not part or part in _countries()[country])


def parts_of(region: str) -> list[str]:
    """The regions that are parts of the same country, by name; none where there are too many to choose from."""
    country = region.partition("-")[0]
    codes = _countries().get(country, [])
    if len(codes) > LONGEST_LIST:
        return []
    return sorted((f"{country}-{code}" for code in codes), key=lambda one: region_name(one, "en-US"))


def region_name(region: str, locale: str) -> str:
    """A region in words: "Germany", "Bayern, Germany"; the country in the reader's language. "" for NOWHERE."""
    country, _, part = region.partition("-")
    if country not in _countries():
        return region
    name = str(locale_data(locale).territories.get(country, country))
    return f"{_part_names(country).get(part, part)}, {name}" if part else name


def region_named(typed: str, locale: str, field: str | None = None) -> str:
    """The region that somebody means: its code, or its name as `region_name` writes it, here or in English.

    A name alone may be a country, or a part of one where only one country has it. Raises RegionUnknown.
    """
    wanted = _comparable(typed)
    if not wanted:
        return NOWHERE
    found = next(iter(_readings(wanted, locale)), None)
    if found is None:
        raise RegionUnknown(typed.strip(), field=field)
    return found


def _readings(wanted: str, locale: str) -> Iterator[str]:
    """What the words may mean, the likeliest first."""
    for country, parts in _countries().items():
        for code in (country, *(f"{country}-{part}" for part in parts)):
            if wanted == _comparable(code):
                yield code
    for country in _countries():
        if wanted in {_comparable(region_name(country, each)) for each in (locale, "en-US")}:
            yield country
    named = [code for code in _all_parts() if wanted in _part_spellings(code, locale)]
    yield from named if len(named) == 1 else ()


def _all_parts() -> Iterator[str]:
    return (f"{country}-{part}" for country, parts in _countries().items() for part in parts)


def _part_spellings(code: str, locale: str) -> set[str]:
    country, _, part = code.partition("-")
    alone = _part_names(country).get(part, part)
    return {_comparable(alone), *(_comparable(region_name(code, each)) for each in (locale, "en-US"))}


def _comparable(text: str) -> str:
    return " ".join(text.replace(",", " ").split()).casefold()


def holidays_in(region: str, year: int) -> Mapping[date, str]:
    """The public holidays of a region in one year, with their names; none for NOWHERE and for what is no region."""
    return _holidays_of(region, year, None)


@lru_cache(maxsize=2048)
def _holidays_of(region: str, year: int, language: str | None) -> Mapping[date, str]:
    """The same in a language, None for the country's own."""
    if not is_region(region):
        return {}
    country, _, part = region.partition("-")
    kinds = tuple(kind for kind in FREE if kind in _categories(country))
    spoken = _spoken(country, language) if language else None
    return dict(country_holidays(country, subdiv=part or None, years=year, categories=kinds, language=spoken))


@lru_cache(maxsize=256)
def _categories(country: str) -> tuple[str, ...]:
    known: HolidayBase = country_holidays(country)
    return tuple(known.supported_categories)


def holiday_name(region: str, day: date, locale: str) -> str:
    """What a public holiday of a region is called, in the reader's language where the library has it; "" for none."""
    language = locale_data(locale).language
    return _holidays_of(region, day.year, language).get(day, "")


@lru_cache(maxsize=256)
def _spoken(country: str, language: str) -> str | None:
    """The nearest to a language in which a country's holidays are named; None for its own."""
    known = country_holidays(country).supported_languages
    return next((each for each in known if each.partition("_")[0] == language), None)
