"""The final reports of the demonstration's past call: one accepted, one returned, one not written."""

import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from accounts.models import User
from reviews.actions import report as actions
from reviews.actions import report_files, report_signing, report_summary
from reviews.choices import ReportFileKind
from reviews.models import Report
from reviews.queries.report_contents import Contents, contents_of, with_contents
from seminars.files.image_check import KINDS, image_of
from seminars.models import Seminar

FILE = Path(__file__).with_name("reports.toml")
SIZE = (1200, 800)
SKY, STONE, STEP, HEAD = "#d7e3ee", "#b9b2a5", "#a49c8e", "#e3c4a8"
COATS = ("#3b5b8c", "#7d4b63", "#4d7a5b", "#8a6d3b", "#5b5b5b")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def group_picture() -> bytes:
    """Return a drawing of two rows of people on stairs, as a JPEG."""
    image = Image.new("RGB", SIZE, SKY)
    brush = ImageDraw.Draw(image)
    for step in range(5):
        top = 420 + step * 80
        brush.rectangle((0, top, SIZE[0], SIZE[1]), fill=STONE if step % 2 else STEP)
    for row, top in enumerate((270, 420)):
        for place in range(8):
            x = 130 + place * 135 + row * 60 - 30
            coat = COATS[(place + 2 * row) % len(COATS)]
            brush.rounded_rectangle((x - 42, top + 62, x + 42, top + 230), radius=30, fill=coat)
            brush.ellipse((x - 32, top, x + 32, top + 70), fill=HEAD)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=90)
    return made.getvalue()


@dataclass
class Reporting:
    """The report of one pair under way; ``officers`` are by country."""

    key: str
    seminar: Seminar
    officers: Mapping[str, User]

    @property
    def own(self) -> dict[str, Any]:
        """What the pair's coordinators write."""
        words: dict[str, Any] = _words()[self.key]
        return words

    def contents(self) -> Contents:
        """Return the report as it stands."""
        return contents_of(with_contents(Report.objects.filter(seminar=self.seminar)).get())

    def write(self, at: datetime) -> None:
        """Let both coordinators write the report, each side its own spending."""
        contents = self.contents()
        report, own = contents.report, self.own
        writers = [side.record.coordinator for side in contents.writers if side.record]
        planned = contents.writers[0].record
        facts = {name: getattr(planned, name) for name in actions.FACTS}
        actions.save_report_texts(report, "facts", facts, version=0, by=writers[0], at=at)
        texts = {name: own[name].strip() for name in actions.NARRATIVE}
        actions.save_report_texts(report, "narrative", texts, version=0, by=writers[0], at=at)
        counts = {}
        for side in contents.sides:
            absent = own["absent"][side.held.side.agency.country]
            plan = (side.plan.attended or 0, side.plan.young or 0, side.plan.statutory or 0)
            attended, young, statutory = plan[0] - absent, plan[1], plan[2]
            said = (attended, min(young, attended), min(statutory, attended))
            counts[side.held.side_id] = dict(zip(actions.COUNTS, said, strict=True))
        actions.save_attendance(report, counts, version=0, by=writers[-1], at=at + timedelta(hours=3))
        listed = [(citation, doi) for citation, doi in own["publications"]]
        actions.save_publications(report, listed, version=0, by=writers[0], at=at + timedelta(hours=4))
        for side in contents.writers:
            spent = {line.key: line.approved if line.approved is not None else line.asked for line in side.lines}
            assert side.record is not None  # noqa: S101 - it writes
            by = side.record.coordinator
            actions.save_spending(report, spent, own["note"], version=0, by=by, at=at + timedelta(days=1))

    def publish(self, at: datetime) -> None:
        """Add a photo and write a summary, before both sign."""
        contents, own = self.contents(), self.own
        by = next(side.record.coordinator for side in contents.writers if side.record)
        image = image_of(group_picture())
        content_type, _ending = KINDS[image.kind]
        report_files.add_file(
            contents.report,
            ReportFileKind.PHOTO,
            name="equipes.jpg",
            data=image.data,
            content_type=content_type,
            width=image.width,
            height=image.height,
            alt=own["alt"],
            credit=own["credit"],
            has_consent=True,
            by=by,
            at=at,
        )
        summary = {"public_text": own["summary"].strip(), "public_language": own["language"]}
        actions.save_summary(contents.report, summary, version=0, by=by, at=at)

    def sign(self, at: datetime) -> None:
        """Let each coordinator read it over and sign."""
        for number, side in enumerate(self.contents().writers):
            report = self.contents().report
            assert side.record is not None  # noqa: S101 - it writes
            by, when = side.record.coordinator, at + number * timedelta(days=2)
            report_signing.sign_report(report, version=report.version, by=by, at=when)

    def accept(self, at: datetime) -> None:
        """Let both agencies accept it, and everybody agree to the summary."""
        contents = self.contents()
        report, sides = contents.report, contents.sides
        for number, side in enumerate(sides):
            by, when = self.officers[side.held.side.agency.country], at + number * timedelta(days=3)
            report_signing.decide_report(report, side.held.side, number=1, accepts=True, by=by, at=when)
        version = self.contents().report.summary_version
        for number, side in enumerate(sides):
            when = at + timedelta(days=5 + number)
            assert side.record is not None  # noqa: S101 - both halves of the pair are records
            person = side.record.coordinator
            report_summary.agree_as_coordinator(report, agrees=True, version=version, by=person, at=when)
            by = self.officers[side.held.side.agency.country]
            report_summary.agree_as_officer(report, side.held.side, agrees=True, version=version, by=by, at=when)

    def hand_back(self, at: datetime) -> None:
        """Let JSPS return it with a comment."""
        contents = self.contents()
        side = next(one.held.side for one in contents.sides if one.held.side.agency.country == "JP")
        words = self.own["returned"].strip()
        by = self.officers["JP"]
        report_signing.decide_report(contents.report, side, number=1, accepts=False, comment=words, by=by, at=at)
