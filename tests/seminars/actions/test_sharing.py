"""Taking the partner's value, and telling the partner: one fact at a time, never behind anybody's back."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from accounts.models import HistoryEntry, Message
from seminars.actions import pairing, sharing, submission
from seminars.actions.proposals import EditConflict, save_section
from seminars.actions.rows import add_row, change_row
from seminars.choices import SessionKind
from seminars.models import PriorityArea, Proposal, Session, Theme
from seminars.permissions import Refused
from seminars.queries.shared import differing, fingerprint, held, is_takeable
from tests import cast
from tests.racing import done_at_once

pytestmark = pytest.mark.django_db
LATER = cast.BEFORE + timedelta(hours=2)


def change(proposal: Proposal, **values: Any) -> Proposal:
    """Let the record's coordinator save other facts, and return the record."""
    proposal = cast.reread(proposal)
    by = proposal.coordinator
    save_section(proposal, "facts", values, version=proposal.facts_version, by=by, at=cast.BEFORE)
    return cast.reread(proposal)


def take(proposal: Proposal, fact: str, seen: str | None = None) -> Proposal:
    proposal = cast.reread(proposal)
    seen = fingerprint(proposal, fact) if seen is None else seen
    sharing.take_partner_value(proposal, fact, seen=seen, by=proposal.coordinator, at=LATER)
    return cast.reread(proposal)


@pytest.mark.parametrize(
    ("values", "fact", "blocking"),
    [
        ({"start_on": date(2027, 6, 13)}, "dates", True),
        ({"end_on": date(2027, 6, 15)}, "dates", True),
        ({"start_on": date(2027, 7, 5), "end_on": date(2027, 7, 6)}, "dates", True),
        ({"venue_country": "JP"}, "venue_country", True),
        ({"title_en": "Ageing of neurons"}, "title_en", False),
        ({"title_fr": "Neurones et vieillissement"}, "title_fr", False),
        ({"title_ja": "神経細胞の老化"}, "title_ja", False),
        ({"abstract_en": "An abstract of another kind." * 10}, "abstract_en", False),
        ({"keywords": ["ageing", "neurons", "mice"]}, "keywords", False),
        ({"venue_name": "Institut Pasteur"}, "venue_name", False),
        ({"venue_city": "Paris"}, "venue_city", False),
    ],
)
def test_a_fact_that_differs_shows_on_both_sides_and_can_be_taken(
    values: dict[str, Any], fact: str, blocking: bool
) -> None:
    french, japanese = cast.forming_pair()
    japanese = change(japanese, **values)
    assert differing(japanese) == differing(cast.reread(french)) == {fact: blocking}
    french = take(french, fact)
    assert differing(french) == {}
    assert {name: getattr(french, name) for name in values} == values


def test_the_theme_is_taken() -> None:
    french, japanese = cast.forming_pair()
    physics = Theme.objects.get(code="physics")
    change(japanese, theme=physics)
    assert differing(cast.reread(french)) == {"theme": False}
    assert take(french, "theme").theme == physics


def test_the_priority_areas_are_taken() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, areas=list(PriorityArea.objects.all()))
    assert differing(cast.reread(french)) == {"areas": False}
    assert set(take(french, "areas").areas.all()) == set(PriorityArea.objects.all())


def test_the_sessions_are_taken_whole() -> None:
    french, japanese = cast.forming_pair()
    session = Session(
        proposal=japanese,
        on=date(2027, 6, 15),
        starts=time(14),
        ends=time(16),
        kind=SessionKind.SEMINAR,
        title="Imaging",
        speaker="Kenji Tanaka",
    )
    add_row(session, by=cast.kenji(), at=cast.BEFORE)
    assert differing(cast.reread(french)) == {"sessions": False}
    french = take(french, "sessions")
    assert [row.title for row in french.sessions.all()] == ["Opening", "Imaging"]
    assert differing(french) == {}


def named(proposal: Proposal, side: str) -> Any:
    return proposal.participants.get(side=side, role="coordinator")


def test_the_partners_coordinator_is_taken_from_the_partners_record() -> None:
    """R10: who coordinates on a side is for that side's record to say."""
    french, _japanese = cast.forming_pair()
    wrong = named(french, "JP")
    change_row(wrong, {"email": "tanaka@old.example"}, version=wrong.version, by=cast.marie(), at=cast.BEFORE)
    assert differing(cast.reread(french)) == {"coordinators": True}
    french = take(french, "coordinators")
    assert differing(french) == {}
    person = named(french, "JP")
    assert (person.email, person.family_name_kanji, person.laboratory.city) == (cast.kenji().email, "田中", "Kyoto")
    assert french.laboratories.count() == 2
    assert french.coordinators_version == 2


def test_a_coordinator_who_is_missing_is_added() -> None:
    french = cast.draft_of(cast.marie())
    invitation = cast.invited(french, cast.kenji())
    pairing.accept_invitation(invitation, by=cast.verified(cast.kenji()), at=cast.BEFORE)
    assert differing(cast.reread(french)) == {"coordinators": False}
    assert named(take(french, "coordinators"), "JP").email == cast.kenji().email


def test_the_own_coordinator_is_never_taken_from_the_partner() -> None:
    french, japanese = cast.forming_pair()
    wrong = named(japanese, "FR")
    change_row(wrong, {"email": "durand@old.example"}, version=wrong.version, by=cast.kenji(), at=cast.BEFORE)
    french = cast.reread(french)
    assert (differing(french), is_takeable(french, "coordinators")) == ({"coordinators": True}, False)
    with pytest.raises(Refused, match="nothing here that you could take"):
        take(french, "coordinators")
    assert named(take(japanese, "coordinators"), "FR").email == cast.marie().email


def test_nothing_is_taken_where_the_partner_says_nothing() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="", start_on=None, keywords=[])
    for fact in ("venue_city", "dates", "keywords"):
        with pytest.raises(Refused, match="nothing here that you could take"):
            take(french, fact)
    assert cast.reread(french).venue_city == "Bordeaux"


@pytest.mark.parametrize("fact", ["venue_city", "dates", "objectives", "state", "x" * 20, ""])
def test_what_does_not_differ_is_not_taken(fact: str) -> None:
    french, _japanese = cast.forming_pair()
    with pytest.raises(Refused, match="agree on this by now"):
        take(french, fact, seen="0" * 32)


def test_taking_moves_the_sections_version_and_is_history() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon")
    version = cast.reread(french).facts_version
    french = take(french, "venue_city")
    assert (french.facts_version, french.facts_saved_at, french.changed_at) == (version + 1, LATER, LATER)
    entry = HistoryEntry.objects.about(french).get(verb="partner_value_taken")
    assert (entry.before, entry.after) == ({"venue_city": "Bordeaux"}, {"venue_city": "Lyon"})
    with pytest.raises(EditConflict):
        save_section(french, "facts", {"venue_city": "Nice"}, version=version, by=cast.marie(), at=LATER)


@pytest.mark.parametrize("changes_meanwhile", ["FR", "JP"])
def test_taking_a_value_that_has_changed_meanwhile_is_a_conflict(changes_meanwhile: str) -> None:
    """SAFETY 8: what is taken is what was shown, and what it replaces too."""
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon")
    seen = fingerprint(cast.reread(french), "venue_city")
    change(french if changes_meanwhile == "FR" else japanese, venue_city="Nice")
    with pytest.raises(EditConflict):
        take(french, "venue_city", seen)
    assert cast.reread(french).venue_city == ("Nice" if changes_meanwhile == "FR" else "Bordeaux")


def test_taking_into_a_submitted_record_is_refused() -> None:
    french, japanese = cast.confirmed_pair()
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    change(japanese, venue_city="Lyon")
    with pytest.raises(Refused, match="no longer a draft"):
        take(french, "venue_city")


def test_taking_for_somebody_else_after_the_deadline_or_without_a_partner_is_refused() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon")
    seen = fingerprint(cast.reread(french), "venue_city")
    with pytest.raises(Refused, match="Only the coordinator"):
        sharing.take_partner_value(french, "venue_city", seen=seen, by=cast.kenji(), at=LATER)
    late = cast.DEADLINE + timedelta(microseconds=1)
    with pytest.raises(Refused, match="deadline"):
        sharing.take_partner_value(french, "venue_city", seen=seen, by=cast.marie(), at=late)
    alone = cast.draft_of(cast.kenji(), "FR")
    with pytest.raises(Refused, match="no partner"):
        sharing.take_partner_value(alone, "venue_city", seen=seen, by=cast.kenji(), at=LATER)


def test_what_a_record_holds_is_the_same_in_every_language() -> None:
    french, _japanese = cast.forming_pair()
    said = {fact: held(french, fact) for fact in ("dates", "theme", "areas", "sessions", "coordinators", "keywords")}
    with translation.override("ja"):
        assert said == {fact: held(cast.reread(french), fact) for fact in said}


def tell(proposal: Proposal, *facts: str, note: str = "", at: Any = LATER) -> tuple[str, ...]:
    return sharing.tell_partner(proposal, facts, note=note, by=proposal.coordinator, at=at)


def test_telling_writes_in_the_partners_language_what_differs() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon", venue_country="JP")
    assert tell(french, "venue_city", "venue_country", note="Bordeaux, n'est-ce pas ?") == (
        "venue_country",
        "venue_city",
    )
    message = Message.objects.get(kind="partner_asks")
    assert (message.recipient, message.language) == (cast.kenji(), "ja")
    for words in ("フランス", "日本", "Lyon", "Bordeaux", "> Bordeaux, n'est-ce pas ?", "田中"):
        assert words in message.text
    entry = HistoryEntry.objects.about(french).get(verb="partner_told")
    assert entry.after == {"facts": ["venue_country", "venue_city"]}


def test_telling_of_one_fact_waits_an_hour() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon", venue_name="Palais")
    tell(french, "venue_city")
    with pytest.raises(Refused, match="less than an hour"):
        tell(french, "venue_city", at=LATER + timedelta(hours=1) - timedelta(microseconds=1))
    assert tell(french, "venue_city", "venue_name", at=LATER + timedelta(minutes=1)) == ("venue_name",)
    assert tell(french, "venue_city", at=LATER + timedelta(hours=1)) == ("venue_city",)
    assert tell(japanese, "venue_city", at=LATER) == ("venue_city",)
    assert Message.objects.filter(kind="partner_asks").count() == 4


def test_telling_of_nothing_or_to_nobody_is_refused() -> None:
    french, japanese = cast.forming_pair()
    with pytest.raises(Refused, match="agree on this by now"):
        tell(french, "venue_city")
    submission.withdraw(japanese.pk, reason="", by=cast.kenji(), at=cast.BEFORE)
    with pytest.raises(Refused, match="partner's record has ended"):
        tell(french, "venue_city")
    with pytest.raises(Refused, match="no partner"):
        tell(cast.draft_of(cast.kenji(), "FR"), "venue_city")


@pytest.mark.django_db(transaction=True)
def test_both_taking_the_others_value_at_once_never_swap() -> None:
    """Both records are locked in id order: the second finds what both say changed."""
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon")
    seen = fingerprint(cast.reread(french), "venue_city")
    theirs = fingerprint(cast.reread(japanese), "venue_city")
    done = done_at_once(lambda: take_as(french, seen), lambda: take_as(japanese, theirs))
    cities = {cast.reread(french).venue_city, cast.reread(japanese).venue_city}
    assert len(cities) == 1
    assert sorted(done) == [False, True]


def take_as(proposal: Proposal, seen: str) -> Proposal:
    return sharing.take_partner_value(proposal, "venue_city", seen=seen, by=proposal.coordinator, at=LATER)


@pytest.mark.django_db(transaction=True)
def test_telling_by_two_clicks_at_once_writes_once() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon")
    done_at_once(*[lambda: tell(french, "venue_city")] * 3)
    assert Message.objects.filter(kind="partner_asks").count() == 1
