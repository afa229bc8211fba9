"""A perfect dossier of each side, and how to spoil it."""

import dataclasses
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from seminars.rules.dossier import (
    Dossier,
    LaboratoryFacts,
    LineFacts,
    ParticipantFacts,
    SessionFacts,
    SharedFacts,
    Terms,
)

U1245 = LaboratoryFacts(key="inserm:1245", name="Génétique du cœur", kind="inserm", country="FR")
IRCM = LaboratoryFacts(key="name:FR:ircm", name="IRCM", kind="other", country="FR")
KYOTO = LaboratoryFacts(key="name:JP:kyoto", name="京都大学", kind="other", country="JP")

MARIE = ParticipantFacts(
    id=1,
    name="Marie LEFÈVRE",
    email="marie.lefevre@inserm.fr",
    orcid="0000-0002-1825-0097",
    side="FR",
    role="coordinator",
    laboratory=U1245,
    country_of_work="FR",
    career_stage="dr",
    statutory=True,
    young=False,
    talk_title="",
    kanji_name="",
    kana_name="",
    position="Research director",
)
KENJI = dataclasses.replace(
    MARIE,
    id=2,
    name="Kenji SATŌ",
    email="sato@kyoto-u.ac.jp",
    orcid="",
    side="JP",
    laboratory=KYOTO,
    country_of_work="JP",
    career_stage="professor",
    kanji_name="佐藤 健二",
    kana_name="サトウ ケンジ",
    position="Professor",
)
CHLOE = dataclasses.replace(
    MARIE,
    id=3,
    name="Chloé O’CONNOR",
    email="chloe@inserm.fr",
    orcid="",
    role="speaker",
    career_stage="cr",
    young=True,
    talk_title="Repair of the heart",
)
SESSION = SessionFacts(1, date(2027, 4, 1), time(9), time(12), "seminar", "Opening", "Marie Lefèvre")
LINE = LineFacts(1, "intl_travel", CHLOE, 1, "trip", Decimal("1200.50"))
SHARED = SharedFacts(
    title_en="Hearts that mend",
    title_fr="",
    title_ja="",
    abstract_en="a" * 100,
    keywords=("heart", "repair", "genes"),
    theme="health",
    theme_admitted=True,
    areas=("cardiology",),
    start_on=date(2027, 4, 1),
    end_on=date(2027, 4, 2),
    venue_name="Institut Curie",
    venue_city="Paris",
    venue_country="FR",
    sessions=(SESSION,),
)
PERFECT = Dossier(
    side="FR",
    shared=SHARED,
    narrative=dict.fromkeys(("objectives", "cooperation", "novelty", "added_value", "feasibility"), "n" * 200),
    participants=(MARIE, KENJI, CHLOE),
    lines=(LINE,),
    attachment_sizes=(),
    track="",
    application_number="",
    institution_officer_email="",
    director_name="Jean Roche",
    director_agrees=True,
    declarations={"declares_accuracy": True},
    pair_confirmed=True,
    partner_side="JP",
)
INSERM = Terms(
    opens_at=datetime(2026, 6, 1, tzinfo=UTC),
    deadline_at=datetime(2026, 9, 3, 8, tzinfo=UTC),
    window_start_on=date(2027, 4, 1),
    window_end_on=date(2027, 12, 31),
    min_days=2,
    max_days=3,
    host_countries=frozenset({"FR"}),
    minimum_laboratories={"FR": 1, "JP": 1},
    minimum_laboratories_total=2,
    cap=Decimal("12000.00"),
    currency="EUR",
    decimals=2,
    cost_kinds=frozenset({"intl_travel", "local_travel", "accommodation", "meals"}),
    required_track="",
    required_laboratory_kind="inserm",
    asks_application_number=False,
    asks_institution_approval=False,
    asks_director_agreement=True,
    asks_japanese_names=False,
    expected_participants=10,
)
JSPS = dataclasses.replace(
    INSERM,
    cap=None,
    currency="JPY",
    decimals=0,
    cost_kinds=frozenset({"local_travel", "accommodation", "daily_allowance", "organisation"}),
    required_track="counterpart",
    required_laboratory_kind="",
    asks_application_number=True,
    asks_institution_approval=True,
    asks_director_agreement=False,
    asks_japanese_names=True,
)
NAMES_OF_FACTS = {field.name for field in dataclasses.fields(SharedFacts)}


def dossier(**changes: Any) -> Dossier:
    """Return Marie's dossier, in which the rules find nothing, with changes to it or to its shared facts."""
    facts = {name: changes.pop(name) for name in NAMES_OF_FACTS & changes.keys()}
    return dataclasses.replace(PERFECT, shared=dataclasses.replace(SHARED, **facts), **changes)


def partner_dossier(**changes: Any) -> Dossier:
    """Return Kenji's dossier, in which the rules of JSPS find nothing, with changes."""
    own = {
        "side": "JP",
        "partner_side": "FR",
        "participants": (KENJI, MARIE),
        "lines": (LineFacts(1, "organisation", None, 1, "item", Decimal(300000)),),
        "track": "counterpart",
        "application_number": "JP-2026-001",
        "institution_officer_email": "office@kyoto-u.ac.jp",
    }
    return dossier(**{**own, **changes})


def person(like: ParticipantFacts = CHLOE, **changes: Any) -> ParticipantFacts:
    """Return somebody like ``like``, Chloé unless told, with changes."""
    return dataclasses.replace(like, **changes)


def line(unit_cost: str = "1200.50", **changes: Any) -> LineFacts:
    """Return Chloé's journey at another cost, with changes."""
    return dataclasses.replace(LINE, unit_cost=Decimal(unit_cost), **changes)


def terms(like: Terms = INSERM, **changes: Any) -> Terms:
    """Return what a side asks, Inserm's unless told, with changes."""
    return dataclasses.replace(like, **changes)
