"""Names, addresses and laboratories in a dossier: each script marked as what it is, Japanese names never torn apart."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts import formats
from seminars.choices import LaboratoryKind, ParticipantRole
from seminars.exports.pdf.runs import Block, Lines, line, reader, row, run, table

Said = Mapping[str, Any]


def side_name(code: str) -> str:
    """Return the country people come with, in words."""
    return formats.country(code, reader()) if code else _("Third country")


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def name_lines(person: Said) -> Lines:
    """Return a name in Latin letters, kanji and kana; for Japanese readers kanji come first."""
    latin = _joined(person["given_name"], person["family_name"].upper())
    kanji = _joined(person["family_name_kanji"], person["given_name_kanji"])
    kana = _joined(person["family_name_kana"], person["given_name_kana"])
    western = [[run(latin, style="strong", lang="")]] if latin else []
    japanese = []
    if kanji:
        japanese.append([run(kanji, lang="ja", style="strong" if reader() == "ja" else "", whole=True)])
    if kana:
        japanese.append([run(kana, lang="ja", style="weak", whole=True)])
    if reader() == "ja" and kanji:
        return [*japanese, [run(latin, lang="")]] if latin else japanese
    return western + japanese


def contact_lines(person: Said) -> Lines:
    """Return how to reach somebody, as far as the reader may know."""
    reached = (person.get("email", ""), person.get("phone", ""))
    lines = [part for value in reached for part in line(value, style="weak", lang="")]
    return lines + line(f"ORCID {person['orcid']}" if person.get("orcid") else "", style="weak", lang="")


def laboratory_lines(laboratory: Said | None) -> Lines:
    """Return where somebody works, in a few lines."""
    if laboratory is None:
        return []
    name = _joined(laboratory["name"], f"({laboratory['unit']})" if laboratory["unit"] else "")
    place = ", ".join(filter(None, (laboratory["institution"], laboratory["city"])))
    return line(name) + line(place, style="weak")


def coordinators(snapshot: Said) -> list[Said]:
    """Return whom a record names as the coordinators."""
    if "coordinators" in snapshot:
        return list(snapshot["coordinators"])
    return [person for person in snapshot.get("participants", ()) if person["role"] == ParticipantRole.COORDINATOR]


def introduced(person: Said) -> Lines:
    """Return a coordinator with position, laboratory and address."""
    position = ", ".join(filter(None, (person.get("title"), person.get("position"))))
    where = laboratory_lines(person.get("laboratory"))
    return name_lines(person) + line(position) + where + contact_lines(person)


def laboratories(people: Iterable[Said]) -> list[Block]:
    """Return the laboratories of ``people``, each once."""
    known = {tuple(sorted(one["laboratory"].items())): one["laboratory"] for one in people if one["laboratory"]}
    columns = (
        (_("Laboratory"), 3.0, "left"),
        (_("Unit number"), 1.6, "left"),
        (_("Institution"), 2.4, "left"),
        (_("City"), 2.0, "left"),
    )
    return [table(columns, map(_laboratory, known.values()))] if known else []


def _laboratory(laboratory: Said) -> dict[str, Any]:
    is_inserm = laboratory["kind"] == LaboratoryKind.INSERM
    name = line(laboratory["name"]) + line(LaboratoryKind.INSERM.label if is_inserm else "", style="weak")
    numbers = line(laboratory["unit"]) + line(f"RNSR {laboratory['rnsr']}" if laboratory["rnsr"] else "", style="weak")
    institution = line(laboratory["institution"]) + line(laboratory["regional_office"], style="weak")
    place = (laboratory["city"], formats.country(laboratory["country"], reader()))
    return row(name, numbers, institution, line(", ".join(filter(None, place))))
