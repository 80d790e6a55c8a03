"""When something may be offered, and when a message goes on to show it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.offers import NOT_NOW, Offer, OfferKind, OfferState, is_due, stands

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SOMETIME = st.one_of(st.none(), st.timedeltas(timedelta(-400), timedelta(400)).map(lambda gap: NOW + gap))


def an_offer(state: OfferState, until: datetime | None = None) -> Offer:
    return Offer(WorkspaceId(1), PairId(1), MemberId(1), OfferKind.SHELF_TRIES, 1, NOW, state, until)


def test_what_was_never_said_may_be_offered_and_is_shown_nowhere() -> None:
    assert is_due(None, NOW)
    assert not stands(None)


def test_not_now_is_remembered_for_90_days_and_not_a_moment_longer() -> None:
    put_off = an_offer(OfferState.LATER, NOW + NOT_NOW)

    assert timedelta(days=90) == NOT_NOW
    assert not is_due(put_off, NOW + NOT_NOW - timedelta(microseconds=1))
    assert is_due(put_off, NOW + NOT_NOW)


@given(st.sampled_from(OfferState), SOMETIME)
def test_only_what_was_put_off_is_ever_offered_again(state: OfferState, until: datetime | None) -> None:
    offer = an_offer(state, until)

    assert is_due(offer, NOW) is (state is OfferState.LATER and until is not None and until <= NOW)
    assert stands(offer) is (state is OfferState.SHOWN)
