"""A workspace to search in: three pairs, and what they wrote."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from bot.domain.cohorts import Cohort
from bot.domain.entries import Entry, Filters
from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer, pair_token
from bot.domain.search import parse_query
from bot.domain.stored import EntryKind
from bot.domain.tokens import tokens
from bot.ports import Tx
from storage.database import SqlDatabase

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ALL = Filters()


@dataclass
class SearchData:
    """A workspace with two pairs in the cohort Spring and one in Autumn, and what they wrote."""

    database: SqlDatabase
    workspace: WorkspaceId
    cohorts: list[CohortId]
    pairs: list[PairId]
    people: list[MemberId]  # the mentor and the mentee of each pair, in order

    def viewer(self, person: int) -> Viewer:
        return Viewer(self.workspace, self.people[person])

    async def put(
        self, title: str, body: str = "", *, pair: int = 0, access: str = "", **more: object
    ) -> Entry:
        """Keep an entry of this pair's mentee; by default only the pair may find it."""
        number = await self.database.read(SYSTEM, lambda r: r.entries.count())
        tags = more.pop("tags", ())
        assert isinstance(tags, tuple)
        entry = Entry(
            self.workspace,
            self.pairs[pair],
            self.people[2 * pair + 1],
            EntryKind.GOAL,
            number + 1,
            access or pair_token(self.pairs[pair]),
            title,
            body,
            tokens(title, body, tags, "en"),
            NOW,
            tags,
        )
        changed = replace(entry, **more)  # type: ignore[arg-type]  # the test says which field it means
        return await self.database.write(SYSTEM, lambda r: r.entries.insert(changed))

    async def change(self, entry: Entry) -> Entry:
        return await self.database.write(SYSTEM, lambda r: r.entries.update(entry))

    async def remove(self, entry: Entry) -> None:
        await self.database.write(SYSTEM, lambda r: r.entries.delete(entry))

    async def found(
        self, text: str, *, person: int = 1, filters: Filters = ALL, limit: int = 50
    ) -> list[int]:
        """The ids of the entries that hold all words, the newest first."""
        words = parse_query(text).words
        rows = await self.database.read(
            self.viewer(person), lambda r: r.search.candidates(words, filters, limit)
        )
        return [row.id for row in rows]

    async def found_any(self, text: str, *, person: int = 1) -> list[int]:
        words = parse_query(text).words
        rows = await self.database.read(
            self.viewer(person), lambda r: r.search.candidates_any(words, ALL, 50)
        )
        return [row.id for row in rows]


def data_to_search(tx: Tx, database: SqlDatabase, team: str = "T1") -> SearchData:
    workspace = tx.workspaces.insert(Workspace(team, "Acme", "UBOT", NOW)).id
    people = [
        tx.members.insert(Member(workspace, f"U{n}", f"Person {n}", "UTC", "en-US", NOW)).id for n in range(6)
    ]
    cohorts = [
        tx.cohorts.insert(Cohort(workspace, name, 1, 1, time(10), date(2026, 11, 24), NOW)).id
        for name in ("Spring", "Autumn")
    ]
    pairs = []
    for number, cohort in enumerate((cohorts[0], cohorts[0], cohorts[1])):
        pair = tx.pairs.insert(Pair(workspace, cohort, NOW, state=PairState.ACTIVE)).id
        for membership, role in enumerate((Role.MENTOR, Role.MENTEE)):
            tx.memberships.insert(
                Membership(workspace, pair, people[2 * number + membership], role, Consent.YES)
            )
        pairs.append(pair)
    return SearchData(database, workspace, cohorts, pairs, people)
