"""Who may ask for a pack of dossiers, and delete it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import PackState
from seminars.models import Call, Pack
from seminars.permissions.base import Refusal

MOST_AT_ONCE = 3


def pack_refusal(call: Call, by: User) -> Refusal | None:
    """Say why ``by`` may not ask for a pack of ``call``: not an officer of it, or several are being made already."""
    if not Call.objects.run_by(by).filter(pk=call.pk).exists():
        return _("Only officers of this call may do this.")
    under_way = Pack.objects.filter(requested_by=by, state__in=(PackState.WAITING, PackState.MAKING))
    if under_way.count() >= MOST_AT_ONCE:
        return _("Three packs of yours are being made. Ask for the next one when one of them is ready.")
    return None


def delete_pack_refusal(pack: Pack, by: User) -> Refusal | None:
    """Say why ``by`` may not delete a pack: somebody else asked for it."""
    if pack.requested_by_id != by.pk:
        return _("Only who asked for this pack may delete it.")
    return None
