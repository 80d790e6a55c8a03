"""By what parts the people of a cohort are told apart: where they are, what they speak, what they say they count to."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.domain.figures import FAIR, KINDS, CountedShare, Dimension, FigureName, Key, Parts, Share
from bot.domain.figures_parts import group_of, groups_told, parted
from bot.domain.ids import CohortId, MemberId
from bot.domain.profiles import ProfileState
from bot.domain.regions import RegionUnknown, region_named
from bot.domain.texts import as_meant
from bot.ports import Tx

PartOf = Mapping[MemberId, str]


def figures_by_parts(
    system: Tx,
    cohort: CohortId,
    whole: Mapping[FigureName, Sequence[Share]],
    counted: Sequence[CountedShare],
) -> dict[Key, Parts]:
    """The same figures by each kind of part, as far as each kind by itself tells of nobody."""
    kinds = _parts_of_people(system, cohort, {one.member for name in FAIR for one in whole[name]})
    found: dict[Key, Parts] = {}
    for name in FAIR:
        told = [*groups_told(counted, name), group_of(whole[name])]
        for kind in KINDS:
            if parts := parted(name, whole[name], kinds[kind], told):
                found[Key(name, kind)] = parts
    return found


def _parts_of_people(system: Tx, cohort: CohortId, people: set[MemberId]) -> dict[Dimension, PartOf]:
    """Where somebody says a location of their own, that holds, else the country of their calendar."""
    members = system.members.find(id=list(people)) if people else []
    # What somebody else drafted of them, nobody has said yet.
    profiles = system.profiles.find(cohort_id=cohort, state=[ProfileState.LISTED, ProfileState.LEFT])
    said = _in_one_spelling({one.member_id: _country_or(one.place) for one in profiles})
    countries = {one.id: _without_region(one.region) for one in members}
    return {
        Dimension.PLACE: {**countries, **said},
        Dimension.LANGUAGE: {one.id: _without_region(one.locale) for one in members},
        Dimension.GROUP: _in_one_spelling({one.member_id: one.group for one in profiles}),
    }


def _in_one_spelling(said: Mapping[MemberId, str]) -> dict[MemberId, str]:
    """What people typed, as most of those who mean the same did; nothing where they said nothing."""
    spelled: dict[str, Counter[str]] = {}
    for text in said.values():
        spelled.setdefault(as_meant(text), Counter())[" ".join(text.split())] += 1
    best = {key: min(found, key=lambda text: (-found[text], text)) for key, found in spelled.items()}
    return {member: best[as_meant(text)] for member, text in said.items() if as_meant(text)}


def _country_or(place: str) -> str:
    """Whoever types the name of a country is one of those whom their calendar puts there."""
    try:
        region = region_named(place, "en-US")
    except RegionUnknown:
        return place
    return region if region == _without_region(region) else place


def _without_region(code: str) -> str:
    """A country without its part, a language without its country."""
    return code.replace("_", "-").partition("-")[0]
