"""The questions to two whether they want to be a pair, as Home knows of them."""

from bot.domain.attention import Matter, What
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import Consent, Pair, PairState
from bot.ports import Participant, Tx

CONSENT_KIND = "pair.consent"  # the programme's message, which this room does not know


def consents(tx: Tx, rosters: list[tuple[Pair, list[Participant]]], *, mentors: bool) -> list[Matter]:
    """The pairs of which I was asked whether I would like them; `at` where the question is still to come."""
    unsaid = (tx.me, Consent.ASKED)
    pairs = [
        pair.id
        for pair, participants in rosters
        if pair.state is PairState.ASKED
        and any((one.member_id, one.consent) == unsaid for one, _ in participants)
    ]
    if not pairs or mentors:  # for whoever mentors, this page takes as many queries as it may
        return [Matter(What.CONSENT, pair, waits=True) for pair in pairs]
    held = tx.outgoing.find(member_id=tx.me, kind=CONSENT_KIND, subject_id=pairs, state=OutgoingState.HELD)
    comes = {post.subject_id: post.due_at for post in held}
    return [Matter(What.CONSENT, pair, waits=True, at=comes.get(pair)) for pair in pairs]
