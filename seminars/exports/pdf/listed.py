"""The half of a pair that is a row of another agency's list: its facts, as they were received."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts import formats
from seminars.choices import Track
from seminars.exports.pdf import people
from seminars.exports.pdf.runs import fields, line, reader, remark
from seminars.exports.pdf.sections import Part, day
from seminars.models import ListedApplication
from seminars.queries.readable import choice

Said = Mapping[str, Any]


def listed_parts(said: Said) -> list[Part]:
    """Return the one section of such a half."""
    listed = said["listed"]
    country = listed["venue_country"]
    partner = " ".join(filter(None, (listed["partner_given_name"], listed["partner_family_name"].upper())))
    rows = [
        (_("Coordinator"), people.name_lines(listed) + people.contact_lines(listed)),
        *((_label(name), line(listed[name])) for name in ("institution", "department", "application_number")),
        (_("Partner"), line(partner, lang="") + line(listed.get("partner_email"), style="weak", lang="")),
        (_label("partner_institution"), line(listed["partner_institution"])),
        (_label("title_en"), line(listed["title_en"], lang="en")),
        (_label("title_ja"), line(listed["title_ja"], lang="ja")),
        (_label("title_original"), line(listed["title_original"])),
        (_label("start_on"), line(day(listed["start_on"]))),
        (_label("end_on"), line(day(listed["end_on"]))),
        (_label("venue_city"), line(listed["venue_city"])),
        (_label("venue_country"), line(formats.country(country, reader()) if country else "")),
        (_label("track"), line(choice(Track, listed["track"]))),
        (_label("status_received"), line(listed.get("status_received"))),
        (_label("approved_on"), line(day(listed.get("approved_on")))),
    ]
    words = _("This agency's record is not kept here. These are the facts of the list that the agency sent.")
    return [{"title": _("As listed by the agency"), "blocks": [remark(words), fields(rows)]}]


def _label(name: str) -> str:
    return str(ListedApplication._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
