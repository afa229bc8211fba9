"""A message to coordinators: whom it reaches, in which language, once, and in the history."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import HistoryEntry, Message, User
from seminars.actions.mailings import send_mailing
from seminars.choices import ProposalState
from seminars.models import Mailing, Proposal
from seminars.permissions import Refused
from tests import cast
from tests.desk_records import BEFORE, pair, person, proposal

pytestmark = pytest.mark.django_db
TEXTS = {
    "subject_en": "News on {title}",
    "body_en": "{name}: {number}, {agency}, {deadline}\n\n{link}",
    "subject_fr": "Des nouvelles",
    "body_fr": "Date : {deadline}. L'École & <b>vous</b>",
}


def officer() -> User:
    return cast.inserm_officer()


@pytest.fixture
def records() -> list[Proposal]:
    """Three Inserm records, in French, English and Japanese hands, and the partner of the first."""
    call = cast.call_2026()
    marie = cast.marie()
    User.objects.filter(pk=marie.pk).update(language="fr")
    first = proposal(call, cast.inserm(), ProposalState.SUBMITTED, coordinator=marie, title_en="Ageing")
    partner = proposal(call, cast.jsps(), coordinator=cast.kenji())
    pair(first, partner)
    english = proposal(call, cast.inserm(), coordinator=person(language="en", given_name="Ann"), title_en="Cells")
    japanese = proposal(call, cast.inserm(), coordinator=person(language="ja", time_zone="Asia/Tokyo"))
    return [first, english, japanese, partner]


def send(records: list[Proposal], **values: Any) -> Mailing:
    options = {"texts": TEXTS, "form_uuid": uuid4(), "by": officer(), "at": BEFORE}
    return send_mailing(cast.call_2026(), records=[record.pk for record in records], **{**options, **values})


def test_each_receives_it_in_their_language_or_in_english(records: list[Proposal]) -> None:
    first, english, japanese, _partner = records
    sent = send(records[:3])
    by_record = {recipient.proposal: recipient.message for recipient in sent.recipients.all()}
    assert (by_record[first].language, by_record[first].subject) == ("fr", "Des nouvelles")
    assert "L'École & <b>vous</b>" in by_record[first].text
    assert "&lt;b&gt;vous&lt;/b&gt;" in by_record[first].html
    assert "10:00 heure de Paris" in by_record[first].text
    assert by_record[english].subject == "News on Cells"
    assert f"#{english.pk}, Inserm" in by_record[english].text
    assert f"/proposals/{english.pk}/" in by_record[english].text
    fallback = by_record[japanese]
    assert fallback.subject == f"News on #{japanese.pk}"
    assert "このメッセージは英語で書かれています。" in fallback.text
    assert "17:00 日本時間" in fallback.text


def test_the_partners_coordinators_are_the_other_agencys_to_write_to(records: list[Proposal]) -> None:
    sent = send(records)
    assert [recipient.proposal for recipient in sent.recipients.all()] == records[:3]
    assert not Message.objects.filter(address=cast.kenji().email, kind="mailing").exists()
    with pytest.raises(Refused):
        send(records[3:])


def test_closed_accounts_and_other_calls_receive_nothing(records: list[Proposal]) -> None:
    User.objects.filter(pk=records[1].coordinator_id).update(is_active=False)
    assert send(records).recipients.count() == 2
    for user in (cast.marie(), person()):
        with pytest.raises(Refused):
            send(records, by=user)


def test_pressed_twice_it_goes_out_once(records: list[Proposal]) -> None:
    uuid = uuid4()
    assert send(records, form_uuid=uuid) == send(records, form_uuid=uuid, at=BEFORE + timedelta(seconds=1))
    assert Message.objects.filter(kind="mailing").count() == 3
    colleague = cast.officer_of(cast.inserm(), "zoe@inserm.example")
    with pytest.raises(Refused):
        send(records, form_uuid=uuid, by=colleague)


def test_one_person_with_two_records_hears_of_both(records: list[Proposal]) -> None:
    Proposal.objects.filter(pk=records[0].pk).update(state=ProposalState.LAPSED)
    again = proposal(cast.call_2026(), cast.inserm(), coordinator=cast.marie(), title_en="Again")
    assert send([records[0], again]).recipients.count() == 2


def test_a_language_that_is_needed_is_written_or_english_is(records: list[Proposal]) -> None:
    only_french = {"subject_fr": "Bonjour", "body_fr": "Oui", "subject_en": "Half"}
    with pytest.raises(Refused):
        send(records, texts=only_french)
    assert send(records[:1], texts=only_french).recipients.count() == 1


def test_each_record_remembers_it_and_nothing_is_half_done(records: list[Proposal]) -> None:
    send(records[:2])
    entries = HistoryEntry.objects.filter(verb="written_to").order_by("subject_id")
    assert [(entry.subject_id, entry.actor, entry.after) for entry in entries] == [
        (records[0].pk, officer(), {"subject": "Des nouvelles"}),
        (records[1].pk, officer(), {"subject": "News on Cells"}),
    ]


def test_a_line_break_in_a_name_breaks_no_header(records: list[Proposal]) -> None:
    Proposal.objects.filter(pk=records[1].pk).update(title_en="Cells\nBcc: all@example.org")
    sent = send(records[1:2])
    assert sent.recipients.get().message.subject == "News on Cells Bcc: all@example.org"
