"""A banner for officers where something behind the pages has stopped."""

from typing import Any

from django import template

from accounts.work import troubles

register = template.Library()


@register.inclusion_tag("_work.html", takes_context=True)
def work_banner(context: dict[str, Any]) -> dict[str, Any]:
    """Show officers what is wrong; nobody else, and nothing where all works."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated or not user.is_officer:
        return {"troubles": ()}
    return {"troubles": troubles(request.arrived_at)}
