"""The columns that the officers' list may have, each declared once."""

from functools import lru_cache

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from seminars.choices import PairingStep, ProposalState
from seminars.queries.columns import Column, Part, by, in_order, plain, said
from seminars.queries.fetching import ANNOTATIONS, SUBMITTED
from seminars.queries.listing import Cell, Line, Link, clock, country, local


@lru_cache(maxsize=8192)
def _page(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def _number(line: Line) -> Cell:
    pair = Link(line.seminar, _page("desk_seminar", line.seminar_pk)) if line.seminar_pk else None
    return Cell(str(line.pk), also=pair)


def _coordinator(line: Line) -> Cell:
    person = line.record.coordinator
    return Cell(
        line.name or person.email,
        href=f"mailto:{person.email}",
        japanese=person.kanji_name,
        notes=(line.institution,) if line.institution else (),
    )


def _state(line: Line) -> Cell:
    notes = (clock(line.submitted_at), line.receipt) if line.receipt else ()
    pair = (line.pair_state,) if line.pair_state else ()
    return Cell(line.state, state=line.record.situation.state, notes=(*pair, *notes))


def _pairing(line: Line) -> Cell:
    return Cell(line.partner, notes=(line.partner_state, line.step) if line.partner else (line.step,))


def _admission(line: Line) -> Cell:
    reason = line.record.admission_reason
    return Cell(clock(line.record.admitted_until), notes=(reason,) if reason else ())


COLUMNS: tuple[Column, ...] = (
    Column(
        "number",
        _("Number"),
        _number,
        (Part(_("Number"), lambda line: line.pk), Part(_("Pair"), lambda line: line.seminar)),
        order=by(F("pk")),
        captionless=True,
    ),
    Column(
        "title",
        _("Title"),
        lambda line: Cell(line.title, href=_page("desk_proposal", line.pk), warnings=line.reasons),
        (
            Part(_("Title"), lambda line: line.title),
            Part(_("Needs attention"), lambda line: " · ".join(line.reasons)),
        ),
        order=by(Coalesce(said("title_en"), said("title_fr"), said("title_ja"))),
        captionless=True,
    ),
    Column(
        "side",
        _("Side"),
        lambda line: Cell(line.record.side.agency.acronym, side=line.record.side.agency.accent),
        (Part(_("Agency"), lambda line: line.record.side.agency.acronym),),
        order=by(F("side__agency__accent")),
        captionless=True,
    ),
    Column(
        "state",
        _("State"),
        _state,
        (
            Part(_("State"), lambda line: line.state),
            Part(_("State of the pair"), lambda line: line.pair_state),
            Part(_("Receipt number"), lambda line: line.receipt),
            Part(_("Submitted"), lambda line: local(line.submitted_at), by_clock=True),
        ),
        ("filed",),
        in_order("state", ProposalState),
        captionless=True,
    ),
    Column(
        "coordinator",
        _("Coordinator"),
        _coordinator,
        (
            Part(_("Coordinator"), lambda line: line.name),
            Part(_("Name in kanji"), lambda line: line.record.coordinator.kanji_name),
            Part(_("E-mail address"), lambda line: line.record.coordinator.email),
            Part(_("Institution"), lambda line: line.institution),
        ),
        ("institution",),
        by(said("coordinator__family_name")),
        captionless=True,
    ),
    Column(
        "pairing",
        _("Partner"),
        _pairing,
        (
            Part(_("Pairing"), lambda line: line.step),
            Part(_("Partner"), lambda line: line.partner),
            Part(_("Partner's state"), lambda line: line.partner_state),
        ),
        ("partner",),
        in_order("step", PairingStep),
        _("Pairing"),
        captionless=True,
    ),
    Column(
        "start",
        _("Seminar"),
        lambda line: Cell(line.dates, notes=(line.place,) if line.place else ()),
        (
            Part(_("Start date"), lambda line: line.record.start_on),
            Part(_("End date"), lambda line: line.record.end_on),
            Part(_("City"), lambda line: line.record.venue_city),
            Part(_("Host country"), lambda line: line.record.venue_country),
        ),
        order=by(F("start_on")),
        order_label=_("Start date"),
        captionless=True,
    ),
    Column(
        "amount",
        _("Amount requested"),
        lambda line: Cell(line.money),
        (
            Part(_("Amount requested"), lambda line: line.amount),
            Part(_("Currency"), lambda line: line.record.side.currency),
        ),
        ("amount",),
        by(ANNOTATIONS["amount"]),
        is_number=True,
        captionless=True,
    ),
    Column(
        "changed",
        _("Last changed"),
        lambda line: Cell(clock(line.record.changed_at)),
        (Part(_("Last changed"), lambda line: local(line.record.changed_at), by_clock=True),),
        order=by(F("changed_at")),
        captionless=True,
    ),
    Column(
        "submitted",
        _("Submitted"),
        lambda line: Cell(clock(line.submitted_at), notes=(line.receipt,) if line.receipt else ()),
        (
            Part(_("Submitted"), lambda line: local(line.submitted_at), by_clock=True),
            Part(_("Receipt number"), lambda line: line.receipt),
        ),
        ("filed",),
        by(SUBMITTED),
    ),
    plain(
        "institution",
        _("Institution"),
        lambda line: line.institution,
        "institution",
        order=Coalesce(ANNOTATIONS["institution"], F("coordinator__institution")),
    ),
    Column(
        "place",
        _("City of the laboratory"),
        lambda line: Cell(line.record.city or "", notes=(country(line.record.country),) if line.record.country else ()),
        (
            Part(_("City of the laboratory"), lambda line: line.record.city),
            Part(_("Country"), lambda line: country(line.record.country)),
        ),
        ("city", "country"),
        by(ANNOTATIONS["city"]),
    ),
    plain("partner_institution", _("Partner's institution"), lambda line: line.partner_institution, "partner"),
    plain("kana", _("Name in katakana"), lambda line: line.record.coordinator.kana_name, "kana"),
    Column(
        "venue",
        _("Venue"),
        lambda line: Cell(line.record.venue_name, notes=(line.place,) if line.place else ()),
        (
            Part(_("Venue"), lambda line: line.record.venue_name),
            Part(_("City"), lambda line: line.record.venue_city),
            Part(_("Host country"), lambda line: line.record.venue_country),
        ),
        order=by(said("venue_city")),
        order_label=_("City of the venue"),
    ),
    plain("theme", _("Theme"), lambda line: line.theme, "theme", order=F("theme__code")),
    plain("areas", _("Priority areas"), lambda line: " · ".join(line.areas), "areas"),
    plain("keywords", _("Keywords"), lambda line: " · ".join(map(str, line.record.keywords))),
    plain("track", _("JSPS track"), lambda line: line.track, order=F("track")),
    plain("application", _("JSPS application number"), lambda line: line.record.application_number),
    plain(
        "people",
        _("People"),
        lambda line: line.record.people,
        "people",
        order=ANNOTATIONS["people"],
        is_number=True,
    ),
    plain(
        "young",
        _("Young researchers"),
        lambda line: line.record.young,
        "young",
        order=ANNOTATIONS["young"],
        is_number=True,
    ),
    plain(
        "statutory",
        _("Statutory researchers"),
        lambda line: line.record.statutory,
        "statutory",
        order=ANNOTATIONS["statutory"],
        is_number=True,
    ),
    Column(
        "started",
        _("Started"),
        lambda line: Cell(clock(line.record.created_at)),
        (Part(_("Started"), lambda line: local(line.record.created_at), by_clock=True),),
        order=by(F("created_at")),
    ),
    Column(
        "notes",
        _("Internal notes"),
        lambda line: Cell(str(line.record.notes_seen or "")),
        (),  # internal notes are in no file, not even by their number
        ("notes",),
        is_number=True,
    ),
    Column(
        "admission",
        _("Late admission"),
        _admission,
        (
            Part(_("Admitted late until"), lambda line: local(line.record.admitted_until), by_clock=True),
            Part(_("Reason for late admission"), lambda line: line.record.admission_reason),
        ),
        own_only=True,
    ),
)
