"""Taking along what one may see: everything that one member may read, as plain records."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_type_hints

from bot.domain.errors import NotFound
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.pairs import Pair
from bot.domain.profiles import CohortProfile
from bot.domain.stored import Audience, Entity
from bot.domain.things import THINGS
from bot.ports import Tx

Value = str | int | bool | None | list[str]

OF_OUR_OWN = frozenset({"workspace_id", "version", "plan_at", "follow_up_at", "end_asked_at", "reminded"})
SOMEBODY = "somebody here"


@dataclass(frozen=True)
class Exported:
    """What one member may see at one moment: records by kind, the oldest first; values that JSON can hold.

    People stand there as "name (Slack user id)" if they are of the member's own pairs, otherwise as SOMEBODY: an
    insight that was shared more widely is shown without its writer, as in search.
    """

    member: Member
    at: datetime
    records: Mapping[str, list[dict[str, Value]]]


def find_member(tx: Tx, user_id: str) -> Member:
    """The member with this Slack user id. Raises NotFound."""
    found = tx.members.first(user_id=user_id)
    if found is None:
        raise NotFound("member")
    return found


def export(tx: Tx, member: Member) -> Exported:
    """Everything that this member, the viewer, may see, as of one moment.

    Whoever runs the command is not the member: what nobody but the member sees, energy and notes, stays out.
    """
    mine = {membership.pair_id for membership in tx.memberships.find(member_id=member.id, left_at=None)}
    memberships = tx.memberships.find(pair_id=mine)
    people = tx.members.find(id={member.id, *(membership.member_id for membership in memberships)})
    names = {person.id: f"{person.name} ({person.user_id})" for person in people}
    records = {
        stored.table: [
            _record(entity, mine, names)
            for entity in getattr(tx, store).find()
            if _is_taken(entity, member, mine) and not _is_confided(entity, stored.seen_by)
        ]
        for store, stored in THINGS.items()
        if stored.exported
    }
    return Exported(member, tx.now, records)


def _is_taken(entity: Entity, member: Member, mine: set[PairId]) -> bool:
    """Of others' pairs what they wrote, and of whoever leads a cohort not what others said when they joined."""
    if isinstance(entity, CohortProfile):
        return entity.member_id == member.id
    if isinstance(entity, Pair):
        return entity.id in mine or (entity.asked_by == member.id and bool(entity.reason))
    return True


def _is_confided(entity: Entity, seen_by: Audience) -> bool:
    """Whether nobody reads it but the member, or the one whom they ask for help."""
    match seen_by:
        case Audience.OWNER | Audience.ASKER_AND_CONTACT | Audience.NOBODY:
            return True
        case Audience.PAIR_ONCE_TOLD | Audience.TOLD_AND_SHOWN:
            return getattr(entity, "told_at") is None  # noqa: B009 - each of these has it
        case (
            Audience.WORKSPACE
            | Audience.PAIR
            | Audience.PAIR_AND_SHOWN
            | Audience.PAIR_AND_WRITER
            | Audience.PAIR_AND_LEADS
            | Audience.PARTNERS
            | Audience.OWNER_AND_LEADS
            | Audience.LEADS
            | Audience.AS_AGREED
            | Audience.TOKEN_HOLDERS
        ):
            return False


def _record(entity: Entity, mine: set[PairId], names: Mapping[MemberId, str]) -> dict[str, Value]:
    hints = get_type_hints(type(entity))
    foreign = getattr(entity, "pair_id", None) not in {None, *mine}
    record: dict[str, Value] = {"id": entity.id}
    for field in dataclasses.fields(entity):  # type: ignore[arg-type]  # every entity is a dataclass
        if field.name in OF_OUR_OWN or (foreign and _leads_to_the_pair(field.name)):
            continue
        value = getattr(entity, field.name)
        is_person = hints[field.name] in (MemberId, MemberId | None) and value is not None
        record[field.name.removesuffix("_id") if is_person else field.name] = (
            names.get(value, SOMEBODY) if is_person else _plain(value)
        )
    return record


def _leads_to_the_pair(name: str) -> bool:
    return name.startswith("wished") or (name.endswith("_id") and name != "member_id")


def _plain(value: Any) -> Value:
    match value:
        case bool() | int() | None:
            return value
        case Decimal():
            return f"{value:f}"
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return [str(item) for item in value]
    return str(value)
