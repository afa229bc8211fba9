"""Every field in which people write what they like is searched for addresses before reviewers read it (R23)."""

from collections.abc import Iterable

import pytest
from django.db.models import Model

from accounts.fields import BlockField, KanaField, LatinField, LineField, OrcidField
from seminars.exports.pdf.halves import LISTED_FIELDS
from seminars.fields import RnsrField
from seminars.models import BudgetLine, Laboratory, ListedApplication, Participant, Proposal, Session
from seminars.queries import snapshots
from seminars.rules import redaction

BOUND = (LatinField, KanaField, OrcidField, RnsrField)
"""What holds no address: each has characters or a form of its own."""
APART = {"application_number", *redaction.LISTED_APART}
"""The number of an application, and what reviewers do not read at all."""
SAID: list[tuple[type[Model], Iterable[str]]] = [
    (Proposal, (*snapshots.FACTS, *snapshots.VENUE, *snapshots.PARTS)),
    (Participant, redaction.PERSON),
    (Laboratory, snapshots.LABORATORY),
    (Session, snapshots.SESSION),
    (BudgetLine, ("note",)),
    (ListedApplication, LISTED_FIELDS),
]


def free_texts(model: type[Model], names: Iterable[str]) -> set[str]:
    fields = [model._meta.get_field(name) for name in names]
    return {
        field.name for field in fields if isinstance(field, (LineField, BlockField)) and not isinstance(field, BOUND)
    }


@pytest.mark.parametrize(("model", "names"), SAID)
def test_free_texts_are_searched(model: type[Model], names: Iterable[str]) -> None:
    assert free_texts(model, names) - APART - set(redaction.WRITTEN) == set()


def test_nothing_is_searched_that_nobody_writes() -> None:
    written = set().union(*(free_texts(model, names) for model, names in SAID))
    assert set(redaction.WRITTEN) - written == {"keywords"}
