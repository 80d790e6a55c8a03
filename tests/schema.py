"""The newest schema, for tests that do not wait for the migrations each time."""

from storage.engine import open_engine
from storage.migrations import upgrade


def migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
