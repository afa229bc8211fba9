"""Which columns an address asks for."""

import pytest
from django.http import QueryDict

from seminars.queries.chosen import DEFAULT, chosen
from seminars.queries.column_table import COLUMNS


@pytest.mark.parametrize(
    ("query", "names", "is_strange"),
    [
        ("", DEFAULT, False),
        ("columns=", DEFAULT, False),
        ("columns=title,amount", ("title", "amount"), False),
        ("columns=amount,title", ("amount", "title"), False),
        ("columns=title&columns=young&columns=title", ("title", "young"), False),
        ("columns=amount", ("title", "amount"), False),
        ("columns=amount,password,title", ("amount", "title"), True),
        ("columns=coordinator__password", DEFAULT, True),
    ],
)
def test_the_address_names_the_columns(query: str, names: tuple[str, ...], is_strange: bool) -> None:
    found = chosen(QueryDict(query).getlist("columns"))
    assert (found.names, found.is_strange) == (names, is_strange)


def test_the_usual_columns_need_no_address() -> None:
    assert chosen([",".join(DEFAULT)]).address == ""
    assert chosen(["title,amount"]).address == "title,amount"


def test_a_column_moves_by_one_place() -> None:
    moves = {column.name: (earlier, later) for column, earlier, later in chosen(["number,title,amount"]).moves}
    assert moves == {
        "number": ("", "title,number,amount"),
        "title": ("title,number,amount", "number,amount,title"),
        "amount": ("number,amount,title", ""),
    }


def test_only_what_is_shown_is_fetched() -> None:
    assert chosen(["title,side"]).needs == frozenset()
    assert chosen(["state,young"]).needs == {"filed", "young"}


def test_every_column_has_a_name_of_its_own_and_all_but_notes_say_something_to_files() -> None:
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert [column.name for column in COLUMNS if not column.parts] == ["notes"]
