"""Who is in the workspace, and what does Slack tell about them?"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.wire import Json


@dataclass
class Member:
    """A person or a bot of the workspace; `updated` is in seconds."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    locale: str = "en-GB"
    email: str = ""
    title: str = ""
    is_admin: bool = False
    is_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    bot_id: str = ""
    app_id: str = ""
    updated: int = 0

    @property
    def is_person(self) -> bool:
        """Whether a tester can act as this member."""
        return not self.is_bot and not self.deleted


def render_user(member: Member, team_id: str, now: datetime, *, locale: bool, email: bool) -> Json:
    """The user object (https://docs.slack.dev/reference/objects/user-object)."""
    user: Json = {
        "id": member.id,
        "team_id": team_id,
        "name": member.name,
        "deleted": member.deleted,
        "color": "9f69e7",
        "real_name": member.real_name,
        "profile": render_profile(member, team_id, email=email),
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": member.updated,
        "who_can_share_contact_card": "EVERYONE",
    }
    if member.deleted:
        return user
    user |= render_zone(member, now) | render_roles(member)
    if locale:
        user["locale"] = member.locale
    return user


def render_roles(member: Member) -> Json:
    """What this member may do."""
    return {
        "is_admin": member.is_admin,
        "is_owner": member.is_admin,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": False,
        "is_email_confirmed": not member.is_bot,
    }


def render_zone(member: Member, now: datetime) -> Json:
    """The time zone, with its offset in seconds at that moment."""
    local = now.astimezone(ZoneInfo(member.tz))
    offset = local.utcoffset()
    return {
        "tz": member.tz,
        "tz_label": local.tzname() or member.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def render_profile(member: Member, team_id: str, *, email: bool) -> Json:
    """The profile; Slack shows the e-mail address only with the scope users:read.email."""
    first, _, last = member.real_name.partition(" ")
    profile: Json = {
        "title": member.title,
        "phone": "",
        "skype": "",
        "real_name": member.real_name,
        "real_name_normalized": member.real_name,
        "display_name": "" if member.is_bot else first or member.name,
        "display_name_normalized": "" if member.is_bot else first or member.name,
        "fields": None,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "g" + member.id[1:12].lower(),
        "first_name": first,
        "last_name": last,
        "team": team_id,
    }
    if member.is_bot:
        profile |= {"bot_id": member.bot_id, "api_app_id": member.app_id, "always_active": True}
    elif email:
        profile["email"] = member.email
    return profile


def render_member(member: Member) -> Json:
    """The short form of the control API."""
    return {
        "id": member.id,
        "name": member.name,
        "real_name": member.real_name,
        "title": member.title,
        "email": member.email,
        "tz": member.tz,
        "locale": member.locale,
        "is_bot": member.is_bot,
        "is_admin": member.is_admin,
        "is_restricted": member.is_restricted,
        "deleted": member.deleted,
    }
