"""What was found, as a program reads it: whole texts and ids, through the same eyes as any search."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.entries import Entry
from bot.domain.ids import InsightId
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.repository.search import Found, Hit, find


@dataclass(frozen=True)
class FoundRecord:
    """One hit: `key` is what it was called in the file that it came from, "" for nothing."""

    hit: Hit
    entry: Entry
    key: str


@dataclass(frozen=True)
class FoundRecords:
    found: Found
    records: tuple[FoundRecord, ...]


def find_records(tx: Tx, text: str, limit: int) -> FoundRecords:
    """The best `limit` entries for these words, as in `find`."""
    found = find(tx, text, limit=limit)
    ids = [hit.subject_id for hit in found.hits]
    entries = {(entry.kind.shown, entry.subject_id): entry for entry in tx.entries.find(subject_id=ids)}
    insights = [hit.subject_id for hit in found.hits if hit.kind is EntryKind.INSIGHT]
    keys = {insight.id: insight.source_key for insight in tx.insights.find(id=insights)}
    return FoundRecords(found, tuple(_record(hit, entries, keys) for hit in found.hits))


def _record(
    hit: Hit, entries: dict[tuple[EntryKind, int], Entry], keys: Mapping[InsightId, str]
) -> FoundRecord:
    key = keys.get(InsightId(hit.subject_id), "") if hit.kind is EntryKind.INSIGHT else ""
    return FoundRecord(hit, entries[hit.kind, hit.subject_id], key)
