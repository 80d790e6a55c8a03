"""Who is who, asked from Slack."""

import asyncio
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import SlackTrouble, SlackUnreachable
from bot.domain.texts import legible
from bot.ports_slack import ChannelInfo, Profile, Team
from bot.slack.refusals import code_of, refused

DEFAULT_TZ = "UTC"
DEFAULT_LOCALE = "en-US"
PAGE = 200  # as docs.slack.dev/reference/methods/users.list recommends
NOWHERE = frozenset({"channel_not_found", "invalid_arguments"})
NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


class SlackDirectory:
    """The `Directory` port over the Web API; this client may retry, as reading twice does no harm."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._team: Team | None = None
        self._asked: dict[str, asyncio.Task[Profile | None]] = {}  # for whose answers nobody could wait

    async def team(self) -> Team:
        if self._team is None:
            try:
                answer = await self._client.auth_test()
            except SlackApiError as error:
                raise self._refused(error) from error
            except (aiohttp.ClientError, TimeoutError) as error:
                raise SlackUnreachable(self._client.base_url) from error
            self._team = Team(
                team_id=answer["team_id"],
                enterprise_id=answer.get("enterprise_id") or "",
                name=legible(str(answer["team"])),
                bot_user_id=answer["user_id"],
            )
        return self._team

    async def profile(self, user_id: str, *, within_s: float | None = None) -> Profile | None:
        if within_s is None:
            return await self._ask(user_id)
        asked = self._asked.pop(user_id, None) or asyncio.create_task(self._ask(user_id))
        try:
            async with asyncio.timeout(within_s):
                return await asyncio.shield(asked)
        except TimeoutError as error:
            self._asked[user_id] = asked
            asked.add_done_callback(partial(self._forget_failed, user_id))
            raise SlackUnreachable(self._client.base_url) from error

    def _forget_failed(self, user_id: str, asked: asyncio.Task[Profile | None]) -> None:
        if asked.cancelled() or asked.exception() is not None:
            self._asked.pop(user_id, None)

    async def _ask(self, user_id: str) -> Profile | None:
        try:
            answer = await self._client.users_info(user=user_id, include_locale=True)
        except SlackApiError as error:
            if code_of(error) in NOBODY:
                return None
            raise self._refused(error) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(self._client.base_url) from error
        return profile_of(answer["user"], (await self.team()).team_id)

    async def people(self) -> list[Profile]:
        team = await self.team()
        try:
            pages = await self._client.users_list(limit=PAGE, include_locale=True)
            return [profile_of(user, team.team_id) async for page in pages for user in page["members"]]
        except SlackApiError as error:
            raise self._refused(error) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(self._client.base_url) from error

    async def channel(self, channel_id: str) -> ChannelInfo | None:
        try:
            answer = await self._client.conversations_info(channel=channel_id)
        except SlackApiError as error:
            if code_of(error) in NOWHERE:
                return None
            raise self._refused(error) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(self._client.base_url) from error
        return channel_info(answer["channel"])

    def _refused(self, error: SlackApiError) -> SlackTrouble:
        return refused("SLACK_BOT_TOKEN", self._client.base_url, error)


def channel_info(about: dict[str, Any]) -> ChannelInfo:
    """Slack's conversation object (docs.slack.dev/reference/objects/conversation-object)."""
    return ChannelInfo(
        id=about["id"],
        name=legible(str(about.get("name") or "")),
        is_in=bool(about.get("is_member")),
        is_archived=bool(about.get("is_archived")),
        is_shared=bool(about.get("is_ext_shared") or about.get("is_pending_ext_shared")),
        is_direct=bool(about.get("is_im") or about.get("is_mpim")),
    )


def profile_of(user: dict[str, Any], team_id: str) -> Profile:
    """Slack's user object (docs.slack.dev/reference/objects/user-object) as a `Profile`."""
    about = user.get("profile", {})
    full_name = about.get("real_name") or user.get("real_name")
    name = about.get("display_name") or full_name or user.get("name")
    return Profile(
        user_id=user["id"],
        name=legible(str(name or user["id"])).strip() or user["id"],
        tz=_zone(str(user.get("tz") or "")),
        locale=str(user.get("locale") or DEFAULT_LOCALE),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_deleted=bool(user.get("deleted")),
        is_foreign=bool(user.get("is_stranger")) or team_id not in _teams_of(user, team_id),
        full_name=str(full_name or ""),
    )


def _teams_of(user: dict[str, Any], team_id: str) -> list[str]:
    """The workspaces to which they belong: in an organisation that may be several, and the first is not ours."""
    return [user.get("team_id") or team_id, *user.get("enterprise_user", {}).get("teams", [])]


def _zone(name: str) -> str:
    """The time zone if it is one that we know; some guests have none, and names come and go."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Europe" is a folder
        return DEFAULT_TZ
