"""What is done without anybody asking: each day people, words and what is old, each hour the calendars of projects."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

from bot.domain.cohorts import CohortState
from bot.domain.digests import KEPT as DIGESTS_KEPT
from bot.domain.errors import NotFound
from bot.domain.feeds import Feed, FeedUnreadable, known_tag, last_days
from bot.domain.ids import CohortId, WorkspaceId
from bot.domain.ledger import KEPT
from bot.domain.members import Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Tx
from bot.ports_slack import Profile
from bot.usecases.loop.reuse import gather_reusable
from bot.usecases.programme.feeds import keep_copy, keep_trouble
from bot.usecases.programme.figures import gather_figures
from bot.usecases.programme.profiles import keep_profile
from bot.usecases.rhythm.digests_planning import forget_digest

BATCH = 100
NOTICED = ("name", "tz", "locale", "is_deleted", "is_guest", "is_foreign")
# Slack delivers an event again for a day at most (docs.slack.dev/apis/events-api, "Delayed Events").
CALLS_KEPT = timedelta(days=7)


async def refresh_members(deps: Deps) -> int:
    """Keep what Slack says now of everybody whom we know, because its events may be lost.

    Returns how many have changed. Raises SlackTrouble.
    """
    team = await deps.directory.team()
    workspace = await deps.db.read(
        SYSTEM, lambda tx: tx.workspaces.first(team_id=team.team_id, enterprise_id=team.enterprise_id)
    )
    if workspace is None:
        return 0
    people = await deps.directory.people()
    changed = await deps.db.read(Viewer(workspace.id), lambda tx: _changed(tx, people))
    for start in range(0, len(changed), BATCH):
        await _keep_profiles(deps, workspace.id, changed[start : start + BATCH])
    return len(changed)


async def refresh_statistics(deps: Deps) -> None:
    """Count the words of each workspace anew, for the ranking of what is found."""
    workspaces: list[Workspace] = await deps.db.read(SYSTEM, lambda tx: tx.workspaces.find())
    for workspace in workspaces:
        await deps.db.write(Viewer(workspace.id), lambda tx: tx.search.refresh_statistics())


async def refresh_meanings(deps: Deps) -> None:
    """Make findable by meaning what was written before that was installed, a few at a time."""
    workspaces: list[Workspace] = await deps.db.read(SYSTEM, lambda tx: tx.workspaces.find())
    for workspace in workspaces:
        while await deps.db.write(Viewer(workspace.id), lambda tx: tx.search.refresh_meaning(BATCH)):
            pass


async def gather_what_may_be_met(deps: Deps) -> None:
    """What others tried, as it may be met from today on."""
    workspaces: list[Workspace] = await deps.db.read(SYSTEM, lambda tx: tx.workspaces.find())
    for workspace in workspaces:
        await deps.db.write(Viewer(workspace.id), partial(gather_reusable, workspace=workspace))


async def tell_how_it_goes(deps: Deps) -> None:
    """The figures of all cohorts, once a month, and the pulse of a quarter that is over."""
    workspaces: list[Workspace] = await deps.db.read(SYSTEM, lambda tx: tx.workspaces.find())
    for workspace in workspaces:
        await deps.db.write(Viewer(workspace.id), partial(gather_figures, workspace=workspace))


async def forget_old_calls(deps: Deps) -> int:
    """Forget which calls were dealt with, once Slack cannot deliver them again. Returns how many."""
    return await deps.db.forget_calls(deps.clock.real_now() - CALLS_KEPT)


async def read_feeds(deps: Deps) -> None:
    """Read the project calendars of all cohorts that run."""
    feeds: list[Feed] = await deps.db.read(SYSTEM, _running_feeds)
    for feed in feeds:
        await _read_calendar(deps, feed)


async def read_feed(deps: Deps, cohort: CohortId) -> None:
    """Read one project calendar, which somebody has just named."""
    feed = await deps.db.read(SYSTEM, lambda tx: tx.feeds.first(cohort_id=cohort))
    if feed is not None:
        await _read_calendar(deps, feed)


def _running_feeds(tx: Tx) -> list[Feed]:
    running = {cohort.id for cohort in tx.cohorts.find(state=CohortState.ACTIVE)}
    return [feed for feed in tx.feeds.find() if feed.cohort_id in running]


async def _read_calendar(deps: Deps, feed: Feed) -> None:
    """Read it and keep what came of it; meanwhile it may have been changed or taken away."""
    try:
        days, etag = await _fetched(deps, feed)
    except FeedUnreadable as error:
        keep = partial(keep_trouble, feed_id=feed.id, trouble=error.trouble)
    else:
        keep = partial(keep_copy, feed_id=feed.id, days=days, etag=etag)
    with suppress(NotFound):
        await deps.db.write(Viewer(feed.workspace_id), keep)


async def _fetched(deps: Deps, feed: Feed) -> tuple[Sequence[date] | None, str]:
    """The days in the calendar and its tag; None where the copy that we have still holds. Raises FeedUnreadable."""
    copy = await deps.feeds.fetch(feed.address, known_tag(feed, deps.clock.now()))
    if copy is None:
        return None, feed.etag
    today = deps.clock.now().date()
    return await asyncio.to_thread(last_days, copy.text, feed.title, today), copy.etag


async def forget_old_lines(deps: Deps) -> int:
    """Forget what came by itself, and why, once it is too long ago to be asked about. Returns how many lines."""
    forgotten, batch = 0, BATCH
    while batch == BATCH:
        batch = await deps.db.write(SYSTEM, _forget_lines)
        forgotten += batch
    return forgotten


async def forget_old_digests(deps: Deps) -> int:
    """Forget the digests that nobody reads any more. Returns how many."""
    forgotten, batch = 0, BATCH
    while batch == BATCH:
        batch = await deps.db.write(SYSTEM, _forget_digests)
        forgotten += batch
    return forgotten


def _forget_digests(tx: Tx) -> int:
    old = tx.digests.find(sent_at__upto=tx.now - DIGESTS_KEPT, order="sent_at", limit=BATCH)
    for digest in old:
        forget_digest(tx, digest)
    return len(old)


def _forget_lines(tx: Tx) -> int:
    old = tx.ledger_lines.find(at__upto=tx.now - KEPT, order="at", limit=BATCH)
    for line in old:
        tx.ledger_lines.delete(line)
    return len(old)


def _changed(tx: Tx, people: Sequence[Profile]) -> list[Profile]:
    """Those whom we know otherwise than Slack describes them now."""
    known = {member.user_id: member for member in tx.members.find()}
    return [
        profile
        for profile in people
        if (member := known.get(profile.user_id)) is not None
        and any(getattr(member, name) != getattr(profile, name) for name in NOTICED)
    ]


async def _keep_profiles(deps: Deps, workspace: WorkspaceId, profiles: Sequence[Profile]) -> None:
    def keep(tx: Tx) -> None:
        for profile in profiles:
            keep_profile(tx, workspace, profile)

    await deps.db.write(Viewer(workspace), keep)
