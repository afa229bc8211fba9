"""The list that JSPS's officer has imported from JSPS's own system and shared with Inserm, and a match in it."""

import re
from datetime import datetime
from pathlib import Path

from accounts.models import User
from seminars.actions.application_list import share_list, upload_list
from seminars.actions.list_import import order_import, run_import
from seminars.actions.matching import confirm_match, reject_match
from seminars.forms.application_list import read_upload
from seminars.models import ApplicationList, Call, CallAgency, ListedApplication, Proposal

FILE = Path(__file__).parent / "jsps-list.csv"
MATCHED = "theo.garcon@demo.example"
"""The coordinator whose record is matched; JSPS lists two applications by the partner."""
HALF, OTHER = "JPJSBP-202690001", "JPJSBP-202690002"


def import_list(call: Call | None, *, by: User, at: datetime) -> ApplicationList | None:
    """Import the list of JSPS's applications and share it, unless there is no call or somebody has imported any.

    A coordinator's address in braces stands for the application number of that coordinator's record.
    """
    if call is None or ApplicationList.objects.filter(side__call=call).exists():
        return None
    side = CallAgency.objects.select_related("call", "agency").get(call=call, agency__code="jsps")
    records = Proposal.objects.filter(side=side).values_list("coordinator__email", "application_number")
    numbers = dict(records)
    text = re.sub(r"\{(.+?)\}", lambda found: numbers.get(found[1], ""), FILE.read_text(encoding="utf-8"))
    uploaded = read_upload("jsps-2026.csv", text.encode("utf-16"))
    listed = upload_list(uploaded, side=side, held_by=side.agency, by=by, at=at)
    order_import(listed, by=by, at=at)
    run_import(listed.pk, at=at)
    listed.refresh_from_db()
    share_list(listed, by=by, at=at)
    return listed


def match_one(listed: ApplicationList, *, by: User, at: datetime) -> None:
    """Refuse the second application of one Japanese coordinator and match the first; the rest is left to visitors."""
    record = Proposal.objects.with_side().get(side__call=listed.side.call, coordinator__email=MATCHED)
    rows = ListedApplication.objects.with_side().filter(application_list=listed)
    reject_match(record, rows.get(application_number=OTHER), by=by, at=at)
    confirm_match(record, rows.get(application_number=HALF), by=by, at=at)
