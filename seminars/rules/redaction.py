"""What reviewers may read of a record (R23, R24; SAFETY 4; I16): a list of what is shown, so that new data stay out."""

from collections.abc import Iterable, Mapping
from typing import Any

from seminars.rules.contacts import Marks, without_contacts

RECORD = ("record", "number", "state", "listed")
WHOLE = ("call", "agency", "record", "facts", "case", "programme", "budget")
FILING = ("track", "application_number")
PERSON = (
    "side",
    "role",
    "title",
    "family_name",
    "given_name",
    "family_name_kanji",
    "given_name_kanji",
    "family_name_kana",
    "given_name_kana",
    "position",
    "career_stage",
    "orcid",
    "country_of_work",
    "statutory",
    "young",
    "talk_title",
    "laboratory",
)
ATTACHMENT = ("name", "size", "pages")
SHARED_PERSON = (
    "side",
    "role",
    "family_name",
    "given_name",
    "family_name_kanji",
    "given_name_kanji",
    "family_name_kana",
    "given_name_kana",
    "email",
)
WRITTEN = (
    "title_en",
    "title_fr",
    "title_ja",
    "title_original",
    "abstract_en",
    "keywords",
    "venue_name",
    "venue_city",
    "objectives",
    "cooperation",
    "novelty",
    "added_value",
    "feasibility",
    "title",
    "speaker",
    "position",
    "talk_title",
    "name",
    "unit",
    "institution",
    "department",
    "city",
    "regional_office",
    "partner_institution",
    "note",
    "family_name_kanji",
    "given_name_kanji",
    "partner_family_name",
    "partner_given_name",
)
"""Fields in which people write what they like, wherever they stand."""
LISTED_APART = ("email", "partner_email", "status_received", "approved_on")


def for_reviewers(said: Mapping[str, Any], marks: Marks) -> dict[str, Any]:
    """Return what a record says, without what its reviewers do not need to judge it.

    Left out: e-mail addresses, telephone numbers and years of doctorate; the institution's officer, the unit's director
    and their approvals; the declarations; the instants of filing and all fingerprints. Kept: the science, who takes
    part and where they work, the programme, the budget, the attached files as they are. Addresses and telephone
    numbers that somebody wrote into a text give way to ``marks``.
    """
    shown = _only(said, RECORD)
    if "listed" in said:
        shown["listed"] = {name: value for name, value in said["listed"].items() if name not in LISTED_APART}
    if "snapshot" in said:
        snapshot = said["snapshot"]
        shown["snapshot"] = _only(snapshot, WHOLE) | {
            "filing": _only(snapshot["filing"], FILING),
            "participants": [_only(person, PERSON) for person in snapshot["participants"]],
            "attachments": [_only(file, ATTACHMENT) for file in snapshot["attachments"]],
        }
    marked: dict[str, Any] = _marked(shown, marks)
    return marked


def _marked(said: Any, marks: Marks, *, is_written: bool = False) -> Any:
    """Return values with ``marks`` in their written texts, and everything else as it is."""
    if isinstance(said, Mapping):
        return {name: _marked(value, marks, is_written=name in WRITTEN) for name, value in said.items()}
    if isinstance(said, (list, tuple)):
        return [_marked(value, marks, is_written=is_written) for value in said]
    return without_contacts(said, marks) if is_written and isinstance(said, str) else said


def for_partner(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the other coordinator sees of a record: where it stands, and the facts that both records share.

    The narrative, the participants, the budget, the files and everything about filing stay with their side.
    """
    shown = _only(said, ("state",))
    if "snapshot" in said:
        snapshot = said["snapshot"]
        leading = [person for person in snapshot["participants"] if person["role"] == "coordinator"]
        shown["snapshot"] = _only(snapshot, ("call", "agency", "facts", "programme")) | {
            "coordinators": [_only(person, SHARED_PERSON) for person in leading]
        }
    return shown


def _only(said: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: said[name] for name in names if name in said}
