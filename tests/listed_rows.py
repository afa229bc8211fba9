"""Rows of the other agency's list, in a line each."""

import itertools
from typing import Any

from accounts.models import Agency
from seminars.choices import ListState, SheetKind, Track
from seminars.models import ApplicationList, Call, CallAgency, ListedApplication
from tests import cast

numbers = itertools.count(1)


def application_list(call: Call, holder: Agency | None = None, country: str = "JP", **values: Any) -> ApplicationList:
    """Return a list of the applications of one side, held by an agency and imported."""
    officer = cast.inserm_officer()
    return ApplicationList.objects.create(
        side=CallAgency.objects.get(call=call, agency__country=country),
        held_by=holder or cast.inserm(),
        state=ListState.IMPORTED,
        name="jsps.xlsx",
        size=1,
        sha256="0" * 64,
        kind=SheetKind.XLSX,
        header_key="",
        uploaded_at=cast.BEFORE,
        uploaded_by=officer,
        imported_at=cast.BEFORE,
        imported_by=officer,
        **values,
    )


def listed(of: ApplicationList, **values: Any) -> ListedApplication:
    """Return a row of a list: by itself Kenji's application, with Marie as the partner."""
    number = next(numbers)
    said = {
        "application_number": f"1202699{number:03d}",
        "family_name": "TANAKA",
        "given_name": "Kenji",
        "family_name_kanji": "田中",
        "given_name_kanji": "健二",
        "partner_family_name": "LEFEVRE Marie",
        "title_en": "Ageing neurons",
        "track": Track.COUNTERPART,
    }
    return ListedApplication.objects.create(
        application_list=of, side=of.side, held_by=of.held_by, row_number=number + 1, **{**said, **values}
    )
