"""A small win for the channel of its cohort: who is named is asked with the exact words before them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cadence import local_date, to_utc
from bot.domain.channels import CohortChannel
from bot.domain.errors import NotFound, PersonUnfit
from bot.domain.ids import CohortId, MemberId, WinConsentId
from bot.domain.members import Member, require_fit
from bot.domain.outgoing import OutgoingState, Priority
from bot.domain.pairs import RUNNING
from bot.domain.wins_channel import (
    ALIVE,
    LASTS,
    MOST_NAMED,
    Answer,
    ChannelWin,
    ChannelWinState,
    ConsentOver,
    NoChannel,
    NotOfCohort,
    WinConsent,
    first_day,
    is_over,
    settled,
)
from bot.domain.wins_sharing import SharedWin, There
from bot.domain.working_life import working_day_after
from bot.ports import Tx
from bot.usecases.loop.wins import is_still_one
from bot.usecases.loop.wins_cards import touch_win
from bot.usecases.outgoing import Message, as_long_as, enqueue_post, enqueue_update
from bot.usecases.people.memberships import PairMembership
from bot.usecases.people.working_life import life_of

PLACE, NAMED = "place", "named"  # the fields of the form

THERE = {
    ChannelWinState.WAITING: There.ASKED,
    ChannelWinState.AGREED: There.COMING,
    ChannelWinState.POSTED: There.POSTED,
    ChannelWinState.WITHDRAWN: There.NO,
    ChannelWinState.DECLINED: There.NOT_SHARED,
    ChannelWinState.EXPIRED: There.NOT_SHARED,
}


@dataclass(frozen=True)
class WinLine:
    """A small win as everybody in the channel reads it."""

    writer: str
    text: str
    named: tuple[str, ...]


@dataclass(frozen=True)
class WinsTold:
    """What stands in the channel; nothing once all of it was taken back."""

    cohort: str
    lines: tuple[WinLine, ...]


@dataclass(frozen=True)
class WinAsked:
    """A consent as the one who is asked reads it; `others` are named, too."""

    consent: WinConsent
    writer: str
    others: tuple[str, ...]
    channel: str
    is_open: bool


def put_in_channel(tx: Tx, shared: SharedWin, membership: PairMembership, named: Sequence[str]) -> There:
    """Ask everybody who is named; only words or names that changed are asked about anew.

    Raises NoChannel, PersonUnfit, NotOfCohort.
    """
    channel = tx.cohort_channels.first(cohort_id=membership.pair.cohort_id)
    if channel is None:
        raise NoChannel(field=PLACE)
    people = _named_people(tx, membership, named)
    alive = _alive_wins(tx, shared)
    ids = {person.id for person in people}
    for one in alive:
        if one.text == shared.text and not is_over(one, tx.now) and _named_in(tx, one) == ids:
            return THERE[one.state]
    if not alive and _was_declined(tx, shared, ids):
        return There.NOT_SHARED
    leave_channel(tx, shared)
    state = ChannelWinState.WAITING if people else ChannelWinState.AGREED
    win = tx.channel_wins.insert(
        ChannelWin(
            **membership.whose, cohort_id=membership.pair.cohort_id, source=shared.source,
            source_id=shared.source_id, text=shared.text, named=len(people), created_at=tx.now,
            expires_at=tx.now + LASTS, state=state,
        )
    )  # fmt: skip
    for person in people:
        consent = WinConsent(win.workspace_id, win.id, person.id, win.text, tx.now)
        enqueue_post(tx, person.id, ASK, tx.as_system().win_consents.insert(consent).id)
    plan_post(tx, win.cohort_id)
    return THERE[state]


def leave_channel(tx: Tx, shared: SharedWin) -> There:
    """It stands in the channel no more, or never will; what was asked is asked no more."""
    for win in _alive_wins(tx, shared):
        keep_win(tx, win, replace(win, state=ChannelWinState.WITHDRAWN), tells=False)
    return There.NO


def named_now(tx: Tx, shared: SharedWin) -> tuple[str, ...]:
    """The Slack ids of those who are named in what is on its way, or stands there."""
    people = {member for win in _alive_wins(tx, shared) for member in _named_in(tx, win)}
    return tuple(person.user_id for person in tx.members.find(id=people)) if people else ()


def answer_consent(tx: Tx, consent_id: WinConsentId, read: int, *, agree: bool) -> WinConsentId:
    """What one who is named says to the words that they read; a yes can be taken back, also once it stands there.

    Raises NotFound, ConsentOver.
    """
    system = tx.as_system()
    # The win first, as whoever takes it back does.
    win = system.channel_wins.get(tx.win_consents.get(consent_id).channel_win_id, lock=True)
    consent = tx.win_consents.get(consent_id, lock=True)
    if win.state not in ALIVE or is_over(win, tx.now) or win.id != read:
        raise ConsentOver
    kept = tx.win_consents.update(replace(consent, answer=Answer.YES if agree else Answer.NO))
    answers = [one.answer for one in system.win_consents.find(channel_win_id=win.id)]
    keep_win(tx, win, settled(win, answers))
    enqueue_update(tx, ASK, kept.id, version=kept.version)
    return kept.id


def keep_win(tx: Tx, win: ChannelWin, changed: ChannelWin, *, tells: bool = True) -> None:
    """Keep what became of it, where it shows: on the card of whose it is, in what was asked, and in the channel.

    Args:
        tells: whether the card is to say it; else whoever calls does.
    """
    if changed.state is win.state:
        return
    system = tx.as_system()
    kept = system.channel_wins.update(changed)
    if kept.state not in ALIVE:
        _ask_no_more(tx, kept)
        if kept.win_post_id is not None:
            post = system.win_posts.update(system.win_posts.get(kept.win_post_id))
            enqueue_update(tx, POST, post.id, version=post.version)
    if kept.state is ChannelWinState.AGREED:
        plan_post(tx, kept.cohort_id)
    if tells:
        _tell_writer(tx, kept)


def plan_post(tx: Tx, cohort_id: CohortId) -> None:
    """The next morning on which the channel may be told; what joins it later puts it off no further."""
    system = tx.as_system()
    known = system.cohort_channels.first(cohort_id=cohort_id)
    if known is not None:
        channel = system.cohort_channels.get(known.id, lock=True)
        if channel.post_at is None:
            system.cohort_channels.update(replace(channel, post_at=next_morning(system, channel)))


def next_morning(tx: Tx, channel: CohortChannel) -> datetime:
    """At the hour of the cohort, on a working day of whoever leads it, a week after the last time at least."""
    cohort = tx.cohorts.get(channel.cohort_id)
    lead = tx.members.get(cohort.lead_id or channel.member_id)
    last = tx.win_posts.first(cohort_id=cohort.id, order="-day")
    day = first_day(last.day if last else None, local_date(tx.now, lead.tz))
    return to_utc(working_day_after(life_of(tx, lead, tx.now), day) or day, cohort.at, lead.tz)


def load_asked(tx: Tx, consent_id: int) -> WinAsked:
    """NotFound for everybody but the one who is asked."""
    consent = tx.win_consents.get(consent_id)
    system = tx.as_system()
    win = system.channel_wins.get(consent.channel_win_id)
    channel = tx.cohort_channels.first(cohort_id=win.cohort_id)
    others = [person.name for person in tx.members.find(id=_named_in(tx, win) - {tx.me})]
    is_open = win.state in ALIVE and not is_over(win, tx.now)
    writer = tx.members.get(win.member_id).name
    return WinAsked(consent, writer, tuple(others), channel.name if channel else "", is_open)


def load_post(tx: Tx, post_id: int) -> WinsTold:
    """What is told there. Nobody reads it alone, so it is read as Pairloop itself: words that were agreed to."""
    post = tx.win_posts.get(post_id)
    wins = tx.channel_wins.find(win_post_id=post.id, state=ChannelWinState.POSTED, order="id")
    if not _was_told(tx, post_id):
        wins = [win for win in wins if may_stand(tx, win)]
        if not wins:
            raise NotFound("win")
    return WinsTold(tx.cohorts.get(post.cohort_id).name, tuple(_told_line(tx, win) for win in wins))


def may_stand(tx: Tx, win: ChannelWin) -> bool:
    """Whether its pair goes on with whoever wrote it, and everybody who is named is there and agrees."""
    people = {one.id: one for one in tx.members.find(id={win.member_id, *_named_in(tx, win)})}
    here = tx.memberships.count(pair_id=win.pair_id, member_id=win.member_id, left_at=None) > 0
    runs = tx.pairs.count(id=win.pair_id, state=list(RUNNING)) > 0
    answers = tx.win_consents.count(channel_win_id=win.id, answer=Answer.YES)
    whole = answers == win.named and not any(person.is_deleted for person in people.values())
    return here and runs and whole and is_still_one(tx, win.source, win.source_id)


def _was_told(tx: Tx, post_id: int) -> bool:
    return tx.outgoing.count(kind=POST.name, subject_id=post_id, updates="", state=OutgoingState.SENT) > 0


def _told_line(tx: Tx, win: ChannelWin) -> WinLine:
    named = [person.name for person in tx.members.find(id=_named_in(tx, win))]
    return WinLine(tx.members.get(win.member_id).name, win.text, tuple(named))


def _named_people(tx: Tx, membership: PairMembership, named: Sequence[str]) -> list[Member]:
    """Those who take part in the cohort now, but for whoever shares. Raises PersonUnfit, NotOfCohort."""
    people = []
    for user_id in dict.fromkeys(named[:MOST_NAMED]):
        person = tx.members.first(user_id=user_id)
        if person is None:
            raise PersonUnfit("unknown", field=NAMED)
        require_fit(person, NAMED)
        if person.id != tx.me:
            people.append(person)
    here = _people_of_cohort(tx, membership.pair.cohort_id)
    if strange := [person.name for person in people if person.id not in here]:
        raise NotOfCohort(strange[0], field=NAMED)
    return people


def _people_of_cohort(tx: Tx, cohort_id: CohortId) -> set[MemberId]:
    """Asked as Pairloop itself: who is in which pair is not told, only that somebody is in none."""
    system = tx.as_system()
    pairs = [pair.id for pair in system.pairs.find(cohort_id=cohort_id, state=RUNNING)]
    people = {one.member_id for one in system.memberships.find(pair_id=pairs, left_at=None)}
    lead = system.cohorts.get(cohort_id).lead_id
    return people | ({lead} if lead else set())


def _alive_wins(tx: Tx, shared: SharedWin) -> list[ChannelWin]:
    return tx.as_system().channel_wins.find(
        member_id=shared.member_id, source=shared.source, source_id=shared.source_id, state=list(ALIVE)
    )


def _was_declined(tx: Tx, shared: SharedWin, named: set[MemberId]) -> bool:
    """Whether somebody said no to these words: nobody is asked twice about the same."""
    newest = tx.as_system().channel_wins.first(
        member_id=shared.member_id, source=shared.source, source_id=shared.source_id, order="-id"
    )
    said_no = newest is not None and newest.state is ChannelWinState.DECLINED
    return newest is not None and said_no and newest.text == shared.text and _named_in(tx, newest) == named


def _named_in(tx: Tx, win: ChannelWin) -> set[MemberId]:
    return {one.member_id for one in tx.as_system().win_consents.find(channel_win_id=win.id)}


def _ask_no_more(tx: Tx, win: ChannelWin) -> None:
    """Whoever was asked reads that it is over, and the words no more where they were taken back."""
    system = tx.as_system()
    for consent in system.win_consents.find(channel_win_id=win.id):
        gone = win.state is ChannelWinState.WITHDRAWN
        kept = system.win_consents.update(replace(consent, text="" if gone else consent.text))
        enqueue_update(tx, ASK, kept.id, version=kept.version)


def _tell_writer(tx: Tx, win: ChannelWin) -> None:
    """Only how it stands: who did not want it, nobody is told."""
    system = tx.as_system()
    shared = system.shared_wins.first(pair_id=win.pair_id, source=win.source, source_id=win.source_id)
    if shared is not None and shared.there is not THERE[win.state]:
        system.shared_wins.update(replace(shared, there=THERE[win.state]))
        touch_win(system, win.source, win.source_id)


ASK = Message(
    "win.asked", WinAsked, load_asked, as_long_as(lambda asked: asked.is_open), priority=Priority.ACT
)
POST = Message(
    "win.post", WinsTold, load_post, lambda _told, _age: False, priority=Priority.DIGEST, in_channel=True
)
