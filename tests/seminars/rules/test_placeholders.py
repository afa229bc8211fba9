"""Words in braces: a closed list, replaced once."""

import pytest

from seminars.rules.placeholders import IN_SUBJECT, fill, unknown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("Dear {name}, {title} by {deadline}: {link}", ()),
        ("{nom} and {name} and {nom}", ("nom",)),
        ("{name.__class__} {0}", ("name.__class__", "0")),
        ("a { b", ()),
        ("{{name}}", ()),
    ],
)
def test_only_the_listed_words_are_placeholders(text: str, found: tuple[str, ...]) -> None:
    assert unknown(text) == found


def test_a_subject_holds_no_link() -> None:
    assert unknown("{link} {name}", IN_SUBJECT) == ("link",)


def test_what_a_value_says_is_not_a_placeholder() -> None:
    assert fill("{title} · {name} · {x}", {"title": "{name}", "name": "Marie"}) == "{name} · Marie · {x}"
