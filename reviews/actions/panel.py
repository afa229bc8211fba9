"""What a panel does: ranking, its sitting and minutes, notes, sealing, and opening again (R22, R24)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.choices import Role
from accounts.models import Membership, User
from reviews.actions.evaluation import lock_call
from reviews.models import Panel, PanelMember, PanelNote, Ranking
from reviews.permissions import panel_refusal, seal_refusal, unseal_refusal
from reviews.queries.panel_board import hidden_from, pairs_of_panel
from reviews.queries.panel_gaps import gaps_of
from reviews.rules.ranking import placed, renumbered
from seminars.models import Seminar
from seminars.permissions import Refused, require


class Changed(Exception):
    """Somebody else has saved in between; ``args[0]`` is the panel as it is now."""


@dataclass(frozen=True)
class Place:
    """The rank of a pair, None for none yet, and what the panel proposes."""

    rank: int | None
    proposal: str


def _lock(panel: Panel) -> Panel:
    list(Panel.objects.filter(pk=panel.pk).select_for_update().values_list("pk"))
    return Panel.objects.select_related("side__call", "side__agency", "chair").get(pk=panel.pk)


@transaction.atomic
def save_ranking(panel: Panel, places: Mapping[int, Place], *, version: int, by: User, at: datetime) -> int:
    """Save ranks and proposals of pairs (by id) all at once; return the new version.

    Where ``by`` does not see all pairs of the call, ranks are those that the pages show: counted among the pairs seen.
    They are stored round the hidden ones, which keep theirs (R23).

    Raises Refused: not of this panel, sealed, or a pair that ``by`` does not see in it; Changed: another version.
    """
    held = _lock(panel)
    require(panel_refusal(held, by))
    if held.ranking_version != version:
        raise Changed(held)
    seen = {pair.pk for pair in pairs_of_panel(held.side.call, by)}
    if not seen.issuperset(places):
        raise Refused(_("One of these pairs is not in review."))
    known = {row.seminar_id: row for row in Ranking.objects.filter(panel=held)}
    if hidden_from(by, held.side.call).exists():
        places = _round_hidden(places, known, seen)
    rows = [known.get(pair) or Ranking(panel=held, seminar_id=pair) for pair in sorted(places)]
    before, after = {}, {}
    for row in rows:
        was, wanted = (row.rank, row.proposal), places[row.seminar_id]
        if was != (wanted.rank, wanted.proposal):
            before[str(row.seminar_id)], after[str(row.seminar_id)] = was, (wanted.rank, wanted.proposal)
            row.rank, row.proposal = wanted.rank, wanted.proposal
    changed = {int(pair) for pair in after}
    Ranking.objects.bulk_update([row for row in rows if row.pk and row.seminar_id in changed], ["rank", "proposal"])
    Ranking.objects.bulk_create([row for row in rows if not row.pk and row.seminar_id in changed])
    if after:
        held.ranking_version += 1
        held.save(update_fields=["ranking_version"])
        record(held, "ranked", by=by, at=at, before=before, after=after)
    return held.ranking_version


def _round_hidden(places: Mapping[int, Place], known: Mapping[int, Ranking], seen: Collection[int]) -> dict[int, Place]:
    """Return the places of all pairs that are seen as they are to be stored."""
    stands = {pair: Place(row.rank, row.proposal) for pair, row in known.items() if pair in seen}
    wanted = {pair: Place(None, "") for pair in places} | stands
    standing = {pair: place.rank for pair, place in wanted.items()}
    shown = renumbered(standing) | {pair: place.rank for pair, place in places.items()}
    ranks = placed(shown, standing, [row.rank for pair, row in known.items() if pair not in seen])
    return {pair: replace(place, rank=ranks[pair]) for pair, place in (wanted | dict(places)).items()}


@transaction.atomic
def save_sitting(
    panel: Panel,
    *,
    chair: User | None,
    members: Collection[int],
    present: Collection[int],
    minutes: str,
    version: int,
    by: User,
    at: datetime,
) -> int:
    """Save who chairs, who sits and who is present (ids of users), and the minutes; return the new version.

    Raises Refused: not of this panel, sealed, or somebody who does not act for the agency; Changed: another version.
    """
    held = _lock(panel)
    require(panel_refusal(held, by))
    if held.version != version:
        raise Changed(held)
    acting = Membership.objects.filter(agency=held.side.agency_id, user__is_active=True)
    sitting = set(members) | set(present)
    if not sitting.issubset(acting.values_list("user", flat=True)):
        raise Refused(_("One of these people does not act for this agency."))
    may_chair = acting.filter(role__in=[Role.CHAIR, Role.OFFICER])
    if chair and not may_chair.filter(user=chair).exists():
        raise Refused(_("One of these people does not act for this agency."))
    before = _sitting(held)
    held.chair, held.minutes, held.version = chair, minutes, held.version + 1
    held.save(update_fields=["chair", "minutes", "version"])
    held.members.all().delete()
    PanelMember.objects.bulk_create(
        PanelMember(panel=held, user_id=user, is_present=user in present) for user in sorted(sitting)
    )
    record(held, "sat", by=by, at=at, before=before, after=_sitting(held))
    return held.version


def _sitting(panel: Panel) -> dict[str, object]:
    members = list(PanelMember.objects.filter(panel=panel).values_list("user", "is_present"))
    return {"chair": panel.chair_id, "members": members, "minutes": panel.minutes}


@transaction.atomic
def write_panel_note(
    panel: Panel, seminar: Seminar, *, text: str, form_uuid: UUID, by: User, at: datetime
) -> PanelNote:
    """Write down what was said of a pair; the same ``form_uuid`` is the same note. Raises Refused."""
    held = _lock(panel)
    require(panel_refusal(held, by))
    if seminar.pk not in {pair.pk for pair in pairs_of_panel(held.side.call, by)}:
        raise Refused(_("One of these pairs is not in review."))
    values = {"panel": held, "seminar": seminar, "author": by, "text": text, "written_at": at}
    note, written = PanelNote.objects.get_or_create(form_uuid=form_uuid, defaults=values)
    if written:
        record(note, "noted", by=by, at=at)
    return note


@transaction.atomic
def seal_panel(panel: Panel, *, exception: str = "", by: User, at: datetime) -> None:
    """Seal a panel: from now on nothing in it changes.

    ``exception`` says why pairs with too few reviews are decided on all the same; it is added to the minutes. Raises
    Refused: too early, not of this panel, sealed already, or something that must be there is not.

    Nobody seals over what a pair lacks that they are shut out of, and they are told no more than that (R23).
    """
    lock_call(panel.side.call)
    held = _lock(panel)
    require(seal_refusal(held, by, at))
    whole = gaps_of(held)
    gaps = whole.among({pair.pk for pair in pairs_of_panel(held.side.call, by)})
    if gaps.stop:
        raise Refused(_("The panel cannot be sealed yet: something is missing."))
    if gaps.short and not exception.strip():
        raise Refused(_("Say why pairs with too few reviews are decided on all the same."))
    if gaps != whole:
        raise Refused(_("The panel cannot be sealed yet: not every pair that it judges is complete."))
    if gaps.short:
        stated = _("Sealed with fewer reviews than required: %(reason)s") % {"reason": exception.strip()}
        held.minutes = f"{held.minutes}\n\n{stated}".strip()
    held.sealed_at, held.sealed_by, held.version = at, by, held.version + 1
    held.save(update_fields=["sealed_at", "sealed_by", "minutes", "version"])
    record(held, "panel_sealed", by=by, at=at, reason=exception.strip() if gaps.short else "")


@transaction.atomic
def unseal_panel(panel: Panel, *, reason: str, by: User, at: datetime) -> None:
    """Open a sealed panel again, as long as the joint selection is not open. Raises Refused."""
    lock_call(panel.side.call)
    held = _lock(panel)
    require(unseal_refusal(held, by))
    if not reason.strip():
        raise Refused(_("Say why."))
    before = {"sealed_at": held.sealed_at.isoformat() if held.sealed_at else None}
    held.sealed_at = held.sealed_by = None
    held.save(update_fields=["sealed_at", "sealed_by"])
    record(held, "panel_unsealed", by=by, at=at, before=before, reason=reason.strip())
