"""A banner for officers where something behind the pages has stopped."""

from typing import Any

from django import template

from accounts.actions.vitals import SCANNER
from accounts.work import troubles

register = template.Library()


@register.inclusion_tag("_work.html", takes_context=True)
def work_banner(context: dict[str, Any]) -> dict[str, Any]:
    """Show officers what is wrong; nobody else, and nothing where all works."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated or not user.is_officer:
        return {"troubles": ()}
    found = troubles(request.arrived_at)
    codes = {trouble.code for trouble in found}
    return {"troubles": found, "are_mails_late": bool(codes - {SCANNER}), "are_files_refused": SCANNER in codes}
