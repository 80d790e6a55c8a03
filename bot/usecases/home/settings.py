"""What a member sets for themselves: when they work, when nothing comes by itself, and how much of it comes."""

from dataclasses import dataclass, replace
from datetime import time
from typing import Annotated

from bot.domain.budget import HeadsUp, Intensity
from bot.domain.cadence import local_date
from bot.domain.digests import DigestWish
from bot.domain.ids import DayOffId, MemberId
from bot.domain.members import Member, WhatHelped
from bot.domain.regions import (
    TYPED_LIMIT,
    RegionUnknown,
    is_region,
    region_name,
    region_named,
    suggested_region,
)
from bot.domain.shown import Shown, changed
from bot.domain.texts import Text
from bot.domain.working_life import (
    QUIET_FROM,
    QUIET_TO,
    WORKING_WEEK,
    DayOff,
    days_off_in,
    require_open_hours,
    require_working_days,
)
from bot.ports import Tx
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import my_memberships
from bot.usecases.rhythm.nudges_anew import consider_anew
from bot.usecases.rhythm.nudges_planning import replan_working_life
from bot.usecases.rhythm.rhythms import PairRhythm, my_rhythms


@dataclass(frozen=True)
class Settings:
    """What the form asks for; `region` as people name it, and the two hours both empty for no quiet hours."""

    region: Annotated[str, Text(TYPED_LIMIT)] = ""
    working_days: tuple[str, ...] = WORKING_WEEK
    quiet_from: time | None = QUIET_FROM
    quiet_to: time | None = QUIET_TO
    intensity: Intensity = Intensity.NORMAL
    heads_up: HeadsUp = HeadsUp.NONE
    digest: DigestWish = DigestWish.AUTO
    what_helped: WhatHelped = WhatHelped.NO


@dataclass(frozen=True)
class SettingsForm:
    """What the form needs to open.

    Args:
        suggested: the region in which their time zone lies, by name, where they have set none.
        days_off: how many of their days off are still to come.
        mentors: whether they mentor somebody, so that a digest is something for them.
        learns: whether they learn from somebody, so that check-ins come to them.
        rhythms: those of their active pairs.
    """

    settings: Settings
    suggested: str
    days_off: int
    mentors: bool = False
    learns: bool = False
    rhythms: tuple[PairRhythm, ...] = ()


def open_settings(tx: Tx) -> SettingsForm:
    me = tx.members.get(tx.me)
    suggested = "" if me.region else region_name(suggested_region(me.tz), me.locale)
    roles = [one.role for one in my_memberships(tx)]
    return SettingsForm(
        settings_of(me),
        suggested,
        len(my_days_off(tx)),
        mentors=any(role.mentors for role in roles),
        learns=any(role.learns for role in roles),
        rhythms=my_rhythms(tx),
    )


def settings_of(member: Member) -> Settings:
    """What a member has set, as their form shows it."""
    region = region_name(member.region, member.locale)
    return Settings(
        region,
        member.working_days,
        member.quiet_from,
        member.quiet_to,
        member.intensity,
        member.heads_up,
        member.digest,
        member.what_helped,
    )


def change_settings(tx: Tx, shown: Shown) -> MemberId:
    """Keep what was set; what is planned follows. Raises InvalidInput for the field at fault."""
    me = tx.members.get(tx.me, lock=True)
    settings = changed(settings_of(me), shown)
    require_working_days(settings.working_days)
    require_open_hours(settings.quiet_from, settings.quiet_to)
    region = region_named(settings.region, me.locale, "region")
    kept = tx.members.update(replace(me, **{**vars(settings), "region": region}))
    replan_working_life(
        tx.as_system(), kept
    )  # the nudges of a pair are the pair's, and a lead's are nobody's
    consider_anew(tx, kept.id, me.intensity, kept.intensity)
    return kept.id


def choose_region(tx: Tx, region: str) -> MemberId:
    """Keep the region alone, by its code. Raises RegionUnknown."""
    if not is_region(region):
        raise RegionUnknown(region)
    me = tx.members.get(tx.me, lock=True)
    kept = tx.members.update(replace(me, region=region))
    replan_working_life(tx.as_system(), kept)
    return kept.id


def my_days_off(tx: Tx) -> list[DayOff]:
    """My days off that are not over, the first to come first."""
    today = local_date(tx.now, tx.members.get(tx.me).tz)
    return tx.days_off.find(member_id=tx.me, ends_on__since=today, order="begins_on")


def add_days_off(tx: Tx, shown: Shown) -> DayOffId:
    """Be off on these days; what is planned on them moves as the cohort wishes. The same days twice are one entry.

    Raises InvalidInput for the field at fault.
    """
    me = tx.members.get(tx.me, lock=True)
    days = days_off_in(shown, local_date(tx.now, me.tz))
    known = tx.days_off.first(member_id=me.id, begins_on=days.begins_on, ends_on=days.last)
    if known is not None:  # a form that was sent keeps what stood in it, and is easily sent again
        return tx.days_off.update(replace(known, note=days.note)).id
    kept = tx.days_off.insert(DayOff(me.workspace_id, me.id, days.begins_on, days.last, tx.now, days.note))
    replan_working_life(tx.as_system(), me)
    return kept.id


def remove_days_off(tx: Tx, day_off: DayOffId) -> DayOffId:
    """Work on these days after all. Raises NotFound."""
    me = tx.members.get(tx.me, lock=True)
    tx.days_off.delete(my_own(tx, tx.days_off, day_off))
    replan_working_life(tx.as_system(), me)
    return day_off
