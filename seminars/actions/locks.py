"""Taking the records of a pair together, always in the same order (SAFETY 7)."""

from django.db import transaction

from seminars.models import Proposal


class _Moved(Exception):
    """The record has joined or left a pair while we waited for it."""


def lock_pair(proposal_id: int) -> Proposal:
    """Lock a record and its partner in id order, and return the record with its dossier, read after the lock.

    Call it inside a transaction. On PostgreSQL the rows are held until the end of the transaction; SQLite
    holds the whole database from the transaction's first statement. Raises Proposal.DoesNotExist.

    Where the pair is another one once the lock is there, the lock is given back before the next try: holding one
    record while waiting for a partner with a smaller id is how two requests would wait for each other.
    """
    while True:
        try:
            with transaction.atomic():
                return _locked(proposal_id)
        except _Moved:
            continue


def _locked(proposal_id: int) -> Proposal:
    seminar_id = Proposal.objects.values_list("seminar_id", flat=True).get(pk=proposal_id)
    scope = {"seminar_id": seminar_id} if seminar_id else {"pk": proposal_id}
    list(Proposal.objects.filter(**scope).order_by("pk").select_for_update().values_list("pk", flat=True))
    proposal = Proposal.objects.with_dossier().get(pk=proposal_id)
    if proposal.seminar_id != seminar_id:
        raise _Moved
    return proposal
