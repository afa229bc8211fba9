"""Each mail of the programme, as its reader gets it: language, clocks, one link, nothing secret in the subject."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import Agency, Message, User
from seminars import mails
from seminars.actions import pairing, sharing, submission
from seminars.choices import ProposalState
from seminars.mails.addresses import language_of
from seminars.models import Approval, Proposal, Submission
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.BEFORE + timedelta(hours=3)
LATE = cast.DEADLINE + submission.GRACE + timedelta(microseconds=1)
TITLE = "L'École des neurones & <b>l'âge</b>"


def titled(proposal: Proposal) -> Proposal:
    Proposal.objects.filter(pk=proposal.pk).update(title_en=TITLE)
    return cast.reread(proposal)


def mailed(kind: str) -> dict[str, Message]:
    """Return the mails of one kind by address."""
    return {message.address: message for message in Message.objects.filter(kind=kind)}


def one(kind: str) -> Message:
    return Message.objects.get(kind=kind)


def file(proposal: Proposal) -> Submission:
    return submission.submit(proposal.pk, form_uuid=uuid4(), by=proposal.coordinator, at=AT)


def approval_of(filed: Submission) -> Approval:
    return Approval.objects.select_related("submission__proposal__side__agency").get(submission=filed)


def an_invitation() -> None:
    cast.invited(titled(cast.draft_of(cast.marie())), cast.kenji())


def an_answered_invitation() -> None:
    pairing.accept_invitation(
        cast.invited(titled(cast.draft_of(cast.marie())), cast.kenji()), by=cast.verified(cast.kenji()), at=AT
    )


def a_declined_invitation() -> None:
    pairing.decline_invitation(cast.invited(titled(cast.draft_of(cast.marie())), cast.kenji()), at=AT)


def a_confirmation() -> None:
    french, _japanese = cast.forming_pair()
    pairing.confirm_pair(titled(french), by=cast.marie(), at=AT)


def a_confirmed_pair() -> None:
    cast.confirmed_pair()


def a_difference() -> None:
    french, japanese = cast.forming_pair()
    titled(japanese)
    sharing.tell_partner(french, ["title_en"], note="Which one?", by=cast.marie(), at=AT)


def a_pair_left() -> None:
    pairing.leave_pair(titled(cast.forming_pair()[0]), reason="Too far away.", by=cast.marie(), at=AT)


def a_receipt() -> None:
    file(titled(cast.complete_draft(cast.marie())))


def a_request() -> Approval:
    return approval_of(file(titled(cast.complete_draft(cast.kenji(), "JP"))))


def an_approval() -> None:
    submission.approve(a_request(), at=AT)


def a_return() -> None:
    submission.return_for_correction(a_request(), reason="The department is missing.", at=AT)


def a_reopening() -> None:
    french, _japanese = cast.confirmed_pair()
    file(titled(french))
    submission.reopen(french.pk, by=cast.marie(), at=AT)


def a_withdrawal() -> None:
    french, _japanese = cast.confirmed_pair()
    submission.withdraw(titled(french).pk, reason="", by=cast.marie(), at=AT)


def a_lapse() -> None:
    _french, japanese = cast.confirmed_pair()
    Proposal.objects.filter(pk=titled(japanese).pk).update(state=ProposalState.SUBMITTED)
    submission.lapse_due(at=LATE)


def a_half() -> None:
    for officer in (cast.inserm_officer, cast.jsps_officer):
        officer()
    french, _japanese = cast.confirmed_pair()
    file(titled(french))


def both_halves() -> None:
    french, japanese = cast.confirmed_pair()
    Proposal.objects.filter(pk=japanese.pk).update(state=ProposalState.SUBMITTED)
    file(titled(french))


def a_late_admission() -> None:
    proposal = titled(cast.draft_of(cast.marie()))
    values = {"admitted_until": LATE, "admitted_by": cast.inserm_officer(), "admission_reason": "Power cut"}
    Proposal.objects.filter(pk=proposal.pk).update(**values)
    mails.admitted(cast.reread(proposal), at=AT)


EVERY_MAIL: list[tuple[str, Callable[[], object], list[str], str]] = [
    ("invitation", an_invitation, ["kenji"], "invitation"),
    ("invitation_accepted", an_answered_invitation, ["marie"], "pairing"),
    ("invitation_declined", a_declined_invitation, ["marie"], "pairing"),
    ("pair_awaits_you", a_confirmation, ["kenji"], "pairing"),
    ("pair_confirmed", a_confirmed_pair, ["marie", "kenji"], "proposal"),
    ("partner_asks", a_difference, ["kenji"], "pairing"),
    ("pair_left", a_pair_left, ["marie", "kenji"], "pairing"),
    ("receipt", a_receipt, ["marie"], "receipt"),
    ("approval_request", a_request, ["ito@kyoto"], "approval"),
    ("sent_to_institution", a_request, ["kenji"], "receipt"),
    ("approved", an_approval, ["ito@kyoto"], ""),
    ("returned", a_return, ["kenji"], "proposal"),
    ("reopened", a_reopening, ["marie"], "proposal"),
    ("partner_reopened", a_reopening, ["kenji"], "pairing"),
    ("withdrawn", a_withdrawal, ["marie"], "proposal"),
    ("partner_withdrew", a_withdrawal, ["kenji"], "pairing"),
    ("lapsed", a_lapse, ["marie"], "proposal"),
    ("partner_lapsed", a_lapse, ["kenji"], "pairing"),
    ("partner_filed", a_half, ["kenji"], "proposal"),
    ("filed_alone", a_half, ["officer@inserm", "officer@jsps"], "desk_proposal"),
    ("both_filed", both_halves, ["marie", "kenji"], "pairing"),
    ("admitted", a_late_admission, ["marie"], "proposal"),
]
LINKS = {
    "invitation": r"/invitations/[\w-]{43}/",
    "approval": r"/approvals/[\w-]{43}/",
    "pairing": r"/proposals/\d+/partner/",
    "proposal": r"/proposals/\d+/",
    "receipt": r"/proposals/\d+/submissions/\d+/",
    "desk_proposal": r"/desk/proposals/\d+/",
}


@pytest.mark.parametrize(("kind", "happen", "readers", "link"), EVERY_MAIL, ids=[row[0] for row in EVERY_MAIL])
def test_mail(kind: str, happen: Callable[[], object], readers: list[str], link: str) -> None:
    happen()
    found = mailed(kind)
    assert sorted(address.split(".")[0] for address in found) == sorted(readers)
    for message in found.values():
        japanese = message.address.endswith(("kyoto.example", "jsps.example"))
        assert message.language == ("ja" if japanese else "fr")
        assert not re.search(r"Lefèvre|LEFÈVRE|Tanaka|TANAKA|田中|École|neuron", message.subject)
        assert not re.search(r"\{\{|\{%|&#|&amp;|None|\n{3}| \n", message.text)
        links = re.findall(r"http://127\.0\.0\.1:8000(/\S+)", message.text)
        assert [bool(re.fullmatch(LINKS[link], path)) for path in links] == [True] if link else links == []
        assert "<script" not in message.html


def test_mails_show_both_clocks_the_readers_first() -> None:
    cast.confirmed_pair()
    texts = {message.recipient: message.text for message in Message.objects.filter(kind="pair_confirmed")}
    assert re.search(r"10:00 .*Paris.* 17:00", texts[cast.marie()])
    assert re.search(r"17:00 .*・10:00", texts[cast.kenji()])


def test_mails_name_people_as_their_reader_writes_names() -> None:
    cast.confirmed_pair()
    texts = {message.recipient: message.text for message in Message.objects.filter(kind="pair_confirmed")}
    assert "Kenji TANAKA" in texts[cast.marie()]
    assert "田中 健二" in texts[cast.kenji()]
    assert "Marie LEFÈVRE" in texts[cast.kenji()]


def test_mails_keep_what_people_wrote_letter_for_letter_in_text_and_harmless_in_html() -> None:
    an_invitation()
    message = one("invitation")
    assert TITLE in message.text
    assert "<b>" not in message.html
    assert "&lt;b&gt;" in message.html


def test_an_invitations_message_is_quoted_and_makes_no_button() -> None:
    """I9: what an inviter writes never looks like ours."""
    proposal = cast.draft_of(cast.marie())
    cast.invited(proposal, cast.kenji(), message="Bonjour\n\nhttps://evil.example/pay\n\nMerci")
    message = one("invitation")
    assert "> Bonjour\n>\n> https://evil.example/pay\n>\n> Merci" in message.text
    assert [re.search(r'href="([^"]+)"', tag)[1] for tag in re.findall(r'<a class="button"[^>]*>', message.html)] == [  # type: ignore[index]
        f"http://127.0.0.1:8000/invitations/{cast.token_of(proposal.invitations.get())}/"
    ]


def test_an_invitation_without_title_or_message_reads_well() -> None:
    cast.invited(cast.draft_of(cast.marie()), cast.kenji(), message="", name="")
    text = one("invitation").text
    assert "#" not in text
    assert ">" not in text


def test_a_record_without_a_title_is_named_in_words() -> None:
    pairing.decline_invitation(cast.invited(cast.draft_of(cast.marie()), cast.kenji()), at=AT)
    assert "«\xa0Dossier encore sans titre\xa0»" in one("invitation_declined").text


def test_a_receipt_gives_number_instants_and_fingerprint() -> None:
    filed = file(cast.complete_draft(cast.marie()))
    text = one("receipt").text
    for words in (filed.number, filed.sha256, "2026-07-01T13:00:00Z", "15:00", "22:00"):
        assert words in text


def test_a_receipt_of_an_approved_record_gives_both_instants() -> None:
    an_approval()
    assert set(mailed("receipt")) == {cast.kenji().email}
    filed = Submission.objects.get()
    Submission.objects.update(counted_at=AT + timedelta(hours=1))
    Message.objects.all().delete()
    mails.receipt(Submission.objects.get(pk=filed.pk), at=AT)
    assert "2026-07-01T13:00:00Z" in one("receipt").text
    assert "2026-07-01T14:00:00Z" in one("receipt").text


def test_the_partner_is_told_of_each_filing_and_each_officer_once() -> None:
    a_half()
    french = Proposal.objects.get(coordinator=cast.marie())
    submission.reopen(french.pk, by=cast.marie(), at=AT)
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=AT + timedelta(hours=1))
    assert Message.objects.filter(kind="partner_filed").count() == 2
    assert Message.objects.filter(kind="filed_alone").count() == 2


def test_officers_of_the_other_agency_hear_of_confirmed_pairs_only() -> None:
    """SAFETY 4: a mail goes through the gate of the pages."""
    for officer in (cast.inserm_officer, cast.jsps_officer):
        officer()
    french, _japanese = cast.forming_pair()
    file(french)
    assert set(mailed("filed_alone")) == {cast.inserm_officer().email}


def test_no_officer_is_told_of_a_complete_pair() -> None:
    cast.inserm_officer()
    both_halves()
    assert mailed("filed_alone") == {}


def test_a_lapse_of_both_halves_tells_each_of_their_own() -> None:
    cast.confirmed_pair()
    submission.lapse_due(at=LATE)
    assert set(mailed("lapsed")) == {cast.marie().email, cast.kenji().email}
    assert mailed("partner_lapsed") == {}


@pytest.mark.parametrize(("country", "language"), [("FR", "fr"), ("JP", "ja"), ("DE", "en"), ("CH", "fr")])
def test_strangers_are_written_to_in_the_language_of_the_agencys_country(country: str, language: str) -> None:
    assert language_of(Agency(country=country)) == language


def test_officers_who_may_no_longer_sign_in_are_not_written_to() -> None:
    User.objects.filter(pk=cast.inserm_officer().pk).update(is_active=False)
    file(cast.complete_draft(cast.marie()))
    assert mailed("filed_alone") == {}
