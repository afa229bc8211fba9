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
from seminars.actions import pairing
from seminars.actions.proposals import save_section
from seminars.actions.submission import approve, return_for_correction, submit
from seminars.models import Approval, CallAgency, Proposal
from tests import cast
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


LANGUAGES = ("en", "fr", "ja")


@pytest.mark.parametrize("language", LANGUAGES)
def test_story_is_free_of_barriers(open_browser: Callable[..., Page], live_server: LiveServer, language: str) -> None:
    page = open_browser(locale=language)
    signed_in: User | None = None
    wrong = set()
    for number, (reader, path) in enumerate(story(datetime.now(UTC), language)):
        if reader != signed_in:
            User.objects.update(language=language)
            page.context.clear_cookies()
            if reader:
                browse_as(page.context, reader, live_server.url)
            signed_in = reader
        page.set_viewport_size(PHONE)
        page.goto(f"{live_server}{path}")
        wrong |= {f"{path}: too wide for a phone"} if is_too_wide(page) else set()
        page.set_viewport_size(DESK)
        wrong |= {f"{path}: too wide"} if is_too_wide(page) else set()
        if LANGUAGES[number % len(LANGUAGES)] == language:
            wrong |= {f"{path}: {barrier}" for barrier in barriers(page)}
        assert page.locator("html").get_attribute("lang") == language
    assert sorted(wrong) == []
