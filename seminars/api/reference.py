"""The reference of the interface as a plain page, made from its own description; no script draws it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.http import problem
from accounts.policies import PUBLIC, policy
from seminars.actions.tokens import REQUESTS
from seminars.api.guessing import WRONG
from seminars.api.site import api
from seminars.choices import ApiRight

PREFIX = "#/components/schemas/"


@dataclass(frozen=True)
class Value:
    """A parameter or a field: its name, its kind in words, what it means."""

    name: str
    kind: str
    description: str


@dataclass(frozen=True)
class Operation:
    """One address that can be read."""

    path: str
    right: ApiRight
    description: str
    parameters: tuple[Value, ...]
    answer: str


@dataclass(frozen=True)
class Shape:
    """What an answer is made of."""

    name: str
    description: str
    fields: tuple[Value, ...]
    choices: tuple[str, ...]
    """What a closed list holds, which has no fields."""


def kind_of(schema: Mapping[str, Any]) -> str:
    """Write the kind of a value: "Side[]", "string (date-time)", "integer or null"."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(PREFIX)
    if "anyOf" in schema:
        return " or ".join(kind_of(choice) for choice in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{kind_of(schema['items'])}[]"
    if "allOf" in schema:
        return kind_of(schema["allOf"][0])
    form = f" ({schema['format']})" if "format" in schema else ""
    return f"{schema.get('type', 'any')}{form}"


def operations(description: Mapping[str, Any]) -> Iterator[Operation]:
    """Return the operations that an OpenAPI description lists."""
    for path, methods in description["paths"].items():
        told = methods["get"]
        yield Operation(
            path=path,
            right=ApiRight(told["x-right"]),
            description=told.get("description", ""),
            parameters=tuple(
                Value(each["name"], kind_of(each["schema"]), each.get("description", ""))
                for each in told.get("parameters", ())
            ),
            answer=kind_of(told["responses"][200]["content"]["application/json"]["schema"]),
        )


def shapes(description: Mapping[str, Any]) -> Iterator[Shape]:
    """Return what the answers of an OpenAPI description are made of."""
    for name, schema in description["components"]["schemas"].items():
        properties = schema.get("properties", {}).items()
        fields = [Value(field, kind_of(each), each.get("description", "")) for field, each in properties]
        yield Shape(name, schema.get("description", ""), tuple(fields), tuple(schema.get("enum", ())))


@policy(PUBLIC)
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show what the interface offers to those who write a system against it."""
    description = api.get_openapi_schema()
    context = {
        "site": settings.SITE_URL,
        "requests": REQUESTS,
        "wrong": WRONG,
        "operations": list(operations(description)),
        "shapes": list(shapes(description)),
    }
    return render(request, "seminars/api/reference.html", context)


@csrf_exempt
@policy(PUBLIC)
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer 404 to every other address of the interface, as the interface does."""
    return problem(404)
