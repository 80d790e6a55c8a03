"""What texts mean, as vectors: made without any network by what `pip install pairloop[meaning]` brings, or not at all.

Each entry has at most one row in `entry_vector`, with the access token of the entry, so that the index over it lists
what a viewer may see. A changed entry gets a new row, whose id is never used again: what a process has read of a row
stays true, and it only has to look which ids there are. Every nearness is counted among those of the viewer alone.
"""

import threading
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGES = ("numpy", "safetensors", "tokenizers", "wordllama")
WIDTH = 256
# The package reads its files itself, too, but at being imported it changes the log and looks for the network.
WEIGHTS, TOKENIZER = "weights/l2_supercat_256.safetensors", "tokenizers/l2_supercat_tokenizer_config.json"
LONGEST = 4_000  # characters of a text that count
KEPT = 30_000  # vectors that a process holds, 1 kB each


def installed() -> bool:
    """Whether texts can be compared by meaning here."""
    return all(find_spec(name) is not None for name in PACKAGES)


class Model:
    """The mean of the vectors of a text's parts of words, of length 1 (wordllama, MIT)."""

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file  # noqa: PLC0415 - only where it is installed
        from tokenizers import Tokenizer  # noqa: PLC0415 - the same

        self._parts = load_file(folder / WEIGHTS)["embedding.weight"]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def vectors(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """One row for each text; all zeros for a text without a word."""
        import numpy as np  # noqa: PLC0415 - as above

        read = self._tokenizer.encode_batch_fast([text[:LONGEST] for text in texts], add_special_tokens=False)
        ids = [np.array(found.ids, dtype=np.int64) for found in read]
        # Half floats are slow to sum: each part is made a float once, however often it stands in these texts.
        known, places = np.unique(np.concatenate(ids), return_inverse=True)
        parts = self._parts[known].astype(np.float32)
        sums = np.stack(
            [parts[one].sum(axis=0) for one in np.split(places, np.cumsum([*map(len, ids)])[:-1])]
        )
        lengths: NDArray[np.float32] = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.maximum(lengths, 1e-9), dtype=np.float32)


_loading = threading.Lock()


def model() -> Model | None:
    """The one of this process, loaded when it is first needed; None where nothing is installed."""
    with _loading:
        return _loaded()


@cache
def _loaded() -> Model | None:
    spec = find_spec("wordllama") if installed() else None
    return Model(Path(spec.origin).parent) if spec and spec.origin else None


def numbers(text: str) -> "NDArray[np.int64]":
    """The numbers of a text with commas between them, ascending."""
    import numpy as np  # noqa: PLC0415 - as above

    return np.sort(np.fromstring(text, dtype=np.int64, sep=","))


class Nearness(NamedTuple):
    """How near an entry is, by its id: 1 for the same meaning, about 0 for nothing in common."""

    entry_id: int
    nearness: float


class Vectors:
    """The vectors that a process has read, by the id of their row, each with the id of its entry."""

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - as above

        self._lock = threading.Lock()
        self._ids = np.empty(0, dtype=np.int64)  # ascending, as the rows are
        self._entries = np.empty(0, dtype=np.int64)
        self._rows = np.empty((0, WIDTH), dtype=np.float32)

    def missing_in_steps(self, wanted: "NDArray[np.int64]", step: int) -> Iterator[list[int]]:
        """Those ids whose vectors are still to be read; where there is no room for them, all others make it."""
        import numpy as np  # noqa: PLC0415 - as above

        missing = np.setdiff1d(wanted, self._ids).tolist()
        with self._lock:
            if len(self._ids) + len(missing) > KEPT:
                kept = np.isin(self._ids, wanted)
                self._ids, self._entries, self._rows = self._ids[kept], self._entries[kept], self._rows[kept]
        for start in range(0, len(missing), step):
            yield missing[start : start + step]

    def add(self, found: "Sequence[tuple[int, int, bytes]]") -> None:
        """Take along rows: their id, the id of their entry, and the vector itself."""
        import numpy as np  # noqa: PLC0415 - as above

        ids, entries = (np.array([row[at] for row in found], dtype=np.int64) for at in (0, 1))
        read = np.frombuffer(b"".join(vector for *_, vector in found), dtype="<f2").reshape(-1, WIDTH)
        with self._lock:
            merged, places = np.unique(np.concatenate([self._ids, ids]), return_index=True)
            self._rows = np.concatenate([self._rows, read.astype(np.float32)])[places]
            self._entries = np.concatenate([self._entries, entries])[places]
            self._ids = merged

    def nearest(self, wanted: "NDArray[np.int64]", to: "NDArray[np.float32]", limit: int) -> list[Nearness]:
        """The entries of the nearest of these, best first; those of which nothing is read are left out."""
        import numpy as np  # noqa: PLC0415 - as above

        with self._lock:
            ids, entries, rows = self._ids, self._entries, self._rows
        known = np.intersect1d(wanted, ids, assume_unique=True)
        places = np.searchsorted(ids, known)
        # Picking rows copies them, so for most of them it is quicker to take all.
        near = (rows @ to)[places] if len(known) * 3 > len(ids) else rows[places] @ to
        best = np.lexsort((-known, -near.round(5)))[:limit]
        return [Nearness(int(entries[places[at]]), round(float(near[at]), 5)) for at in best]


_read: "WeakKeyDictionary[Engine, Vectors]" = WeakKeyDictionary()


def vectors_of(connection: Connection) -> Vectors:
    """What this process has read by now; a write starts anew, since what it sees may yet be undone."""
    if connection.get_execution_options().get("pairloop_write"):
        return Vectors()
    with _loading:
        return _read.setdefault(connection.engine, Vectors())
