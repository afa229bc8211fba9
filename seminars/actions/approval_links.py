"""Links by which an institution's officer answers without an account."""

import secrets
from datetime import datetime

from accounts.tokens import hashed
from seminars.models import Approval, ApprovalLink


def new_link(approval: Approval, *, at: datetime) -> str:
    """Make one more link to a request for approval and return its secret, which is kept nowhere but in its mail."""
    token = secrets.token_urlsafe(32)
    ApprovalLink.objects.create(approval=approval, token_hash=hashed(token), made_at=at)
    return token
