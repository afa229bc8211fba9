"""Loading a call from plain data, as often as one likes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.actions.history import record
from accounts.choices import Language
from accounts.models import Agency, User
from seminars.actions.calls import Values, hurried_records, store, store_cost_kinds, values_of
from seminars.actions.proposals import plain
from seminars.actions.reminders import ensure_rules
from seminars.choices import CostKind
from seminars.models import Call, CallAgency, CallCountry, Criterion, PriorityArea, ScaleStep, Theme
from seminars.permissions import remove_part_refusal, require, terms_refusal
from seminars.rules.deadline import ImpossibleLocalTime

# What a file lists besides the call's own values, and the key that tells one entry from another.
LISTS: dict[str, tuple[Any, str]] = {
    "agencies": (Agency, "code"),
    "sides": (CallAgency, "agency"),
    "countries": (CallCountry, "country"),
    "themes": (Theme, "code"),
    "areas": (PriorityArea, "code"),
    "criteria": (Criterion, "code"),
    "scale": (ScaleStep, "code"),
}
Key = tuple[str, str]
"""The list and the entry: ("sides", "jsps"); the call itself is ("", "")."""
CALL: Key = ("", "")


class InvalidCall(ValueError):
    """A call's data cannot be loaded; the message names the key and says what is wrong with it."""


@dataclass(frozen=True)
class Loaded:
    """What a loading did: the keys it changed, and by agency how many records an earlier deadline surprises."""

    call: Call
    created: bool
    changed: tuple[str, ...]
    hurried: Mapping[str, int]


@transaction.atomic
def load_call(data: Mapping[str, Any], *, by: User | None, at: datetime) -> Loaded:
    """Create a whole call from plain data, or bring it in line with what its data say anew.

    A value is written when the data differ from what was loaded last: loading again changes nothing, and what an
    administrator has changed since stays. Agencies are created where they are missing, never changed. Raises
    InvalidCall, with nothing written, and Refused for others than administrators.
    """
    require(terms_refusal(by))
    rows = _rows(data)
    code = rows[CALL]["code"]
    call = Call.objects.select_for_update().filter(code=code).first() or Call()
    created, known, told = call.pk is None, call.loaded, _deadlines(call)
    changes = []
    for key, values in rows.items():
        last = known.get(_path(key), {})
        fresh = {name: value for name, value in values.items() if name not in last or last[name] != plain(value)}
        if fresh:
            changes.append(_write(call, key, values, fresh))
    changes += [_remove(call, path) for path in known if path not in map(_path, rows)]
    if call.is_published and call.sides.values("agency__country").distinct().count() != 2:
        raise InvalidCall("sides: a published call has two, of two countries.")
    before = {name: value for old, _ in changes for name, value in old.items()}
    after = {name: value for _, new in changes for name, value in new.items()}
    if before or after:
        record(call, "loaded", by=by, at=at, before=before, after=after)
    call.loaded = {_path(key): {name: plain(value) for name, value in row.items()} for key, row in rows.items()}
    call.save(update_fields=["loaded"])
    # In the call to practise with, reminders count from its opening, so that there are some to see.
    ensure_rules(call, at=min(at, call.opens_at) if call.is_demonstration else at)
    hurried = {
        side.agency.code: hurried_records(side)
        for side in call.sides.select_related("agency")
        if side.deadline_at < told.get(side.pk, side.deadline_at)
    }
    return Loaded(call, created, tuple(before | after), {code: count for code, count in hurried.items() if count})


def _deadlines(call: Call) -> dict[int, datetime]:
    return dict(call.sides.values_list("pk", "deadline_at")) if call.pk else {}


def _path(key: Key) -> str:
    return "".join(f"{part}." for part in key if part)


def _rows(data: Mapping[str, Any]) -> dict[Key, Values]:
    """Return every record of the data with a value for each of its columns, agencies first, then the call."""
    rows = {}
    for name, (model, key) in LISTS.items():
        entries = data.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
            raise InvalidCall(f"{name}: write each entry under [[{name}]].")
        for position, entry in enumerate(entries):
            code = entry.get(key)
            if not isinstance(code, str) or not code or (name, code) in rows:
                raise InvalidCall(f"{name}, entry {position + 1}: {key} is missing, not a text, or there twice.")
            place = {"position": position} if hasattr(model, "position") else {}
            rows[name, code] = _values(model, _path((name, code)), entry | place)
        if name == "agencies":
            rows[CALL] = _values(Call, "", {name: value for name, value in data.items() if name not in LISTS})
    return rows


def _values(model: type[models.Model], path: str, given: Mapping[str, Any]) -> Values:
    """Return a value for every column: the given one, or the default. Texts are given by language."""
    values: Values = {
        column.name: column.get_default()
        for column in model._meta.concrete_fields
        if column.editable and not column.primary_key and column.name != "call"
    }
    if model is CallAgency:
        values["cost_kinds"] = []
    for name, value in given.items():
        columns = {name: value}
        if isinstance(value, Mapping) and set(value) <= set(Language.values):
            columns = {f"{name}_{language}": text for language, text in value.items()}
        if not columns.keys() <= values.keys():
            raise InvalidCall(f"{path}{name}: this key is unknown.")
        values |= columns
    opening = values.get("opens_at")
    if model is Call and (not isinstance(opening, datetime) or opening.tzinfo is None):
        raise InvalidCall("opens_at: write an instant with its distance from UTC, such as 2026-06-01T10:00:00+02:00.")
    return values


def _write(call: Call, key: Key, values: Values, fresh: Values) -> tuple[Values, Values]:
    """Write what is new in one record of the data; return what changed, before and after."""
    name, code = key
    if name == "agencies":
        return {}, _create_agency(code, values)
    part: Any = call if key == CALL else _part(call, name, code) or LISTS[name][0](call=call)
    for column, value in (fresh if part.pk else values).items():
        if column == "agency":
            part.agency = _agency(value)
        elif column != "cost_kinds":
            setattr(part, column, value)
    before, after = _save(part, _path(key))
    if "cost_kinds" in fresh:
        kinds = fresh["cost_kinds"]
        if not isinstance(kinds, list) or not all(kind in CostKind.values for kind in kinds):
            raise InvalidCall(f"{_path(key)}cost_kinds: each is one of {', '.join(CostKind.values)}.")
        old, new = store_cost_kinds(part, kinds)
        return before | old, after | new
    return before, after


def _create_agency(code: str, values: Values) -> Values:
    """Create an agency where there is none with this code; return what it says."""
    if Agency.objects.filter(code=code).exists():
        return {}
    agency = Agency(**values)
    with _naming(f"agencies.{code}."):
        agency.full_clean()
    agency.save()
    return {f"agencies.{code}.{name}": plain(value) for name, value in values.items()}


def _part(call: Call, name: str, code: str) -> Any:
    """Return the stored part of a call with that key, or nothing."""
    model, key = LISTS[name]
    return model._default_manager.filter(call=call, **{"agency__code" if key == "agency" else key: code}).first()


def _agency(code: str) -> Agency:
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise InvalidCall(f"sides.{code}.agency: no agency has this code, here or in the database.")
    return agency


def _save(part: Any, path: str) -> tuple[Values, Values]:
    with _naming(path):
        part.full_clean(exclude=["deadline_at"])
        return store(part)


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Turn what is wrong with a record into an InvalidCall that names the keys of the data."""
    try:
        yield
    except ImpossibleLocalTime as doubtful:
        reason = f"the clocks there skip this local time or show it twice ({doubtful})."
        raise InvalidCall(f"{path}deadline_time: {reason}") from doubtful
    except ValidationError as wrong:
        told = [
            f"{path}{name}".removesuffix(".__all__") + f": {' '.join(texts)}"
            for name, texts in wrong.message_dict.items()
        ]
        raise InvalidCall("\n".join(told)) from wrong


def _remove(call: Call, path: str) -> tuple[Values, Values]:
    """Remove what the data no longer hold; return what it said."""
    name, code = path.rstrip(".").split(".", 1)
    part = _part(call, name, code) if name != "agencies" else None
    if part is None:
        return {}, {}
    refusal = remove_part_refusal(call, None)
    if refusal:
        raise InvalidCall(f"{path.rstrip('.')}: {refusal}")
    before = values_of(part)
    part.delete()
    return before, {}
