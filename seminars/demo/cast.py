"""Telling the stories: every deed goes through the action that its screen calls, at the hour it happened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.actions.roles import give_role
from accounts.models import Agency, User
from seminars.actions import admission, pairing, submission
from seminars.actions.proposals import save_section, start_proposal
from seminars.choices import Track
from seminars.demo import deciding, filling, keys
from seminars.demo.desk import fill_desk
from seminars.demo.directory import fill_directory
from seminars.demo.lists import import_list, match_one
from seminars.demo.stories import DEMONSTRATION, Story, people, stories
from seminars.models import Approval, Call, CallAgency, Invitation, Proposal

STEP = timedelta(hours=7)
LATE = timedelta(days=3)
LISTED = "inserm-jsps-2026"
"""The call for which JSPS has sent its list."""


def user_of(person: dict[str, Any]) -> User:
    """Return the account of a member of the cast, made when it is not there yet, its address verified."""
    known = User.objects.filter(email=person["email"]).first()
    if known:
        return known
    side = person.get("side", "JP" if person.get("kanji") else "FR")
    values: dict[str, Any] = {
        "family_name": person["name"][0],
        "given_name": person["name"][1],
        "language": person.get("language", "ja" if side == "JP" else "fr"),
        "time_zone": "Asia/Tokyo" if side == "JP" else "Europe/Paris",
        "title": person.get("title", ""),
        "position": person.get("position", ""),
        "institution": person.get("institution", ""),
        "laboratory": person["laboratory"][0] if "laboratory" in person else "",
        "gender": person.get("gender", ""),
    }
    for script in ("kanji", "kana"):
        if script in person:
            values[f"family_name_{script}"], values[f"given_name_{script}"] = person[script]
    create = User.objects.create_superuser if person.get("administrator") else User.objects.create_user
    user = create(person["email"], **values)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@dataclass
class Teller:
    """One story under way: its people, its records as they come to be, and its clock (UTC)."""

    story: Story
    cast: dict[str, dict[str, Any]]
    guests: dict[str, list[list[Any]]]
    officer: User
    at: datetime
    records: dict[str, Proposal] = field(default_factory=dict)

    def tell(self) -> None:
        """Play the plot to its end; the clock moves on by some hours with each deed."""
        for word in self.story.plot:
            DEEDS[word](self)
            self.at += STEP

    def user(self, side: str) -> User:
        """Return the coordinator on one side."""
        return user_of(self.cast[self.story.pair[side == "JP"]])

    def record(self, side: str) -> Proposal:
        """Return the record of one side as it is now, started when it is not there yet."""
        if side not in self.records:
            call_side = CallAgency.objects.get(call__code=self.story.call, agency__country=side)
            self.records[side] = start_proposal(call_side, by=self.user(side), at=self.at)
        return Proposal.objects.with_dossier().get(pk=self.records[side].pk)

    def half(self, side: str) -> None:
        """Fill in the facts and leave the rest for later."""
        filling.fill_facts(self.record(side), self.story, self.at)

    def whole(self, side: str) -> None:
        """Fill in everything."""
        pair = [self.cast[key] for key in self.story.pair]
        if not self.record(side).start_on:
            self.half(side)
        proposal = self.record(side)
        filling.fill_coordinators(proposal, pair, self.at)
        filling.fill_filing(proposal, self.at)
        filling.fill_case(proposal, self.story, self.at)
        if not proposal.sessions.exists():
            filling.fill_programme(proposal, self.at)
        first = sum(map(ord, self.story.pair[0])) % 3
        guests = filling.fill_people(proposal, self.guests[side][first : first + 3], self.at)
        own = proposal.participants.get(role="coordinator", side=side)
        filling.fill_budget(proposal, [own, *guests], self.at)

    def invitation(self) -> Invitation:
        """Return the latest invitation of the French record."""
        return self.records["FR"].invitations.latest("sent_at")

    def invite(self) -> None:
        """Invite the Japanese counterpart."""
        invitee = self.user("JP")
        pairing.invite(
            self.record("FR"),
            email=invitee.email,
            name=invitee.latin_name,
            language=invitee.language,
            message=f"Dear {invitee.latin_name}, shall we file our seminar together? The facts are filled in already.",
            by=self.user("FR"),
            at=self.at,
        )

    def open(self) -> None:
        """The invitee opens the page."""
        pairing.open_invitation(self.invitation(), at=self.at)

    def accept(self) -> None:
        """The invitee accepts: the Japanese record comes to be, with the shared facts."""
        self.records["JP"] = pairing.accept_invitation(self.invitation(), by=self.user("JP"), at=self.at)

    def decline(self) -> None:
        """The invitee declines."""
        pairing.decline_invitation(self.invitation(), at=self.at)

    def confirm(self, *sides: str) -> None:
        """Coordinators confirm the pair."""
        for side in sides:
            pairing.confirm_pair(self.record(side), by=self.user(side), at=self.at)

    def change_facts(self, **values: Any) -> None:
        """The Japanese coordinator changes shared facts on that side only."""
        proposal = self.record("JP")
        save_section(proposal, "facts", values, version=proposal.facts_version, by=self.user("JP"), at=self.at)

    def submit(self, side: str) -> None:
        """File one side's record."""
        submission.submit(self.record(side).pk, form_uuid=uuid4(), by=self.user(side), at=self.at)

    def approval(self) -> Approval:
        """Return the request to the institution's officer that awaits an answer."""
        return Approval.objects.get(submission__proposal=self.records["JP"], submission__ended_at__isnull=True)

    def lapse(self) -> None:
        """Let the deadline pass."""
        deadline_at = self.record("FR").side.deadline_at
        self.at = max(self.at, deadline_at + timedelta(minutes=10))
        submission.lapse_due(at=self.at)

    def admit_late(self) -> None:
        """An Inserm officer admits the French record late."""
        reason = "The Inserm network was down on the morning of the deadline; the outage is on record."
        admission.admit_late(self.record("FR"), reason=reason, until=self.at + LATE, by=self.officer, at=self.at)


def _dates_differ(teller: Teller) -> None:
    proposal = teller.record("JP")
    moved = {name: getattr(proposal, name) + timedelta(days=7) for name in ("start_on", "end_on")}
    teller.change_facts(**moved)


def _wording_differs(teller: Teller) -> None:
    proposal = teller.record("JP")
    teller.change_facts(
        title_en=f"{proposal.title_en} (France–Japan)", keywords=[*proposal.keywords[:3], "translation"]
    )


def _wrong_track(teller: Teller) -> None:
    filling.fill_filing(teller.record("JP"), teller.at, track=Track.OPEN_PARTNERSHIP)


def _return(teller: Teller) -> None:
    reason = "所属部局名が旧名称です。4月改組後の名称に修正の上、再度提出してください。"
    submission.return_for_correction(teller.approval(), reason=reason, at=teller.at)


def _reopen(teller: Teller) -> None:
    submission.reopen(teller.records["FR"].pk, by=teller.user("FR"), at=teller.at)


def _withdraw(teller: Teller) -> None:
    reason = "My partner and I join a European consortium on the same question."
    submission.withdraw(teller.records["FR"].pk, reason=reason, by=teller.user("FR"), at=teller.at)


DEEDS: dict[str, Callable[[Teller], Any]] = {
    "fr": lambda teller: teller.whole("FR"),
    "fr-half": lambda teller: teller.half("FR"),
    "jp": lambda teller: teller.whole("JP"),
    "jp-alone": lambda teller: teller.whole("JP"),
    "jp-half": lambda teller: teller.half("JP"),
    "invite": Teller.invite,
    "open": Teller.open,
    "accept": Teller.accept,
    "decline": Teller.decline,
    "confirm": lambda teller: teller.confirm("FR", "JP"),
    "jp-confirms": lambda teller: teller.confirm("JP"),
    "fr-submits": lambda teller: teller.submit("FR"),
    "jp-sends": lambda teller: teller.submit("JP"),
    "approves": lambda teller: submission.approve(teller.approval(), at=teller.at),
    "returns": _return,
    "fr-reopens": _reopen,
    "fr-withdraws": _withdraw,
    "dates-differ": _dates_differ,
    "wording-differs": _wording_differs,
    "wrong-track": _wrong_track,
    "lapse": Teller.lapse,
    "admit-late": Teller.admit_late,
}


def begin_at(story: Story, call: Call, number: int, at: datetime) -> datetime:
    """Return when a story begins: so that its last deed falls in the weeks before the deadline, or before now."""
    latest = min(at, min(side.deadline_at for side in call.sides.all()))
    early = [word for word in story.plot if word not in ("lapse", "admit-late")]
    return latest - STEP * (len(early) + 1) - timedelta(hours=13 * number)


@transaction.atomic
def load_cast(*, at: datetime) -> int:
    """Tell every story whose call is loaded and not told yet; return how many were told.

    Told once, never again, and all or none of them: what visitors entered since is kept, a role taken away stays
    away. ``at`` is now; no deed is dated later.
    """
    file = people()
    administrator = None
    for person in sorted(file["officers"], key=lambda person: not person.get("administrator", False)):
        is_known = User.objects.filter(email=person["email"]).exists()
        user = user_of(person)
        if person.get("administrator"):
            administrator = user
        elif not is_known:
            give_role(user, Agency.objects.get(code=person["agency"]), person["role"], by=administrator, at=at)
    officer = User.objects.get(email=next(p["email"] for p in file["officers"] if p.get("agency") == "inserm"))
    cast = {person["key"]: person for person in file["people"]}
    calls = {DEMONSTRATION: Call.objects.filter(code=DEMONSTRATION).first()}
    told = 0
    untold, tellers = [], []
    for story in stories():
        call = calls.setdefault(story.call, Call.objects.filter(code=story.call).first())
        if call and not Proposal.objects.filter(side__call=call).exists():
            untold.append((story, call))
    for number, (story, call) in enumerate(untold):
        teller = Teller(story, cast, file["guests"], officer, begin_at(story, call, number, at))
        teller.story = story if story.call == call.code else Story(**{**vars(story), "call": call.code})
        teller.tell()
        tellers.append(teller)
        told += 1
    submission.lapse_due(at=at)
    keys.hand_out(officer, at=at)
    japanese = User.objects.get(email=next(p["email"] for p in file["officers"] if p.get("agency") == "jsps"))
    for call in {call.pk: call for _story, call in untold}.values():
        if not call.is_demonstration:
            fill_desk(call, french=officer, japanese=japanese, at=at)
    if listed := import_list(Call.objects.filter(code=LISTED).first(), by=japanese, at=at):
        match_one(listed, by=officer, at=at)
    fill_directory(file["people"], Agency.objects.get(code="inserm"), by=officer, at=at)
    for teller in tellers:
        first = next(iter(teller.records.values()))
        deciding.decide(Proposal.objects.with_side().get(pk=first.pk), teller.story.decided, now=at)
    for decided in {teller.story.call for teller in tellers if teller.story.decided}:
        deciding.plan_telling(Call.objects.with_sides().get(code=decided), now=at)
    return told


def leading_people() -> list[User]:
    """Return those who run the programme, then the first coordinators of each side, to name them in the terminal."""
    everyone = User.objects.prefetch_related("memberships__agency").order_by("pk")
    running = [user for user in everyone if user.is_staff or user.is_officer]
    return running + [user for user in everyone if not user.is_staff and not user.memberships.all()][:6]
