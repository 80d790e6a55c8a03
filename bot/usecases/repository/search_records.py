"""What was found, as a program reads it: whole texts and ids, through the same eyes as any search."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.domain.entries import Entry
from bot.domain.ids import InsightId
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.repository.search import Found, find_entries
from bot.usecases.repository.search_hits import Hit


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
    """The best `limit` entries for these words, each by itself: what is one hit for people may be several here."""
    found, entries = find_entries(tx, text, limit=limit)
    insights = [hit.subject_id for hit in found.hits if hit.kind is EntryKind.INSIGHT]
    keys = {insight.id: insight.source_key for insight in tx.insights.find(id=insights)}
    return FoundRecords(found, tuple(map(partial(_record, keys), found.hits, entries)))


def _record(keys: Mapping[InsightId, str], hit: Hit, entry: Entry) -> FoundRecord:
    key = keys.get(InsightId(hit.subject_id), "") if hit.kind is EntryKind.INSIGHT else ""
    return FoundRecord(hit, entry, key)
