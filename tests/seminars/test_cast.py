"""The cast does what its names say: the other tests stand on it."""

from collections.abc import Callable

import pytest

from accounts.models import User
from seminars.queries.dossiers import violations_of
from seminars.rules.completeness import blocking
from tests import cast


@pytest.mark.django_db
@pytest.mark.parametrize(("person", "country"), [(cast.marie, "FR"), (cast.kenji, "JP")])
def test_complete_draft_breaks_no_rule(person: Callable[[], User], country: str) -> None:
    proposal = cast.complete_draft(person(), country)
    assert blocking(violations_of(proposal)) == ()
    assert proposal.state == "draft"
