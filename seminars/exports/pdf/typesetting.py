"""Setting a dossier with typst: the same data give the same bytes, wherever they are set.

Fonts come with the wheels and with typst itself; those of the system are not looked at. What people wrote is data of
the template, never part of it.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

TEMPLATE = Path(__file__).with_name("dossier.typ")
ACCESSIBLE = "ua-1"


@cache
def _fonts() -> typst.Fonts:
    folders = [str(Path(fonts.FONT_PATH).parent) for fonts in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def typeset(data: dict[str, Any], *, at: datetime) -> bytes:
    """Return ``data`` as a tagged PDF dated ``at``: PDF/UA-1, unless a character in it has no shape in any font.

    A standard that promises readable text may not hold a character nobody can read: such a document is tagged all the
    same, and promises nothing.
    """
    try:
        return _compiled(data, at, [ACCESSIBLE])
    except typst.TypstError:
        return _compiled(data, at, [])


def _compiled(data: dict[str, Any], at: datetime, standards: list[Any]) -> bytes:
    return typst.compile(
        _template(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standards,
        timestamp=int(at.timestamp()),
    )
