"""Writing the final report, section by section, each saved whole or not at all (R29, SAFETY 8)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actions.history import record, record_edit
from accounts.models import User
from reviews import mails
from reviews.models import Publication, Report, ReportSide, Spending
from reviews.permissions import own_side, write_report_refusal, write_summary_refusal
from reviews.queries.report_contents import contents_of, with_contents
from reviews.rules import report as rules
from seminars.actions.proposals import EditConflict
from seminars.permissions import Refused, require
from seminars.rules.budget import has_too_many_decimals

FACTS = ("start_on", "end_on", "venue_name", "venue_city", "venue_country")
NARRATIVE = ("narrative", "follow_up")
SUMMARY = ("public_text", "public_language")
COUNTS = ("attended", "young", "statutory")


def lock_report(report: Report) -> Report:
    """Lock a report and return it, with its terms, as it is after the lock."""
    list(Report.objects.filter(pk=report.pk).select_for_update().values_list("pk"))
    return Report.objects.with_terms().get(pk=report.pk)


def _claim(report: Report, section: str, version: int, at: datetime, **values: Any) -> None:
    """Write ``values`` and the section's next version; raise EditConflict where ``version`` is not the section's."""
    stamp = {f"{section}_version": F(f"{section}_version") + 1, f"{section}_saved_at": at}
    known = Report.objects.filter(pk=report.pk, **{f"{section}_version": version})
    if not known.update(**stamp, **values):
        raise EditConflict


def changed(report: Report, before: Mapping[str, Any], after: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Note that a locked report says something else than before: no signature for what it said stands any longer."""
    differs = {name: value for name, value in after.items() if before.get(name) != value}
    if not differs:
        return
    record_edit(report, by=by, at=at, before={name: before.get(name) for name in differs}, after=differs)
    Report.objects.filter(pk=report.pk).update(version=F("version") + 1)
    for side in report.sides.all():
        if side.signed_by is not None:
            signer, side.signed_at, side.signed_by = side.signed_by, None, None
            side.save(update_fields=["signed_at", "signed_by"])
            record(report.seminar, "report_signature_voided", by=by, at=at)
            mails.report_signature_voided(report, signer, by=by, at=at)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _said(report: Report, names: Sequence[str]) -> dict[str, Any]:
    return _plain({name: getattr(report, name) for name in names})


@transaction.atomic
def save_report_texts(
    report: Report, section: str, values: Mapping[str, Any], *, version: int, by: User, at: datetime
) -> None:
    """Save the section ``facts`` or ``narrative``. Raises Refused, EditConflict, KeyError for another section."""
    names = {"facts": FACTS, "narrative": NARRATIVE}[section]
    report = lock_report(report)
    require(write_report_refusal(report, by, at))
    kept = {name: values[name] for name in names}
    _claim(report, section, version, at, **kept)
    changed(report, _said(report, names), _plain(kept), by=by, at=at)


@transaction.atomic
def save_attendance(
    report: Report, counts: Mapping[int, Mapping[str, int | None]], *, version: int, by: User, at: datetime
) -> None:
    """Save who took part, by the id of each side. Raises Refused, EditConflict."""
    report = lock_report(report)
    require(write_report_refusal(report, by, at))
    _claim(report, "attendance", version, at)
    before, after = {}, {}
    for held in report.sides.all():
        code, said = held.side.agency.code, counts.get(held.side_id, {})
        for name in COUNTS:
            before[f"{name}_{code}"], after[f"{name}_{code}"] = getattr(held, name), said.get(name)
            setattr(held, name, said.get(name))
        held.save(update_fields=list(COUNTS))
    changed(report, before, after, by=by, at=at)


@transaction.atomic
def save_publications(
    report: Report, listed: Sequence[tuple[str, str]], *, version: int, by: User, at: datetime
) -> None:
    """Save the list of publications, each a citation and a DOI in the rule's form; empty ones go.

    Raises Refused, also for more than may be listed, EditConflict, and ValueError for a DOI that is none.
    """
    report = lock_report(report)
    require(write_report_refusal(report, by, at))
    kept = [(citation, rules.tidy_doi(doi)) for citation, doi in listed if citation or doi]
    if len(kept) > rules.PUBLICATIONS:
        raise Refused(_("At most %(most)s publications can be listed.") % {"most": rules.PUBLICATIONS})
    _claim(report, "publications", version, at)
    before = [[one.citation, one.doi] for one in report.publications.all()]
    report.publications.all().delete()
    Publication.objects.bulk_create(
        Publication(report=report, position=place, citation=citation, doi=doi)
        for place, (citation, doi) in enumerate(kept)
    )
    after = [list(one) for one in kept]
    changed(report, {"publications": before}, {"publications": after}, by=by, at=at)


@transaction.atomic
def save_spending(
    report: Report, amounts: Mapping[str, Decimal | None], note: str, *, version: int, by: User, at: datetime
) -> None:
    """Save what one's own side spent, by the key of each line, and why it differs from what was approved (R16).

    A line without an amount is open. Raises Refused, also for an amount finer than the currency, and EditConflict.
    """
    lock_report(report)
    contents = contents_of(with_contents(Report.objects.filter(pk=report.pk)).get())
    report, own = contents.report, contents.side_of(by)
    require(write_report_refusal(report, by, at))
    assert own is not None  # noqa: S101 - or there had been a refusal
    stamp = {"spending_version": F("spending_version") + 1, "spending_saved_at": at, "spending_note": note}
    known = ReportSide.objects.filter(pk=own.held.pk, spending_version=version)
    if not known.update(**stamp):
        raise EditConflict
    kept = {line.key: (line, amount) for line in own.lines if (amount := amounts.get(line.key)) is not None}
    if any(amount < 0 or has_too_many_decimals(amount, own.held.side.decimals) for _line, amount in kept.values()):
        raise Refused(_("An amount is not valid."))
    own.held.spending.all().delete()
    Spending.objects.bulk_create(
        Spending(side=own.held, line=line.line, kind=line.kind, amount=amount) for line, amount in kept.values()
    )
    code = own.held.side.agency.code
    was = {line.key: _text(line.spent) for line in own.lines if line.spent is not None}
    now = {key: _text(amount) for key, (_line, amount) in kept.items()}
    before = {f"spending_{code}": was, f"spending_note_{code}": own.held.spending_note}
    changed(report, before, {f"spending_{code}": now, f"spending_note_{code}": note}, by=by, at=at)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


@transaction.atomic
def save_summary(report: Report, values: Mapping[str, Any], *, version: int, by: User, at: datetime) -> None:
    """Save the public summary, which nobody has agreed to from then on. Raises Refused, EditConflict."""
    report = lock_report(report)
    require(write_summary_refusal(report, by, at))
    kept = {name: values[name] for name in SUMMARY}
    _claim(report, "summary", version, at, **kept)
    before = _said(report, SUMMARY)
    if before != kept:
        record_edit(report, by=by, at=at, before=before, after=kept)
        forget_agreements(report, by=by, at=at)


def forget_agreements(report: Report, *, by: User, at: datetime) -> None:
    """Let nobody agree any longer to publish a locked report's summary: it is not what they agreed to."""
    agreed = [side for side in report.sides.all() if side.coordinator_agreed_at or side.officer_agreed_at]
    if not agreed:
        return
    report.sides.update(coordinator_agreed_at=None, officer_agreed_at=None, officer_agreed_by=None)
    record(report.seminar, "report_agreements_voided", by=by, at=at)


def side_written_by(report: Report, by: User) -> ReportSide:
    """Return the side of a report, fetched with its terms, that ``by`` coordinates. Raises Refused."""
    side = own_side(report, by)
    if side is None:
        raise Refused(_("Only the coordinators of this seminar may do this."))
    return side
