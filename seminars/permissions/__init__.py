"""What a person may do now: each function returns why not, or nothing. Views require it, templates show it."""

from seminars.permissions.admission import admit_refusal, end_admission_refusal
from seminars.permissions.application_list import (
    prepare_refusal,
    share_refusal,
    undo_refusal,
    unshare_refusal,
    upload_refusal,
)
from seminars.permissions.base import Refusal, Refused, require
from seminars.permissions.call import (
    change_unpublished_refusal,
    copy_refusal,
    remove_part_refusal,
    terms_refusal,
)
from seminars.permissions.directory import curate_refusal
from seminars.permissions.eligibility import (
    agree_refusal,
    change_notice_refusal,
    decide_refusal,
    reopen_decision_refusal,
)
from seminars.permissions.feed import make_feed_refusal, revoke_feed_refusal
from seminars.permissions.invitation import (
    accept_refusal,
    address_refusal,
    attach_refusal,
    invitation_refusal,
    invite_refusal,
)
from seminars.permissions.mailing import send_refusal, writable
from seminars.permissions.matching import compare_refusal, match_refusal, take_apart_refusal
from seminars.permissions.note import (
    Reader,
    agency_for,
    delete_note_refusal,
    edit_note_refusal,
    is_pair,
    readers_of,
    write_note_refusal,
)
from seminars.permissions.pack import delete_pack_refusal, pack_refusal
from seminars.permissions.pairing import confirm_refusal, leave_refusal, take_refusal, tell_refusal
from seminars.permissions.personal import erasure_refusal, retention_refusal
from seminars.permissions.proposal import edit_refusal, reopen_refusal, start_refusal, submit_refusal, withdraw_refusal
from seminars.permissions.reminder import change_rules_refusal
from seminars.permissions.search import change_search_refusal, save_search_refusal
from seminars.permissions.token import make_token_refusal, revoke_token_refusal

__all__ = [
    "Reader",
    "Refusal",
    "Refused",
    "accept_refusal",
    "address_refusal",
    "admit_refusal",
    "agency_for",
    "agree_refusal",
    "attach_refusal",
    "change_notice_refusal",
    "change_rules_refusal",
    "change_search_refusal",
    "change_unpublished_refusal",
    "compare_refusal",
    "confirm_refusal",
    "copy_refusal",
    "curate_refusal",
    "decide_refusal",
    "delete_note_refusal",
    "delete_pack_refusal",
    "edit_note_refusal",
    "edit_refusal",
    "end_admission_refusal",
    "erasure_refusal",
    "invitation_refusal",
    "invite_refusal",
    "is_pair",
    "leave_refusal",
    "make_feed_refusal",
    "make_token_refusal",
    "match_refusal",
    "pack_refusal",
    "prepare_refusal",
    "readers_of",
    "remove_part_refusal",
    "reopen_decision_refusal",
    "reopen_refusal",
    "require",
    "retention_refusal",
    "revoke_feed_refusal",
    "revoke_token_refusal",
    "save_search_refusal",
    "send_refusal",
    "share_refusal",
    "start_refusal",
    "submit_refusal",
    "take_apart_refusal",
    "take_refusal",
    "tell_refusal",
    "terms_refusal",
    "undo_refusal",
    "unshare_refusal",
    "upload_refusal",
    "withdraw_refusal",
    "writable",
    "write_note_refusal",
]
