"""The world of one decision: a call whose deadline has passed, three eligible pairs, and everybody who judges them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.actions.roles import give_role
from accounts.choices import Role
from accounts.models import User
from reviews.actions import assignment as assigning
from reviews.actions.review import Judgement, save_review, seal_review
from reviews.actions.reviewer import accept_review_invitation, describe_reviewer
from reviews.models import Assignment, Reviewer
from seminars.models import Call, CallAgency, Criterion, Seminar
from tests import cast
from tests.seminars import filed

CODE = "inserm-jsps-2026"
TITLES = ("Ageing neurons", "Blood vessels on a chip", "Robots at the bedside")
MERIT = dict(zip(TITLES, (5, 3, 2), strict=True))
"""What each pair is worth to everybody."""


@dataclass(frozen=True)
class Judge:
    """Somebody who is invited to review."""

    name: str
    email: str
    language: str

    @property
    def line(self) -> str:
        """What an officer types to invite this person."""
        return f"{self.name}, {self.email}, {self.language}"

    def account(self) -> User:
        """Return the account of this person, whose address is confirmed, made at first asking."""
        given, family = self.name.split()
        zone = "Asia/Tokyo" if self.language == "ja" else "Europe/Paris"
        values = {"given_name": given, "family_name": family, "language": self.language, "time_zone": zone}
        return cast.verified(cast.user(self.email, **values))


JUDGES = {
    "FR": [Judge(name, f"{name.split()[1].lower()}@labo.example", "fr") for name in
           ("Paul Girard", "Luc Petit", "Anne Roux", "Nadia Benali")],
    "JP": [Judge(name, f"{name.split()[1].lower()}@daigaku.example", "ja") for name in
           ("Aoi Mori", "Ken Ito", "Rin Abe", "Sora Ueda")],
}  # fmt: skip


def eligible_pairs(at: datetime) -> list[Seminar]:
    """File three pairs, of which the first is Marie's and Kenji's, and find them eligible; ``at`` is now."""
    call = cast.call_2026(capacity=1)
    pairs = [_pair(title, place) for place, title in enumerate(TITLES)]
    CallAgency.objects.filter(call=call).update(deadline_at=at - timedelta(days=20))
    for pair in pairs:
        for country in ("FR", "JP"):
            filed.decide(pair, country, at=at)
    return list(Seminar.objects.order_by("pk"))


def _pair(title: str, place: int) -> Seminar:
    names = {"given_name": "Alix", "family_name": f"Durand{place}", "language": "fr"}
    french = cast.user(f"alix{place}@inserm.example", position="DR", **names) if place else cast.marie()
    japanese = cast.kenji()
    if place:
        kanji = {"family_name_kanji": "鈴木", "given_name_kanji": "葵", "language": "ja"}
        kana = {"family_name_kana": "スズキ", "given_name_kana": "アオイ", "position": "教授"}
        named = {"given_name": "Aoi", "family_name": f"Suzuki{place}", "time_zone": "Asia/Tokyo"}
        japanese = cast.user(f"suzuki{place}@osaka.example", **named, **kanji, **kana)
    seminar = filed.pair_up(
        cast.complete_draft(cast.verified(french), partner=japanese, title_en=title),
        cast.complete_draft(cast.verified(japanese), "JP", partner=french, title_en=title),
    )
    for record in seminar.proposals.order_by("pk"):
        filed.submit(cast.reread(record))
    return seminar


def chair(country: str, at: datetime) -> User:
    """Return the chair of an agency's panel."""
    names = ("Hélène", "Faure", "fr") if country == "FR" else ("Makoto", "Hayashi", "ja")
    values = dict(zip(("given_name", "family_name", "language"), names, strict=True))
    person = cast.verified(cast.user(f"chair@{country.lower()}.example", **values))
    give_role(person, filed.agency(country), Role.CHAIR, by=None, at=at)
    return person


def others_accept(country: str, at: datetime) -> None:
    """Let everybody but the first accept and tell their topics; Luc has worked with Kenji, which is a conflict."""
    for judge in JUDGES[country][1:]:
        user, reviewer = judge.account(), Reviewer.objects.get(email=judge.email)
        accept_review_invitation(reviewer, by=user, at=at)
        describe_reviewer(
            reviewer,
            areas=Call.objects.get(code=CODE).areas.all(),
            keywords=["neurons"],
            maximum_load=None,
            affiliations=[],
            collaborators=[("Kenji Tanaka", "", "")] if judge.name.startswith("Luc") else [],
            by=user,
            at=at,
        )


def others_review(at: datetime) -> None:
    """Let everybody take on and seal what they have not sealed yet, each pair by its merit."""
    criteria = list(Criterion.objects.order_by("position").values_list("pk", flat=True))
    waiting = Assignment.objects.active().filter(review__sealed_at__isnull=True).order_by("pk")
    for assignment in waiting.select_related("reviewer__user", "reviewer__side", "seminar"):
        user = assignment.reviewer.user
        assert user
        merit = MERIT[assignment.seminar.proposals.order_by("pk")[0].title_en]
        judgement = Judgement(dict.fromkeys(criteria, merit), "Clair et utile. 明快です。", "…", "fund")
        if assignment.state == "given":
            assigning.acknowledge(assignment, by=user, at=at)
        review = save_review(assignment, judgement, version=0, by=user, at=at)
        seal_review(assignment, version=review.version, by=user, at=at)
