"""The channel for a cohort's small wins: chosen, changed and left by whoever leads it."""

from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.channels import ChannelUnfit, CohortChannel, WhyNot
from bot.domain.cohorts import Cohort
from bot.domain.wins_channel import ON_ITS_WAY
from bot.ports import Tx
from bot.ports_slack import ChannelInfo
from bot.usecases.loop.wins_channel import plan_post
from bot.usecases.loop.wins_posting import failed_post, post_again, post_no_more
from bot.usecases.programme.cohorts_led import led_by_me

FIELD = "channel"


@dataclass(frozen=True)
class ChannelForm:
    """What the form needs to open.

    Args:
        failed: why what was to be told there did not arrive, "" where nothing waits.
    """

    cohort: Cohort
    channel: CohortChannel | None
    failed: str = ""


def open_channel_form(tx: Tx, cohort_id: int) -> ChannelForm:
    """Raises NotFound, NotAllowed."""
    cohort = led_by_me(tx, cohort_id)
    failed = failed_post(tx.as_system(), cohort.id)
    return ChannelForm(cohort, tx.cohort_channels.first(cohort_id=cohort.id), failed.error if failed else "")


def require_fit_channel(info: ChannelInfo | None) -> ChannelInfo:
    """Raise ChannelUnfit for one in which nothing can be told, or not to this workspace alone."""
    if info is None:
        raise ChannelUnfit(WhyNot.UNKNOWN, field=FIELD)
    reasons = (
        (info.is_direct, WhyNot.NO_CHANNEL),
        (info.is_archived, WhyNot.ARCHIVED),
        (info.is_shared, WhyNot.OUTSIDE),
        (not info.is_in, WhyNot.NOT_IN),
    )
    for is_so, why in reasons:
        if is_so:
            raise ChannelUnfit(why, info.name, field=FIELD)
    return info


def keep_channel(tx: Tx, cohort_id: int, info: ChannelInfo) -> int:
    """Tell the small wins there, also those that did not arrive where they were told before.

    Raises NotFound, NotAllowed.
    """
    cohort = led_by_me(tx, cohort_id, lock=True)
    known = tx.cohort_channels.first(cohort_id=cohort.id)
    if known is None:
        chosen = CohortChannel(cohort.workspace_id, cohort.id, tx.me, info.id, info.name, tx.now)
        tx.cohort_channels.insert(chosen)
    else:
        tx.cohort_channels.update(replace(known, channel=info.id, name=info.name, member_id=tx.me))
    post_again(tx.as_system(), cohort.id, info.id)
    if tx.as_system().channel_wins.count(cohort_id=cohort.id, state=list(ON_ITS_WAY)):
        plan_post(tx, cohort.id)
    tx.audit.insert(AuditEntry(cohort.workspace_id, "cohort.channel", cohort.id, tx.now, tx.me))
    return cohort.id


def leave_for_good(tx: Tx, cohort_id: int) -> int:
    """Tell nothing any more; what was on its way is not told. Raises NotFound, NotAllowed."""
    cohort = led_by_me(tx, cohort_id, lock=True)
    known = tx.cohort_channels.first(cohort_id=cohort.id)
    if known is not None:
        post_no_more(tx.as_system(), cohort.id)
        tx.cohort_channels.delete(tx.cohort_channels.get(known.id))
        tx.audit.insert(AuditEntry(cohort.workspace_id, "cohort.channel", cohort.id, tx.now, tx.me))
    return cohort.id
