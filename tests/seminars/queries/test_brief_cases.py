"""Cases as lists show them: as the rules judge them, remembered for as long as nothing they looked at has changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from seminars.actions.matching import confirm_match
from seminars.actions.proposals import save_section
from seminars.choices import Eligibility, Track
from seminars.models import Call, ListedApplication, Theme
from seminars.queries.brief_cases import BriefCase, brief_cases
from seminars.queries.eligibility import Case
from tests import cast
from tests.listed_rows import application_list, listed
from tests.seminars.filed import AFTER, bare_pair, decide, filed, filed_pair, officer, seen

pytestmark = pytest.mark.django_db


def brief(user: User) -> list[BriefCase]:
    return brief_cases(user, Call.objects.with_terms().get(), AFTER)


def told(case: Case) -> tuple[object, ...]:
    halves = [(half.side.pk, half.state, half.is_own, half.record, half.listed, half.decision) for half in case.halves]
    return case.key, case.first, halves, case.proposed, case.is_void, case.is_clear, case.outcome


@pytest.mark.parametrize("country", ["FR", "JP"])
def test_a_brief_case_says_what_the_whole_one_says(country: str) -> None:
    filed_pair()
    decide(bare_pair(), country, Eligibility.INELIGIBLE)
    filed("FR", title_en="Alone")
    listed_pair()
    known, whole = brief(officer(country)), seen(officer(country))
    assert [told(case) for case in known] == [told(case) for case in whole]
    assert len(known) == {"FR": 4, "JP": 3}[country]
    assert [told(case) for case in brief(officer(country))] == [told(case) for case in whole]


def listed_pair() -> ListedApplication:
    """A French record whose other half stands in a list that Inserm holds."""
    french = filed("FR", title_en="Ageing neurons")
    row = listed(application_list(french.side.call))
    confirm_match(french, row, by=officer("FR"), at=AFTER)
    return row


def proposed(user: User) -> tuple[str, tuple[str, ...]]:
    (case,) = brief(user)
    return case.proposed.outcome, case.proposed.rules


def test_what_was_judged_once_is_not_read_again() -> None:
    filed_pair()
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            brief(officer("FR"))
        numbers.append(sum("seminars_session" in query["sql"] for query in queries))
    assert numbers == [1, 0]


def test_a_correction_is_judged_anew_before_and_after_it_is_filed() -> None:
    record = filed_pair().proposals.get(side__agency__country="FR")
    user = officer("FR")
    assert proposed(user) == ("eligible", ("R19",))
    decide(record.seminar, "FR", Eligibility.CORRECTION)
    corrected = cast.reread(record)
    save_section(
        corrected,
        "facts",
        {"venue_country": "JP"},
        version=corrected.facts_version,
        by=record.coordinator,
        at=AFTER + timedelta(hours=1),
    )
    assert proposed(user) == ("ineligible", ("R9",))


def test_other_terms_of_the_call_are_another_question() -> None:
    filed_pair()
    assert proposed(officer("FR")) == ("eligible", ("R19",))
    Theme.objects.filter(code="life").update(is_admitted=False)
    assert proposed(officer("FR")) == ("ineligible", ("R13",))


def test_another_line_of_the_list_is_another_question() -> None:
    row = listed_pair()
    before = proposed(officer("FR"))
    ListedApplication.objects.filter(pk=row.pk).update(track=Track.OPEN_PARTNERSHIP)
    after = proposed(officer("FR"))
    assert "R4" not in before[1]
    assert "R4" in after[1]


def test_a_brief_case_does_not_pretend_to_know_each_rule() -> None:
    filed_pair()
    (case,) = brief(officer("FR"))
    with pytest.raises(TypeError, match="does not know what each rule says"):
        _ = case.results
