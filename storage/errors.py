"""What the drivers' errors mean for people."""

from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError, SQLAlchemyError

from bot.domain.errors import PairloopError, Stale, StoreUnavailable


def translated(error: SQLAlchemyError) -> PairloopError | SQLAlchemyError:
    """The domain's word for a driver's error, or the error itself where it is a fault of ours."""
    text = str(getattr(error, "orig", error))
    if isinstance(error, IntegrityError):
        return Stale(text.partition("\n")[0])  # PostgreSQL goes on with the row, and people's words in it
    if isinstance(error, OperationalError):
        return StoreUnavailable(_reason(text), text)
    if isinstance(error, DatabaseError) and ("not a database" in text or "malformed" in text):
        return StoreUnavailable("wrong", text)
    return error


def _reason(text: str) -> str:
    """Why the driver could not do it; "full" in the words of SQLite and of PostgreSQL."""
    if "is full" in text or "No space left" in text:
        return "full"
    return "locked" if "locked" in text else "unreachable"
