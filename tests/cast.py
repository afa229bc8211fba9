"""The small cast of the tests, and short builders for what they do, through the real actions."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress

from accounts.choices import Role
from accounts.models import Agency, Membership, Message, User
from seminars.actions import pairing
from seminars.actions.proposals import save_section, start_proposal
from seminars.actions.rows import add_row, change_row
from seminars.choices import CostKind, Currency, LaboratoryKind, ParticipantRole, SessionKind, Track, Unit
from seminars.models import (
    AllowedCost,
    BudgetLine,
    Call,
    CallAgency,
    CallCountry,
    Criterion,
    Invitation,
    Laboratory,
    Participant,
    PriorityArea,
    Proposal,
    Session,
    Theme,
)
from seminars.rules.deadline import instant

CODE = "inserm-jsps-2026"
PASSWORD = "correct horse battery"
OPENING = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
BEFORE = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
DEADLINE = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)
ABSTRACT = "Two teams compare how neurons age in mice and in people, and plan joint experiments. " * 3
NARRATIVE = "What the two teams bring together, and why neither would get as far alone. " * 6


def user(email: str, **values: Any) -> User:
    """Return the person with this address, created at first asking."""
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email, PASSWORD, **values)


def marie() -> User:
    """The French coordinator, at an Inserm unit in Bordeaux."""
    return user(
        "marie.lefevre@inserm.example",
        family_name="Lefèvre",
        given_name="Marie",
        position="Directrice de recherche",
        language="fr",
        time_zone="Europe/Paris",
    )


def kenji() -> User:
    """The Japanese coordinator, a professor in Kyoto."""
    return user(
        "kenji.tanaka@kyoto.example",
        family_name="Tanaka",
        given_name="Kenji",
        family_name_kanji="田中",
        given_name_kanji="健二",
        family_name_kana="タナカ",
        given_name_kana="ケンジ",
        position="教授",
        language="ja",
        time_zone="Asia/Tokyo",
    )


def in_english(person: User) -> User:
    """Let a person read English from now on, and return the person."""
    person.language = "en"
    person.save(update_fields=["language"])
    return person


def inserm() -> Agency:
    """The French agency."""
    names = {"name_en": "Inserm", "name_fr": "Inserm", "name_ja": "フランス国立保健医学研究機構"}
    values = {"acronym": "Inserm", "country": "FR", "time_zone": "Europe/Paris", "accent": 1, **names}
    return Agency.objects.filter(code="inserm").first() or Agency.objects.create(code="inserm", **values)


def jsps() -> Agency:
    """The Japanese agency."""
    names = {"name_en": "Japan Society for the Promotion of Science", "name_fr": "JSPS", "name_ja": "日本学術振興会"}
    values = {"acronym": "JSPS", "country": "JP", "time_zone": "Asia/Tokyo", "accent": 2, **names}
    return Agency.objects.filter(code="jsps").first() or Agency.objects.create(code="jsps", **values)


def officer_of(agency: Agency, email: str, **values: Any) -> User:
    """Return a programme officer of ``agency``."""
    role = {"agency": agency, "role": Role.OFFICER}
    known = Membership.objects.filter(user__email=email, **role).select_related("user").first()
    if known:
        return known.user
    officer = user(email, **values)
    Membership.objects.create(user=officer, given_at=OPENING, **role)
    return officer


def inserm_officer() -> User:
    """Inserm's programme officer."""
    return officer_of(inserm(), "officer@inserm.example", family_name="Moreau", given_name="Claire", language="fr")


def jsps_officer() -> User:
    """JSPS's programme officer."""
    return officer_of(jsps(), "officer@jsps.example", family_name="Sato", given_name="Yuki", language="ja")


def call_2026(**changes: Any) -> Call:
    """The Inserm/JSPS call of 2026, open from June to 3 September 10:00 in Paris, seminars in France in 2027."""
    known = Call.objects.filter(code=CODE).first()
    if known:
        return known
    values = {
        "title_en": "Inserm/JSPS joint seminars 2026",
        "title_fr": "Séminaires conjoints Inserm/JSPS 2026",
        "title_ja": "Inserm・JSPS 二国間セミナー 2026",
        "year": 2026,
        "seminar_year": 2027,
        "opens_at": OPENING,
        "window_start_on": date(2027, 4, 1),
        "window_end_on": date(2027, 12, 31),
        "announce_from_on": date(2027, 1, 1),
        "announce_until_on": date(2027, 1, 31),
        "is_published": True,
    }
    call = Call.objects.create(code=CODE, **{**values, **changes})
    CallCountry.objects.bulk_create(
        CallCountry(call=call, country=country, may_host=country == "FR") for country in ("FR", "JP")
    )
    Theme.objects.bulk_create(
        Theme(call=call, code=code, title_en=en, title_fr=fr, title_ja=ja, is_admitted=code == "life")
        for code, en, fr, ja in (
            ("life", "Life and Health Sciences", "Santé", "生命科学"),
            ("physics", "Physics", "Physique", "物理学"),
        )
    )
    PriorityArea.objects.bulk_create(
        PriorityArea(call=call, code=code, title_en=en, title_fr=fr, title_ja=ja)
        for code, en, fr, ja in (
            ("cancer", "Cancer", "Cancer", "がん"),
            ("ageing", "Healthy ageing", "Vieillir", "健康長寿"),
        )
    )
    Criterion.objects.bulk_create(
        Criterion(
            call=call,
            code=code,
            position=place,
            title_en=f"Criterion {code}",
            title_fr=f"Critère {code}",
            title_ja=f"基準 {code}",
            guidance_en=f"Guidance on {code}.",
        )
        for place, code in enumerate(("excellence", "cooperation", "novelty", "added_value", "feasibility", "young"))
    )
    _side(call, inserm(), "Europe/Paris", time(10), Currency.EUR, _FRENCH_COSTS, cap=Decimal(12000), **_FRENCH_TERMS)
    _side(call, jsps(), "Asia/Tokyo", time(17), Currency.JPY, _JAPANESE_COSTS, **_JAPANESE_TERMS)
    return Call.objects.get(pk=call.pk)


_FRENCH_COSTS = (CostKind.INTERNATIONAL_TRAVEL, CostKind.ACCOMMODATION, CostKind.MEALS, CostKind.LOCAL_TRAVEL)
_FRENCH_TERMS: dict[str, Any] = {
    "required_laboratory_kind": LaboratoryKind.INSERM,
    "asks_director_agreement": True,
}
_JAPANESE_COSTS = (
    CostKind.LOCAL_TRAVEL,
    CostKind.DAILY_ALLOWANCE,
    CostKind.ACCOMMODATION,
    CostKind.ORGANISATION,
)
_JAPANESE_TERMS: dict[str, Any] = {
    "required_track": Track.COUNTERPART,
    "asks_application_number": True,
    "asks_institution_approval": True,
    "asks_japanese_names": True,
    "minimum_reviews": 3,
}


def _side(
    call: Call, agency: Agency, zone: str, at: time, currency: Currency, costs: tuple[CostKind, ...], **terms: Any
) -> None:
    side = CallAgency.objects.create(
        call=call,
        agency=agency,
        deadline_on=date(2026, 9, 3),
        deadline_time=at,
        deadline_zone=zone,
        deadline_at=instant(date(2026, 9, 3), at, zone),
        currency=currency,
        **terms,
    )
    AllowedCost.objects.bulk_create(AllowedCost(side=side, kind=kind) for kind in costs)


def side_of(call: Call, country: str) -> CallAgency:
    """Return the side of ``call`` whose agency is in ``country`` ("FR", "JP")."""
    return CallAgency.objects.select_related("call", "agency").get(call=call, agency__country=country)


def draft_of(coordinator: User, country: str = "FR", *, call: Call | None = None, at: datetime = BEFORE) -> Proposal:
    """Return a new, nearly empty record of ``coordinator`` on the side of ``country``."""
    return start_proposal(side_of(call or call_2026(), country), by=coordinator, at=at)


def reread(proposal: Proposal) -> Proposal:
    """Return the record as the database has it now, with its dossier."""
    return Proposal.objects.with_dossier().get(pk=proposal.pk)


def facts(call: Call, **changes: Any) -> dict[str, Any]:
    """The shared facts of a seminar that breaks no rule."""
    return {
        "title_en": "Ageing neurons",
        "abstract_en": ABSTRACT,
        "keywords": ["ageing", "neurons", "imaging"],
        "theme": Theme.objects.get(call=call, code="life"),
        "areas": list(PriorityArea.objects.filter(call=call, code="ageing")),
        "start_on": date(2027, 6, 14),
        "end_on": date(2027, 6, 16),
        "venue_name": "Neurocampus",
        "venue_city": "Bordeaux",
        "venue_country": "FR",
        **changes,
    }


def complete_draft(
    coordinator: User,
    country: str = "FR",
    *,
    partner: User | None = None,
    call: Call | None = None,
    at: datetime = BEFORE,
    **changed_facts: Any,
) -> Proposal:
    """Return a draft without blocking violations: only "Submit" is left to do.

    ``partner`` is named as the counterpart (Kenji for a French record, Marie for a Japanese one).
    """
    call = call or call_2026()
    proposal = draft_of(coordinator, country, call=call, at=at)
    by = {"by": coordinator, "at": at}
    save_section(proposal, "facts", facts(call, **changed_facts), version=0, **by)
    other = "JP" if country == "FR" else "FR"
    counterpart = partner or (kenji() if country == "FR" else marie())
    laboratories = {
        "FR": _laboratory(
            proposal, "Institut des neurosciences", LaboratoryKind.INSERM, "FR", "Bordeaux", unit="U1215"
        ),
        "JP": _laboratory(proposal, "Neural Systems Laboratory", LaboratoryKind.OTHER, "JP", "Kyoto"),
    }
    for laboratory in laboratories.values():
        add_row(laboratory, **by)
    own = proposal.participants.get(side=country, role=ParticipantRole.COORDINATOR)
    change_row(own, {"laboratory": laboratories[country]}, version=own.version, **by)
    add_row(
        Participant(
            proposal=proposal,
            side=other,
            role=ParticipantRole.COORDINATOR,
            family_name=counterpart.family_name,
            given_name=counterpart.given_name,
            email=counterpart.email,
            laboratory=laboratories[other],
            country_of_work=other,
        ),
        **by,
    )
    side = proposal.side
    filing: dict[str, Any] = {}
    if side.asks_director_agreement:
        filing |= {"director_name": "Paul Girard"}
    if side.asks_institution_approval:
        filing |= {
            "track": Track.COUNTERPART,
            "application_number": "120269901",
            "institution_officer_name": "Haruka Ito",
            "institution_officer_email": "ito@kyoto.example",
        }
    save_section(proposal, "coordinators", filing, version=0, **by)
    parts = ("objectives", "cooperation", "novelty", "added_value", "feasibility")
    save_section(proposal, "case", dict.fromkeys(parts, NARRATIVE), version=0, **by)
    add_row(
        Session(
            proposal=proposal,
            on=changed_facts.get("start_on", date(2027, 6, 14)),
            starts=time(9),
            ends=time(12),
            kind=SessionKind.SEMINAR,
            title="Opening",
            speaker="Marie Lefèvre",
        ),
        **by,
    )
    kind = CostKind.MEALS if country == "FR" else CostKind.ORGANISATION
    cost = Decimal("20.00") if country == "FR" else Decimal(50000)
    add_row(BudgetLine(proposal=proposal, kind=kind, quantity=3, unit=Unit.ITEM, unit_cost=cost), **by)
    declared = ["declares_accuracy", "declares_partner_files", "declares_data_use"]
    declared += ["director_agrees"] if side.asks_director_agreement else []
    save_section(proposal, "declarations", dict.fromkeys(declared, True), version=0, **by)
    return reread(proposal)


def _laboratory(proposal: Proposal, name: str, kind: str, country: str, city: str, unit: str = "") -> Laboratory:
    return Laboratory(proposal=proposal, name=name, kind=kind, country=country, city=city, unit=unit)


def verified(person: User) -> User:
    """Return ``person`` with the e-mail address confirmed, as after signing up."""
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return person


def invited(proposal: Proposal, invitee: User | str, *, at: datetime = BEFORE, **changes: Any) -> Invitation:
    """Return the invitation by the record's coordinator to ``invitee``, a person or an address."""
    email = invitee if isinstance(invitee, str) else invitee.email
    values = {"email": email, "name": "Kenji Tanaka", "language": "ja", "message": "Shall we?", **changes}
    return pairing.invite(proposal, **values, by=proposal.coordinator, at=at)


def token_of(invitation: Invitation) -> str:
    """Return the secret of an invitation, which is nowhere but in the mail."""
    text = Message.objects.filter(kind="invitation", about=f"seminars.invitation:{invitation.pk}").get().text
    return re.findall(r"/invitations/([\w-]+)/", text)[0]


def forming_pair(at: datetime = BEFORE) -> tuple[Proposal, Proposal]:
    """Marie's complete record, and the one that Kenji's acceptance made of it; nothing is confirmed yet."""
    french = complete_draft(marie(), at=at)
    japanese = pairing.accept_invitation(invited(french, kenji(), at=at), by=verified(kenji()), at=at)
    return reread(french), reread(japanese)


def confirmed_pair(at: datetime = BEFORE) -> tuple[Proposal, Proposal]:
    """Marie's and Kenji's records, confirmed by both."""
    pair = forming_pair(at)
    for proposal in pair:
        pairing.confirm_pair(proposal, by=proposal.coordinator, at=at)
    return reread(pair[0]), reread(pair[1])
