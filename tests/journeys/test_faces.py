"""Every stop of the story: axe finds nothing, and in three languages nothing is wider than a phone.

What axe looks at hardly depends on the language, and looking takes long: each stop is audited in one language, the
languages taking turns, and measured in all three.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Message, User
from seminars.actions import eligibility_notice, pairing
from seminars.actions.directory import save_entry
from seminars.actions.feeds import make_feed
from seminars.actions.list_import import order_import, run_import
from seminars.actions.mailings import send_mailing
from seminars.actions.notes import write_note
from seminars.actions.packs import ask_for_pack
from seminars.actions.proposals import save_section
from seminars.actions.searches import save_search
from seminars.actions.submission import approve, return_for_correction, submit
from seminars.actions.tokens import make_token
from seminars.choices import ApiRight, Audience, DossierVersion
from seminars.models import Approval, Call, CallAgency, DirectoryEntry, Proposal
from tests import cast, lists
from tests.seminars.filed import bare_pair, filed
from tests.signing import browse_as
from tests.watching import barriers, is_too_wide

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
Stop = tuple[User | None, str]
"""Who looks, or None for nobody signed in, and at which path."""


def path_of(proposal: Proposal) -> str:
    return f"/proposals/{proposal.pk}/"


def submitted(proposal: Proposal, at: datetime) -> str:
    """Submit a record and return the path of its receipt."""
    filed = submit(proposal.pk, form_uuid=uuid.uuid4(), by=proposal.coordinator, at=at)
    return f"{path_of(proposal)}submissions/{filed.pk}/"


def asked() -> tuple[Approval, str]:
    """Return the approval that was asked for last, and the path of its link."""
    text = Message.objects.filter(kind="approval_request").latest("pk").text
    return Approval.objects.latest("pk"), re.findall(r"/approvals/[\w-]+/", text)[0]


def invitation(french: Proposal, at: datetime, language: str) -> Iterator[Stop]:
    """Marie invites Kenji, who accepts with the record that he has."""
    marie, kenji = french.coordinator, cast.verified(cast.kenji())
    yield marie, f"{path_of(french)}partner/"
    sent = cast.invited(french, kenji, language=language, at=at)
    yield marie, f"{path_of(french)}partner/"
    for reader in (None, marie, kenji):
        yield reader, f"/invitations/{cast.token_of(sent)}/"
    assert french.start_on
    japanese = cast.complete_draft(kenji, "JP", at=at, end_on=french.start_on + timedelta(days=1))
    yield kenji, f"/invitations/{cast.token_of(sent)}/"
    pairing.accept_invitation(sent, by=kenji, at=at, attach=japanese)
    yield marie, f"/invitations/{cast.token_of(sent)}/"
    yield kenji, f"{path_of(japanese)}partner/"


def pair(french: Proposal, japanese: Proposal, at: datetime) -> Iterator[Stop]:
    """Both confirm; the dates differ, and Kenji cannot submit; then he says the same."""
    for proposal in (french, japanese):
        pairing.confirm_pair(proposal, by=proposal.coordinator, at=at)
        yield proposal.coordinator, f"{path_of(proposal)}partner/"
    yield japanese.coordinator, f"{path_of(japanese)}submit/"
    yield cast.inserm_officer(), f"/desk/proposals/{french.pk}/"
    values = {"start_on": french.start_on, "end_on": french.end_on}
    save_section(japanese, "facts", values, version=japanese.facts_version, by=japanese.coordinator, at=at)
    yield japanese.coordinator, f"{path_of(japanese)}partner/"


def filing(french: Proposal, japanese: Proposal, at: datetime) -> Iterator[Stop]:
    """Both submit; the institution returns Kenji's record once, then approves it."""
    marie, kenji = french.coordinator, japanese.coordinator
    yield marie, f"{path_of(french)}submit/"
    yield marie, submitted(french, at)
    for name in ("", "submit/", "reopen/", "withdraw/"):
        yield marie, f"{path_of(french)}{name}"
    yield kenji, submitted(japanese, at)
    approval, link = asked()
    yield None, link
    return_for_correction(approval, reason="所属名を訂正してください。", at=at)
    yield None, link
    yield kenji, path_of(japanese)
    receipt = submitted(cast.reread(japanese), at)
    approval, link = asked()
    approve(approval, at=at)
    yield None, link
    yield kenji, receipt
    yield kenji, "/projects/"


def desk(call: str, french: Proposal, at: datetime) -> Iterator[Stop]:
    """Both officers look at the pair; a record that was late can be admitted."""
    late = cast.draft_of(cast.user("late@inserm.example", family_name="Retard", given_name="Luc"), at=at)
    CallAgency.objects.update(deadline_at=at)
    yield late.coordinator, path_of(late)
    yield late.coordinator, f"{path_of(late)}facts/"
    yield cast.inserm_officer(), f"/desk/proposals/{late.pk}/admit/"
    for officer in (cast.inserm_officer(), cast.jsps_officer()):
        yield officer, "/desk/"
        yield officer, "/outbox/"
        yield officer, f"/desk/{call}/"
        yield officer, f"/desk/{call}/proposals/?sort=-amount"
        yield officer, f"/desk/proposals/{french.pk}/"
        yield officer, f"/desk/seminars/{Proposal.objects.get(pk=french.pk).seminar_id}/"
    yield cast.jsps_officer(), f"/desk/{call}/proposals/?q=nothing"
    yield None, f"/calls/{call}/"
    yield None, "/nothing-here/"


def story(at: datetime, language: str) -> Iterator[Stop]:
    """Take Marie and Kenji to two receipts, and yield each place as the story comes by it."""
    call = cast.call_2026()
    CallAgency.objects.filter(call=call).update(deadline_at=at + timedelta(days=40))
    french = cast.complete_draft(cast.verified(cast.marie()), at=at)
    yield from invitation(french, at, language)
    japanese = Proposal.objects.get(coordinator=cast.kenji())
    yield from pair(cast.reread(french), cast.reread(japanese), at)
    yield from filing(cast.reread(french), cast.reread(japanese), at)
    yield from desk(call.code, french, at)


def reconciled(call: Call, at: datetime) -> Iterator[Stop]:
    """JSPS's officer imports a list; a record of Inserm and a row of it may be one seminar."""
    claire, yuki = cast.inserm_officer(), cast.jsps_officer()
    yield yuki, f"/desk/{call.code}/lists/"
    listed = lists.uploaded()
    yield yuki, f"/desk/lists/{listed.pk}/columns/"
    yield yuki, f"/desk/lists/{listed.pk}/preview/"
    order_import(listed, by=yuki, at=at)
    run_import(listed.pk, at=at)
    yield yuki, f"/desk/lists/{listed.pk}/"
    mine = lists.imported(by=claire)
    record = filed("FR", coordinator=cast.marie(), title_en=mine.rows.earliest("pk").title_en)
    yield claire, f"/desk/{call.code}/reconciliation/"
    yield claire, f"/desk/{call.code}/reconciliation/record/{record.pk}/"


def decided(call: Call, at: datetime) -> Iterator[Stop]:
    """Both officers look at who may take part, and plan when coordinators are told."""
    seminar = bare_pair("Ageing neurons")
    CallAgency.objects.update(deadline_at=at - timedelta(days=2))
    for officer in (cast.inserm_officer(), cast.jsps_officer()):
        yield officer, f"/desk/{call.code}/eligibility/"
        yield officer, f"/desk/seminars/{seminar.pk}/eligibility/"
        yield officer, f"/desk/{call.code}/eligibility/decide/clear/"
        yield officer, f"/desk/{call.code}/eligibility/decide/void/"
    side = cast.side_of(call, "FR")
    eligibility_notice.plan_notice(side, due_at=at + timedelta(days=9), by=cast.inserm_officer(), at=at)
    yield cast.jsps_officer(), f"/desk/{call.code}/eligibility/notice/"
    yield cast.inserm_officer(), f"/desk/{call.code}/statistics/"
    yield cast.jsps_officer(), "/desk/laboratories/"


def worked(call: Call, at: datetime) -> Iterator[Stop]:
    """Inserm's officer takes a pack, writes a note and a message, keeps a search, and copies the call."""
    claire = cast.inserm_officer()
    record = Proposal.objects.filter(side__agency__country="FR", seminar__isnull=False).earliest("pk")
    note = write_note(
        record,
        on_pair=False,
        text="Call the laboratory.",
        audience=Audience.OWN,
        mentioned=[],
        form_uuid=uuid.uuid4(),
        by=claire,
        at=at,
    )
    texts = {"subject_en": "News on {title}", "body_en": "By {deadline}"}
    sent = send_mailing(call, records=[record.pk], texts=texts, form_uuid=uuid.uuid4(), by=claire, at=at)
    query = "sort=-amount"
    search = save_search(call, name="Amounts", query=query, is_shared=True, is_default=False, by=claire, at=at)
    pack = ask_for_pack(call, query="", languages=["fr"], version=DossierVersion.FULL, by=claire, at=at)
    make_feed(name="Agenda", has_deadlines=True, has_seminars=True, by=claire, at=at)
    until = at + timedelta(days=90)
    make_token(cast.inserm(), name="Warehouse", rights=[ApiRight.CALLS], expires_at=until, by=claire, at=at)
    for path in (
        f"/desk/proposals/{record.pk}/",
        f"/desk/seminars/{record.seminar_id}/",
        f"/desk/notes/{note.pk}/",
        f"/desk/{call.code}/messages/",
        f"/desk/{call.code}/messages/new/?record={record.pk}",
        f"/desk/messages/{sent.pk}/",
        f"/desk/{call.code}/searches/?{query}",
        f"/desk/searches/{search.pk}/",
        f"/desk/{call.code}/packs/",
        f"/desk/packs/{pack.pk}/",
        f"/desk/{call.code}/copy/",
        "/desk/",
        f"/desk/{call.code}/",
        "/account/feeds/",
        "/tokens/",
        "/api/",
    ):
        yield claire, path
    yield from curated(at)
    # A copy of a call is not published; its dates can still be changed.
    Call.objects.filter(pk=call.pk).update(is_published=False)
    yield claire, f"/desk/{call.code}/dates/"


def curated(at: datetime) -> Iterator[Stop]:
    """Inserm's officer looks at one of two entries of the directory that may be the same, and at its removal."""
    claire = cast.inserm_officer()
    for name in ("Institut Cochin", "Institut Cochin (U1016)"):
        entry = DirectoryEntry(agency=cast.inserm(), name=name, country="FR", city="Paris")
        save_entry(entry, spellings=[], by=claire, at=at)
    yield claire, f"/desk/laboratories/{entry.pk}/"
    yield claire, f"/desk/laboratories/{entry.pk}/remove/"


def office(at: datetime, language: str) -> Iterator[Stop]:
    """Take the officers through what they do once the records are in."""
    call = cast.call_2026()
    yield from reconciled(call, at)
    yield from decided(call, at)
    yield from worked(call, at)


LANGUAGES = ("en", "fr", "ja")


@pytest.mark.usefixtures("files_root")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told", [story, office])
def test_stops_are_free_of_barriers(
    open_browser: Callable[..., Page],
    live_server: LiveServer,
    told: Callable[[datetime, str], Iterator[Stop]],
    language: str,
) -> None:
    page = open_browser(locale=language)
    signed_in: User | None = None
    wrong = set()
    for number, (reader, path) in enumerate(told(datetime.now(UTC), language)):
        if reader != signed_in:
            User.objects.update(language=language)
            page.context.clear_cookies()
            if reader:
                browse_as(page.context, reader, live_server.url)
            signed_in = reader
        page.set_viewport_size(PHONE)
        answer = page.goto(f"{live_server}{path}")
        wrong |= {f"{path}: {answer.status}"} if answer and answer.status >= 400 and "nothing" not in path else set()
        wrong |= {f"{path}: too wide for a phone"} if is_too_wide(page) else set()
        page.set_viewport_size(DESK)
        wrong |= {f"{path}: too wide"} if is_too_wide(page) else set()
        if LANGUAGES[number % len(LANGUAGES)] == language:
            wrong |= {f"{path}: {barrier}" for barrier in barriers(page)}
        assert page.locator("html").get_attribute("lang") == language
    assert sorted(wrong) == []
