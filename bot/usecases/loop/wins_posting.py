"""Once a week at most, the small wins of a cohort in its channel: all that everybody who is named agreed to."""

from dataclasses import replace

from bot.domain.cadence import local_date
from bot.domain.channels import CohortChannel
from bot.domain.cohorts import CohortState
from bot.domain.ids import CohortId
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.wins_channel import MOST_TOLD, ON_ITS_WAY, ChannelWin, ChannelWinState, WinPost, is_over
from bot.ports import Tx
from bot.usecases.loop.wins_channel import POST, keep_win, may_stand, next_morning
from bot.usecases.outgoing import AT_ONCE, born, enqueue_in_channel


def post_wins(tx: Tx, row: CohortChannel) -> None:
    """Tell what was agreed, and let go of what may not be told any more; nothing where there is nothing."""
    channel = tx.cohort_channels.get(row.id, lock=True)
    if channel.post_at is None or channel.post_at > tx.now:
        return
    _let_go_of_old(tx, channel.cohort_id)
    agreed = tx.channel_wins.find(cohort_id=channel.cohort_id, state=ChannelWinState.AGREED, order="id")
    cohort = tx.cohorts.get(channel.cohort_id)
    if agreed and cohort.state is CohortState.ACTIVE and failed_post(tx, cohort.id) is None:
        _tell_channel(tx, channel, agreed[:MOST_TOLD])
    waits = tx.channel_wins.count(cohort_id=cohort.id, state=list(ON_ITS_WAY))
    channel = tx.cohort_channels.get(channel.id)
    tx.cohort_channels.update(replace(channel, post_at=next_morning(tx, channel) if waits else None))


def failed_post(tx: Tx, cohort_id: CohortId) -> Outgoing | None:
    """What Slack did not take, and waits for whoever leads the cohort."""
    posts = [post.id for post in tx.win_posts.find(cohort_id=cohort_id)]
    return tx.outgoing.first(kind=POST.name, subject_id=posts, updates="", state=OutgoingState.FAILED)


def post_again(tx: Tx, cohort_id: CohortId, channel: str) -> None:
    """What failed is posted into this channel, once."""
    failed = failed_post(tx, cohort_id)
    if failed is not None:
        fresh = replace(failed, error="", not_before=AT_ONCE, doubts=0, looked_up=0)
        tx.outgoing.update(replace(fresh, state=OutgoingState.PLANNED, channel=channel))


def post_no_more(tx: Tx, cohort_id: CohortId) -> None:
    """What was on its way is not told, nor what Slack did not take."""
    failed = failed_post(tx, cohort_id)
    wins = tx.channel_wins.find(cohort_id=cohort_id, state=list(ON_ITS_WAY))
    if failed is not None:
        wins += tx.channel_wins.find(win_post_id=failed.subject_id, state=ChannelWinState.POSTED)
        tx.outgoing.update(replace(failed, state=OutgoingState.DROPPED))
    for win in wins:
        keep_win(tx, win, replace(win, state=ChannelWinState.WITHDRAWN))


def _let_go_of_old(tx: Tx, cohort_id: CohortId) -> None:
    for win in tx.channel_wins.find(cohort_id=cohort_id, state=list(ON_ITS_WAY)):
        if is_over(win, tx.now):
            keep_win(tx, win, replace(win, state=ChannelWinState.EXPIRED))
        elif win.state is ChannelWinState.AGREED and not may_stand(tx, win):
            keep_win(tx, win, replace(win, state=ChannelWinState.WITHDRAWN))


def _tell_channel(tx: Tx, channel: CohortChannel, agreed: list[ChannelWin]) -> None:
    cohort = tx.cohorts.get(channel.cohort_id)
    sponsor = tx.members.get(cohort.lead_id or channel.member_id)
    day = local_date(tx.now, sponsor.tz)
    post = tx.win_posts.insert(WinPost(cohort.workspace_id, cohort.id, sponsor.id, day, tx.now))
    for win in agreed:
        keep_win(tx, win, replace(win, state=ChannelWinState.POSTED, win_post_id=post.id))
    key = f"{POST}:{born(cohort.id, cohort.created_at)}:{day.isoformat()}"
    since = channel.post_at or tx.now
    enqueue_in_channel(tx, sponsor.id, channel.channel, POST, post.id, key=key, since=since)
