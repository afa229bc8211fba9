import pytest

from accounts.rules import mailtext
from accounts.rules.mailtext import Block, Piece, tidy

SITE = "https://a.example"


def blocks(text: str) -> tuple[Block, ...]:
    return mailtext.blocks(text, SITE)


def test_paragraph_keeps_its_lines_and_finds_links() -> None:
    assert blocks("Bonjour,\nvoyez https://a.example/x?y=1. Merci") == (
        Block(
            "text",
            (
                (Piece("Bonjour,"),),
                (Piece("voyez "), Piece("https://a.example/x?y=1", "https://a.example/x?y=1"), Piece(". Merci")),
            ),
        ),
    )


def test_link_alone_is_a_button() -> None:
    assert blocks("https://a.example/x/") == (
        Block("button", ((Piece("https://a.example/x/", "https://a.example/x/"),),)),
    )


def test_named_link_is_a_button_with_that_name() -> None:
    assert blocks("確認する：\nhttps://a.example/x/") == (
        Block("button", ((Piece("確認する", "https://a.example/x/"),),)),
    )


def test_sentence_before_a_link_is_no_button() -> None:
    sentence = "If this was not you, choose a new password at once on your page:"
    url = "https://a.example/x"
    assert blocks(f"{sentence}\n{url}") == (Block("text", ((Piece(sentence),), (Piece(url, url),))),)


def test_hyphens_make_a_list() -> None:
    assert blocks("- one\n- two") == (Block("list", ((Piece("one"),), (Piece("two"),))),)


def test_link_stops_before_japanese_punctuation() -> None:
    assert blocks("こちら（https://a.example/x）をご覧ください")[0].lines[0][1] == Piece(
        "https://a.example/x", "https://a.example/x"
    )


@pytest.mark.parametrize("url", ["https://evil.example/x", "https://a.example.evil.example/x", "http://a.example/x"])
def test_address_of_another_site_is_text(url: str) -> None:
    """I9: nothing that somebody typed becomes a link of ours."""
    assert blocks(url) == (Block("text", ((Piece(url),),)),)
    assert blocks(f"Dear {url} and friends") == (Block("text", ((Piece(f"Dear {url} and friends"),),)),)


def test_tidy_leaves_one_empty_line() -> None:
    assert tidy("\n\na  \n\n\n\nb\n") == "a\n\nb"
