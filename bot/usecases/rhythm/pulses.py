"""The pulse inside a check-in: who is asked, and a tap that is counted and kept under nobody's name."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.cadence import quarter_of
from bot.domain.errors import InvalidInput, NotFound
from bot.domain.ids import CohortId, OccurrenceId
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.pairs import PairState
from bot.domain.pulses import (
    TAPS,
    PulseBox,
    PulseItem,
    PulseKey,
    has_vote,
    is_value,
    items_of,
    mark_of,
    with_vote,
)
from bot.ports import Tx
from bot.usecases.people.memberships import PairMembership, my_membership

ASKED_AFTER = timedelta(days=28)  # before, there is little to say of it
ASKED_WITH = 2  # check-ins of a quarter, at most
KEY_BYTES = 32


@dataclass(frozen=True)
class PulseAsk:
    """What the check-in asks besides; `said` of these items something was tapped, and what is not told."""

    occurrence_id: OccurrenceId
    items: tuple[PulseItem, ...]
    said: frozenset[PulseItem]

    @property
    def open_taps(self) -> tuple[PulseItem, ...]:
        return tuple(item for item in TAPS if item not in self.said)

    @property
    def has_more(self) -> bool:
        """Whether the four items wait, which are asked now and then."""
        return not set(self.items) <= {*TAPS, *self.said}


@dataclass(frozen=True)
class Tap:
    """What was tapped: a value for each item that was answered."""

    occurrence_id: OccurrenceId
    values: Mapping[PulseItem, int]


def pulse_of(tx: Tx, occurrence: Occurrence, membership: PairMembership) -> PulseAsk | None:
    """What this check-in asks of its reader; None where it asks nothing."""
    quarter = quarter_of(tx.now.date())
    if not _is_pulse_asked(tx, occurrence, membership, quarter):
        return None
    return PulseAsk(
        occurrence.id, items_of(quarter), _items_said(tx, membership.pair.cohort_id, membership, quarter)
    )


def open_pulse(tx: Tx, occurrence_id: OccurrenceId) -> PulseAsk:
    """The form with all items of this quarter. Raises NotFound where nothing is asked."""
    occurrence = tx.occurrences.get(occurrence_id)
    found = pulse_of(tx, occurrence, my_membership(tx, occurrence.pair_id))
    if found is None:
        raise NotFound("pulse")
    return found


def tap(tx: Tx, command: Tap) -> OccurrenceId:
    """Count what was tapped, in the place of what this person tapped before in this quarter.

    Nothing that says who it was is kept with it; what Slack delivered is noted without the value.

    Raises NotFound where nothing is asked, InvalidInput for a value that there is not.
    """
    asked = open_pulse(tx, command.occurrence_id)
    if not all(is_value(value) for value in command.values.values()) or command.values.keys() - asked.items:
        raise InvalidInput
    membership = my_membership(tx, tx.occurrences.get(asked.occurrence_id).pair_id)
    cohort, quarter = membership.pair.cohort_id, quarter_of(tx.now.date())
    system = tx.as_system()
    key = _key(
        system, membership, quarter
    )  # locks the workspace, which comes before cohorts wherever both are
    system.cohorts.get(cohort, lock=True)  # so that of two at once none is lost
    for item, value in command.values.items():
        _keep_vote(system, membership, quarter, item, mark_of(key, tx.me, cohort, quarter, item), value)
    return asked.occurrence_id


def _is_pulse_asked(tx: Tx, occurrence: Occurrence, membership: PairMembership, quarter: date) -> bool:
    """Of whoever learns in a pair that has run for a while, with the first check-ins of the quarter."""
    pair = membership.pair
    if occurrence.ritual is not Ritual.CHECK_IN or occurrence.day < quarter or not membership.role.learns:
        return False
    if pair.state is not PairState.ACTIVE or pair.active_since is None:
        return False
    if tx.now - pair.active_since < ASKED_AFTER:
        return False
    earlier = tx.occurrences.count(
        pair_id=pair.id,
        ritual=Ritual.CHECK_IN,
        day__since=max(quarter, (pair.active_since + ASKED_AFTER).date()),
        day__upto=occurrence.day - timedelta(days=1),
    )
    return earlier < ASKED_WITH


def _items_said(tx: Tx, cohort: CohortId, membership: PairMembership, quarter: date) -> frozenset[PulseItem]:
    system = tx.as_system()
    key = system.pulse_keys.first(workspace_id=membership.pair.workspace_id, quarter=quarter)
    if key is None:
        return frozenset()
    boxes = system.pulses.find(cohort_id=cohort, quarter=quarter)
    me = membership.me.id
    return frozenset(
        box.item for box in boxes if has_vote(box.votes, mark_of(key.key, me, cohort, quarter, box.item))
    )


def _key(system: Tx, membership: PairMembership, quarter: date) -> str:
    """Of this quarter, made with the first tap."""
    workspace = system.workspaces.get(membership.pair.workspace_id, lock=True)
    found = system.pulse_keys.first(workspace_id=workspace.id, quarter=quarter)
    if found is None:
        found = system.pulse_keys.insert(PulseKey(workspace.id, quarter, secrets.token_hex(KEY_BYTES)))
    return found.key


def _keep_vote(
    system: Tx, membership: PairMembership, quarter: date, item: PulseItem, mark: str, value: int
) -> None:
    pair = membership.pair
    box = system.pulses.first(cohort_id=pair.cohort_id, quarter=quarter, item=item)
    if box is None:
        box = system.pulses.insert(PulseBox(pair.workspace_id, pair.cohort_id, quarter, item))
    system.pulses.update(replace(box, votes=with_vote(box.votes, mark, value)))
