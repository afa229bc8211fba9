"""Every address, every method, every role: who gets through, who is sent to sign in, who finds nothing (SAFETY 1).

The test walks the resolver, so an address that declares no policy, or that names a record without saying here who
may reach it, fails.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from accounts import policies
from accounts.choices import Role
from accounts.models import Membership, Message, User
from seminars.actions import packs, pairing, submission
from seminars.actions.directory import save_entry
from seminars.actions.mailings import send_mailing
from seminars.actions.notes import write_note
from seminars.actions.rows import add_row
from seminars.actions.searches import save_search
from seminars.choices import CareerStage
from seminars.files import storage
from seminars.models import Attachment, DirectoryEntry, Pack, Participant, Proposal
from tests import cast, keys, lists
from tests.listed_rows import application_list, listed
from tests.sessions import sign_in

TAKEN, UNUSUAL = ("GET", "HEAD", "POST"), ("PUT", "PATCH", "DELETE", "OPTIONS")
"""The methods that views take, and those that none takes; no policy looks at the method."""
OWNER = frozenset({"marie"})
READERS = frozenset({"marie", "officer_fr", "officer_jp"})
OFFICERS = frozenset({"officer_fr", "officer_jp"})
SIGNED_IN = frozenset({"marie", "kenji", "stranger", "officer_fr", "officer_jp", "reviewer", "admin"})
ROLES = sorted(SIGNED_IN | {"anonymous", "officer_without_factor"})

DIRECTORY = ("directory_entry", "directory_spelling", "directory_merge", "directory_remove")

LIST = tuple(
    f"application_list{step}" for step in ("", "_columns", "_preview", "_undo", "_share", "_unshare", "_discard")
)
ASSIGNMENTS = ("assignments", "assignments_file", "assignment_proposal", "import_assignments", "chase_assignments")
OUTBOX = ("outbox_message", "outbox_send_again")
AWARDS = (
    *("practical", "edit_practical", "practical_people", "practical_calendar"),
    *("change_people", "add_person", "replace_person", "remove_person"),
    *("ask_change", "withdraw_change", "desk_change", "desk_award", "selected_pair", "award"),
    *("accept_award", "answer_award", "decline_seminar"),
)
REPORTS = (
    *("report", "report_section", "report_files", "remove_report_file", "sign_report", "agree_to_summary"),
    *("report_version", "report_file", "desk_report", "reopen_report", "report_summary", "report_photo"),
)
RECORDS: dict[str, frozenset[str]] = {
    "proposal_start": SIGNED_IN,
    "invitation_accept": frozenset(),  # nobody: the secret of this test opens nothing
    "unsubscribe": frozenset(),  # nobody: nor does this test sign an address to unsubscribe
    "receipt": READERS,
    "snapshot": READERS,
    "attachment": READERS,
    "record_pdf": READERS,
    "submission_pdf": READERS,
    "desk_seminar_pdf": OFFICERS,
    "desk_packs": OFFICERS,
    "desk_pack": frozenset({"officer_fr"}),
    "desk_pack_file": frozenset({"officer_fr"}),
    "delete_pack": frozenset({"officer_fr"}),
    "desk_call": OFFICERS,
    "evaluation": OFFICERS,
    **dict.fromkeys(("reviewers", "conflicts"), OFFICERS),
    # nobody: nobody is invited in this test
    **dict.fromkeys(("reviewer_invite_again", "remove_reviewer", "reviewer_profile"), frozenset()),
    **dict.fromkeys(("reviewer_invitation", "accept_reviewing"), frozenset()),
    **dict.fromkeys(("awards", "awards_xlsx"), OFFICERS),
    **dict.fromkeys(AWARDS, frozenset()),  # nobody: nothing is selected in this test
    **dict.fromkeys(REPORTS, frozenset()),  # nobody: nothing is confirmed in this test
    **dict.fromkeys(("desk_reports", "desk_reports_csv", "desk_reports_xlsx"), OFFICERS),
    **dict.fromkeys(ASSIGNMENTS, OFFICERS),
    "erase_person": frozenset({"admin"}),
    "announcement": OFFICERS,
    "panel": OFFICERS,  # before evaluation begins: an empty page
    **dict.fromkeys(("chase_panel", "panel_ranking", "panel_minutes", "panel_seal", "panel_pair"), frozenset()),
    "selection": OFFICERS,
    # nobody: the joint selection is not open in this test
    **dict.fromkeys(("joint_pair", "joint_minutes", "merge_ranks", "sign_decisions"), frozenset()),
    **dict.fromkeys(("outcome", "selected_seminars"), frozenset()),  # nobody: nothing is announced
    **dict.fromkeys(("announcement_letter", "default_letter", "pair_letters"), frozenset()),
    **dict.fromkeys(("acknowledge_assignment", "decline_assignment"), frozenset()),  # nobody: nothing is assigned
    **dict.fromkeys(("review", "seal_review", "review_pdf", "review_file", "reopen_review"), frozenset()),
    **dict.fromkeys(("reconciliation", "confirm_matches", "reject_match", "restore_match", "take_apart"), OFFICERS),
    "desk_proposals": OFFICERS,
    "desk_proposals_csv": OFFICERS,
    "desk_proposals_xlsx": OFFICERS,
    "desk_searches": OFFICERS,
    "desk_search": frozenset({"officer_fr"}),
    "delete_search": frozenset({"officer_fr"}),
    "start_search": frozenset({"officer_fr"}),
    **dict.fromkeys(OUTBOX, frozenset({"officer_fr"})),
    "desk_mailings": OFFICERS,
    "new_mailing": OFFICERS,
    "desk_mailing": frozenset({"officer_fr"}),
    "desk_proposal_notes": OFFICERS,
    "desk_seminar_notes": OFFICERS,
    "edit_note": frozenset({"officer_fr"}),
    "delete_note": frozenset({"officer_fr"}),
    "desk_proposal": OFFICERS,
    "desk_seminar": OFFICERS,
    "application_lists": OFFICERS,
    "application_list_upload": OFFICERS,
    "application_list_template": OFFICERS,
    **dict.fromkeys(LIST, frozenset({"officer_jp"})),
    "admit_late": frozenset({"officer_fr"}),
    "token_revoke": frozenset({"officer_fr", "admin"}),
    "end_admission": frozenset({"officer_fr"}),
    **dict.fromkeys(DIRECTORY, frozenset({"officer_fr"})),
    "desk_reminder_rules": frozenset({"officer_fr", "admin"}),  # the rules of Inserm
    "desk_eligibility": OFFICERS,
    "desk_eligibility_bulk": OFFICERS,
    "desk_eligibility_notice": OFFICERS,
    "desk_eligibility_seminar": OFFICERS,
    "desk_eligibility_record": OFFICERS,
    "reopen_seminar_decision": frozenset({"officer_fr"}),
    "reopen_record_decision": frozenset({"officer_fr"}),
    "eligibility_letter": frozenset(),  # nobody: nothing is decided in this test
    "match_entry": frozenset({"officer_fr"}),  # the row is of a list that Inserm holds
}
"""Who may reach an address that names a record, where it is not its coordinator alone."""
NOUNS = {
    "feed_revoke": "feed",
    "erase_person": "marie",
    "match_entry": "listed",
    "token_revoke": "token",
    **dict.fromkeys(("desk_search", "delete_search", "start_search"), "search"),
    **dict.fromkeys(DIRECTORY, "laboratory"),
    "desk_mailing": "mailing",
    **dict.fromkeys(OUTBOX, "message"),
    **dict.fromkeys(LIST, "list"),
    **dict.fromkeys(("desk_pack", "desk_pack_file", "delete_pack"), "pack"),
    **dict.fromkeys(("edit_note", "delete_note"), "note"),
    **dict.fromkeys(("desk_seminar", "desk_seminar_notes"), "seminar"),
}
"""What an address names by its number, where it is not a record."""
OF_PAIRS = (
    "desk_seminar",
    "desk_seminar_notes",
    "desk_seminar_pdf",
    "desk_eligibility_seminar",
    "reopen_seminar_decision",
    "take_apart",
)


def addresses(entries: list[Any] | None = None, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and the route of every address, the admin's by its namespace."""
    for entry in get_resolver().url_patterns if entries is None else entries:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route, entry.namespace or namespace)
        elif isinstance(entry, URLPattern):
            yield (f"{namespace}:{entry.name}" if namespace else entry.name or route), route


ONES_OWN = (policies.SECURITY, policies.ENROLMENT, policies.REAUTHENTICATION)
"""Pages on one's own ways of signing in: they exist for each person as far as that person has such a way."""
OWN = [(name, route) for name, route in addresses() if ":" not in name]


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Marie's submitted record paired with Kenji's, an attachment, and people of every role."""
    marie, kenji = cast.marie(), cast.kenji()
    french = cast.complete_draft(marie)
    japanese = cast.complete_draft(kenji, "JP")
    invitation = pairing.invite(french, email=kenji.email, name="", language="ja", message="", by=marie, at=cast.BEFORE)
    _verify(kenji)
    pairing.accept_invitation(invitation, by=kenji, at=cast.BEFORE, attach=japanese)
    for proposal in (french, japanese):
        pairing.confirm_pair(proposal, by=proposal.coordinator, at=cast.BEFORE)
    guest = Participant(
        proposal=french,
        side="FR",
        family_name="Petit",
        given_name="Élodie",
        laboratory=french.laboratories.first(),
        country_of_work="FR",
        career_stage=CareerStage.CR,
    )
    add_row(guest, by=marie, at=cast.BEFORE)
    filed = submission.submit(french.pk, form_uuid=uuid4(), by=marie, at=cast.BEFORE)
    attachment = Attachment(
        proposal=french, name="a.pdf", size=1, pages=1, sha256="0" * 64, uploaded_at=cast.BEFORE, uploaded_by=marie
    )
    attachment.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    reviewer = cast.user("reviewer@inserm.example")
    Membership.objects.create(user=reviewer, agency=cast.inserm(), role=Role.REVIEWER, given_at=cast.BEFORE)
    stranger = cast.user("stranger@inserm.example", family_name="Autre", given_name="Ana")
    cast.draft_of(stranger)
    officer = cast.inserm_officer()
    search = save_search(
        cast.call_2026(), name="Mine", query="", is_shared=False, is_default=False, by=officer, at=cast.BEFORE
    )
    laboratory = DirectoryEntry(agency=cast.inserm(), name="Institut Cochin", country="FR")
    note = write_note(
        french,
        on_pair=False,
        text="Call her.",
        audience="own",
        mentioned=[],
        form_uuid=uuid4(),
        by=officer,
        at=cast.BEFORE,
    )
    mailing = send_mailing(
        cast.call_2026(),
        records=[french.pk],
        texts={"subject_en": "Hello", "body_en": "You"},
        form_uuid=uuid4(),
        by=officer,
        at=cast.BEFORE,
    )
    return {
        "mailing": mailing,
        "message": Message.objects.get(kind="mailing"),
        "laboratory": save_entry(laboratory, spellings=[], by=officer, at=cast.BEFORE),
        "search": search,
        "pack": ready_pack(officer),
        "note": note,
        "seminar": Proposal.objects.get(pk=french.pk).seminar,
        "marie": marie,
        "kenji": kenji,
        "stranger": stranger,
        "officer_fr": officer,
        "officer_without_factor": cast.inserm_officer(),
        "officer_jp": cast.jsps_officer(),
        "reviewer": reviewer,
        "admin": User.objects.create_superuser("admin@example.org"),
        "proposal": Proposal.objects.get(pk=french.pk),
        "listed": listed(application_list(french.side.call)),
        "feed": keys.feed_of(marie),
        "token": keys.token_of(cast.inserm())[0],
        "submission": filed,
        "list": lists.uploaded(),
        "attachment": attachment,
        "rows": {
            "participants": guest,
            "sessions": french.sessions.get(),
            "lines": french.lines.get(),
            "laboratories": french.laboratories.first(),
        },
        "kept": french.laboratories.last(),
    }


def ready_pack(officer: User) -> Pack:
    """Return a pack that ``officer`` may download just now."""
    asked = packs.ask_for_pack(cast.call_2026(), query="", languages=["en"], version="full", by=officer, at=cast.BEFORE)
    pack = packs.claim_pack(asked.pk, at=cast.BEFORE)
    assert pack is not None
    with storage.keeping(storage.PACKS, ".zip") as (name, file):
        file.write(b"PK")
    assert packs.finish_pack(pack, file=name, size=2, at=timezone.now())
    return pack


def _verify(user: User) -> None:
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)


def path_of(name: str, route: str, world: dict[str, Any]) -> str:
    """Return the address of ``route`` for Marie's record and what belongs to it."""
    if route.startswith("^"):
        return reverse(name, kwargs={"uidb36": "1", "key": "no-such-key"})
    kind = route.removeprefix("proposals/<int:pk>/").split("/")[0]
    values = {
        "pk": world["proposal"].seminar_id if name in OF_PAIRS else world[NOUNS.get(name, "proposal")].pk,
        "half_kind": "row",
        "rest": "v1/nowhere",
        "kind": "clear",
        "side": world["proposal"].side_id,
        "code": "inserm-jsps-2026",
        "agency": "inserm",
        "token": "no-such-token",
        "key": "no-such-key",
        "section": "facts",
        "part": "selected",
        "submission": world["submission"].pk,
        "attachment": world["attachment"].pk,
        "row": world["rows"][kind].pk if kind in world["rows"] else 0,
        "change": 0,
        **dict.fromkeys(("file", "number", "photo"), 0),
        "seminar": world["proposal"].seminar_id,
        "person": 0,
        "kept": world["kept"].pk,
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), route)


@pytest.mark.parametrize(("name", "route"), list(addresses()), ids=lambda value: value)
def test_every_address_declares_a_policy(name: str, route: str) -> None:
    if ":" in name:
        assert name.split(":")[0] in policies.NAMESPACES
    else:
        callback = next(entry for entry in _patterns() if entry.name == name).callback
        assert isinstance(getattr(callback, "policy", None), policies.Policy), route


def _patterns(entries: list[Any] | None = None) -> Iterator[URLPattern]:
    for entry in get_resolver().url_patterns if entries is None else entries:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry.url_patterns)
        else:
            yield entry


def client_of(role: str, world: dict[str, Any]) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        sign_in(client, world[role], second_factor=role != "officer_without_factor")
    return client


def through(name: str, path: str) -> frozenset[str]:
    """Return the roles that get through to an address; everybody signed in where it names no record."""
    if name in RECORDS:
        return RECORDS[name]
    rule = policies.policy_of(resolve(path))
    assert rule is not None
    if rule.allows is None:
        return frozenset(ROLES)
    names_record = any(character.isdigit() for character in path)
    if rule is policies.SIGNED_IN and names_record:
        return OWNER
    return {
        policies.OFFICER: OFFICERS,
        policies.OFFICE: OFFICERS | {"admin"},
        policies.ACTOR: OFFICERS | {"reviewer"},
    }.get(rule, SIGNED_IN)


@pytest.mark.parametrize("role", ROLES)
def test_every_address_and_method(role: str, world: dict[str, Any]) -> None:
    """Each role tries what views take, and one unusual method; all roles together try each of those everywhere."""
    client = client_of(role, world)
    cookies = client.cookies.output(header="", sep=";")
    wrong = []
    for turn, (name, route) in enumerate(OWN, start=ROLES.index(role)):
        path = path_of(name, route, world)
        for method in (*TAKEN, UNUSUAL[turn % len(UNUSUAL)]):
            client.cookies.load(cookies)
            with transaction.atomic():
                answer = client.generic(method, path)
                transaction.set_rollback(True)
            answer.getvalue()
            if not expected(role, name, path, answer):
                wrong.append((path, method, answer.status_code, answer.headers.get("Location")))
    assert wrong == []


def expected(role: str, name: str, path: str, answer: HttpResponse) -> bool:
    """Say whether an answer is what the role must get; never a server error, whatever the method."""
    rule = policies.policy_of(resolve(path))
    status = answer.status_code
    if rule is None or status >= 500:
        return False
    if rule.allows is None:
        return True
    if role == "anonymous":
        return answer.headers.get("Location", "").startswith("/account/login/")
    if role == "officer_without_factor":
        return status in (302, 303) or rule.factor is policies.Factor.OF_NOBODY
    if rule in ONES_OWN:
        return status != 401
    if role in through(name, path):
        return status not in (401, 404)
    return status in (404, 405)


def test_the_admin_is_for_administrators_alone(world: dict[str, Any]) -> None:
    addresses_of_admin = ("admin:index", "admin:seminars_proposal_changelist", "admin:accounts_message_changelist")
    for role in ROLES:
        client = client_of(role, world)
        statuses = {client.get(reverse(address)).status_code for address in addresses_of_admin}
        assert statuses <= ({200} if role == "admin" else {302, 403, 404}), role


def test_a_stranger_sees_no_record_of_others(world: dict[str, Any]) -> None:
    assert not Proposal.objects.visible_to(world["stranger"]).filter(pk=world["proposal"].pk).exists()
