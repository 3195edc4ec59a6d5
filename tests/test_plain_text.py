"""Text that may be shown in a terminal."""

import pytest

from thresholds.plain_text import is_plain, plain


@pytest.mark.parametrize("text", ["", "It is small.\n\tÉ 子 \N{ZERO WIDTH JOINER}", "\N{REPLACEMENT CHARACTER}"])
def test_text_stays_as_it_is(text):
    assert is_plain(text)
    assert plain(text) == text


@pytest.mark.parametrize("character", ["\x00", "\x07", "\r", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\udc80", "\ud800"])
def test_what_moves_a_cursor_or_is_half_a_character_is_replaced(character):
    assert not is_plain(f"a{character}b")
    assert plain(f"a{character}b") == "a\N{REPLACEMENT CHARACTER}b"
