"""What did the benches measure, and does it hold? As a script: the table of the last run."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Measured:
    """One figure: it holds if `value` is at most `limit`, both in `unit`."""

    name: str
    value: float
    unit: str
    limit: float

    @property
    def holds(self) -> bool:
        return self.value <= self.limit


def record(*figures: Measured, file: Path = FILE) -> None:
    """Keep the figures, in the place of older ones of the same name, and print them."""
    kept = {each["name"]: each for each in read(file)}
    for figure in figures:
        kept[figure.name] = {**asdict(figure), "holds": figure.holds}
        print(line_of(kept[figure.name]))
    file.write_text(json.dumps(list(kept.values()), indent=2) + "\n", encoding="utf-8")


def read(file: Path = FILE) -> list[dict[str, object]]:
    """All figures so far: objects with name, value, unit, limit and holds."""
    if not file.exists():
        return []
    figures: list[dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
    return figures


def line_of(figure: dict[str, object]) -> str:
    verdict = "holds" if figure["holds"] else "TOO MUCH"
    return "{name:<52} {value:>9} {unit:<12} at most {limit:<6} ".format(**figure) + verdict


def main() -> int:
    """Print the table; 1 if something does not hold."""
    figures = read()
    for figure in figures:
        print(line_of(figure))
    return 0 if figures and all(figure["holds"] for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
