"""Which links are links, and how evidence is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import LinkNotUnderstood
from bot.domain.evidence import HEADLINE_LIMIT, headline, require_link


@pytest.mark.parametrize("link", ["", "https://example.org", "http://example.org:8080/a?b=c#d"])
def test_what_a_browser_opens_is_a_link_and_none_is_needed(link: str) -> None:
    assert require_link(link) == link


@pytest.mark.parametrize(
    "link",
    [
        "example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://a b",
        "http://[::1",
        "slack://x",
        "ftp://example.org/a",
    ],
)
def test_what_a_browser_would_not_open_is_told_at_the_field(link: str) -> None:
    with pytest.raises(LinkNotUnderstood) as caught:
        require_link(link)
    assert (caught.value.field, caught.value.text) == ("link", link)


def test_a_headline_is_one_line_and_ends_between_words() -> None:
    assert headline("It\nwent  well") == "It went well"
    assert headline("word " * 60).endswith("word…")


def test_one_endless_word_is_cut_inside() -> None:
    assert headline("x" * 200) == "x" * (HEADLINE_LIMIT - 1) + "…"


@given(st.text())
def test_a_headline_always_fits_and_starts_as_the_words_do(text: str) -> None:
    line = headline(text)

    assert len(line) <= HEADLINE_LIMIT + 1
    assert " ".join(text.split()).startswith(line.removesuffix("…"))
