"""The plain text of a mail, read into paragraphs, lists, links and buttons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.mailtext import Block, Piece, blocks, pieces, tidy

ADDRESS = "https://seminars.example/proposals/7/?a=1&b=2"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", ()),
        ("Bonjour Zoé,", (Piece("Bonjour Zoé,"),)),
        (ADDRESS, (Piece(ADDRESS, ADDRESS),)),
        (f"Open {ADDRESS}.", (Piece("Open "), Piece(ADDRESS, ADDRESS), Piece("."))),
        (f"({ADDRESS})", (Piece("("), Piece(ADDRESS, ADDRESS), Piece(")"))),
        (f"こちら：{ADDRESS}。", (Piece("こちら："), Piece(ADDRESS, ADDRESS), Piece("。"))),
        (f"「{ADDRESS}、", (Piece("「"), Piece(ADDRESS, ADDRESS), Piece("、"))),
        ("javascript:alert(1)", (Piece("javascript:alert(1)"),)),
        ("ftp://x.example/y", (Piece("ftp://x.example/y"),)),
        ("a@b.example", (Piece("a@b.example"),)),
    ],
)
def test_links_are_found_without_the_punctuation_after_them(line: str, expected: tuple[Piece, ...]) -> None:
    assert pieces(line) == expected


@pytest.mark.parametrize("mark", ['"', "'", "<", ">", " "])
def test_a_link_ends_where_html_could_begin(mark: str) -> None:
    assert pieces(f"{ADDRESS}{mark}x")[0] == Piece(ADDRESS, ADDRESS)


def test_paragraphs_lists_and_buttons() -> None:
    text = f"Dear Zoé,\nwelcome.\n\n- one\n- two\n\n・一\n・二\n\n{ADDRESS}\n\n- one\nno list"
    assert blocks(text) == (
        Block("text", ((Piece("Dear Zoé,"),), (Piece("welcome."),))),
        Block("list", ((Piece("one"),), (Piece("two"),))),
        Block("list", ((Piece("一"),), (Piece("二"),))),
        Block("button", ((Piece(ADDRESS, ADDRESS),),)),
        Block("text", ((Piece("- one"),), (Piece("no list"),))),
    )


def test_what_templates_leave_behind_is_tidied() -> None:
    assert tidy("\n\n  Dear Zoé,  \n\n\n\n\nwelcome.\t\n \n\nBye\n\n") == "Dear Zoé,\n\nwelcome.\n\nBye"


@given(st.text(alphabet="ab .,()'\"<>htps:/-・\n"))
def test_nothing_of_the_text_is_lost(text: str) -> None:
    line = text.replace("\n", "")
    assert "".join(piece.text for piece in pieces(line)) == line
    assert tidy(tidy(text)) == tidy(text)
