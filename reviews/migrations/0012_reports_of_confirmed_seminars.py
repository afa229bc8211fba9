"""Seminars confirmed before reports were there get theirs."""

from typing import Any

from django.db import migrations


def open_reports(apps: Any, _schema: Any) -> None:
    """Make an empty report, with its sides, for every confirmed seminar."""
    seminars, report, side_of = (apps.get_model(*name) for name in MODELS)
    for seminar in seminars.objects.filter(state="confirmed").select_related("call"):
        made, _created = report.objects.get_or_create(seminar=seminar)
        for side in seminar.call.sides.order_by("pk"):
            side_of.objects.get_or_create(report=made, side=side)


MODELS = (("seminars", "Seminar"), ("reviews", "Report"), ("reviews", "ReportSide"))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_reports")]

    operations = [migrations.RunPython(open_reports, migrations.RunPython.noop)]
