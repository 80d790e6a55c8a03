"""A pause: somebody is away until a day, and nothing of Pairloop's own reaches them meanwhile."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count

from bot.domain.cadence import A_DAY, local_date, to_utc
from bot.domain.errors import DateInPast, DayTooFar
from bot.domain.ids import MemberId, PauseId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored

LONGEST = timedelta(days=180)
PRESET = timedelta(days=14)
BACK_BY = time(8)  # on the clock of whoever comes back
AHEAD = timedelta(hours=1)  # of the first check-in of that day, so that the two are not one noise


class PauseState(StrEnum):
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True)
class Pause:
    """One member is away from `created_at` until `ends_at`, in all pairs.

    Args:
        until: the day on which they are back, on their own calendar.
        ends_at: the moment of that day, or the one at which they came back before.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    until: date
    ends_at: datetime
    created_at: datetime
    state: PauseState = PauseState.OPEN
    id: PauseId = PauseId(0)
    version: int = 1


PAUSES = Stored(
    Pause, "pause", Audience.PARTNERS, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    indexed=("member_id",), indexes={"due": ("state", "ends_at")},
)  # fmt: skip


def until_day(day: date | None, today: date) -> date:
    """The day on which a pause ends, PRESET from today where none is named. Raises DateInPast, DayTooFar."""
    until = day or today + PRESET
    if until <= today:
        raise DateInPast(today + A_DAY, field="until")
    if until > today + LONGEST:
        raise DayTooFar(today + LONGEST, field="until")
    return until


def back_at(until: date, tz: str, hours: Collection[time]) -> datetime:
    """The moment (UTC) at which somebody in `tz` is back on that day: well before their check-ins, at these hours."""
    first = min(
        (datetime.combine(until, at) - AHEAD for at in hours), default=datetime.combine(until, BACK_BY)
    )
    moment = min(max(first, datetime.combine(until, time())), datetime.combine(until, BACK_BY))
    return to_utc(until, moment.time(), tz)


def is_during(pause: Pause, moment: datetime) -> bool:
    """Whether the member is away then."""
    return pause.created_at <= moment < pause.ends_at


def free_days(back: date, taken: Iterable[date]) -> Iterator[date]:
    """The days after the return on which nothing is planned yet, without end: what waited comes one a day."""
    full = set(taken)
    days = (back + timedelta(days=number) for number in count(1))
    return (day for day in days if day not in full)


def still_away(pauses: Iterable[Pause], now: datetime) -> dict[MemberId, Pause]:
    """Of these pauses, those that hold now, by member."""
    return {pause.member_id: pause for pause in pauses if is_during(pause, now)}


def returned_early(pause: Pause, now: datetime, tz: str) -> Pause:
    """The pause that ends now, before its day."""
    return replace(pause, until=local_date(now, tz), ends_at=now, state=PauseState.OVER)
