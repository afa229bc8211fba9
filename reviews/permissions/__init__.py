"""What a person may do now in evaluation and selection: each function returns why not, or nothing."""

from reviews.permissions.announcement import plan_refusal, release_refusal, take_back_refusal
from reviews.permissions.assignment import (
    acknowledge_refusal,
    assign_refusal,
    decline_refusal,
    withdraw_refusal,
)
from reviews.permissions.award import (
    accept_refusal,
    answer_refusal,
    decline_award_refusal,
    propose_refusal,
    reported_refusal,
    settle_listed_refusal,
    validate_refusal,
)
from reviews.permissions.base import not_officer
from reviews.permissions.cancellation import (
    answer_cancel_refusal,
    ask_cancel_refusal,
    take_back_cancel_refusal,
)
from reviews.permissions.change import (
    agree_change_refusal,
    ask_change_refusal,
    decide_change_refusal,
    withdraw_change_refusal,
    zones_of,
)
from reviews.permissions.conflict import (
    decide_conflict_refusal,
    declare_refusal,
    withdraw_declaration_refusal,
)
from reviews.permissions.evaluation import begin_refusal, move_due_refusal
from reviews.permissions.panel import panel_refusal, seal_refusal, unseal_refusal
from reviews.permissions.practical import write_practical_refusal
from reviews.permissions.report import (
    agree_refusal,
    decide_report_refusal,
    own_side,
    reopen_report_refusal,
    sign_report_refusal,
    take_down_refusal,
    write_report_refusal,
    write_summary_refusal,
)
from reviews.permissions.review import reopen_review_refusal, write_refusal
from reviews.permissions.reviewer import (
    accept_review_refusal,
    address_of_reviewer_refusal,
    answer_review_refusal,
    describe_refusal,
    invite_reviewer_refusal,
    remove_reviewer_refusal,
    reviews_for_other,
)
from reviews.permissions.selection import (
    change_selection_refusal,
    open_selection_refusal,
    sign_refusal,
)

__all__ = [
    "accept_refusal",
    "accept_review_refusal",
    "acknowledge_refusal",
    "address_of_reviewer_refusal",
    "agree_change_refusal",
    "agree_refusal",
    "answer_cancel_refusal",
    "answer_refusal",
    "answer_review_refusal",
    "ask_cancel_refusal",
    "ask_change_refusal",
    "assign_refusal",
    "begin_refusal",
    "change_selection_refusal",
    "decide_change_refusal",
    "decide_conflict_refusal",
    "decide_report_refusal",
    "declare_refusal",
    "decline_award_refusal",
    "decline_refusal",
    "describe_refusal",
    "invite_reviewer_refusal",
    "move_due_refusal",
    "not_officer",
    "open_selection_refusal",
    "own_side",
    "panel_refusal",
    "plan_refusal",
    "propose_refusal",
    "release_refusal",
    "remove_reviewer_refusal",
    "reopen_report_refusal",
    "reopen_review_refusal",
    "reported_refusal",
    "reviews_for_other",
    "seal_refusal",
    "settle_listed_refusal",
    "sign_refusal",
    "sign_report_refusal",
    "take_back_cancel_refusal",
    "take_back_refusal",
    "take_down_refusal",
    "unseal_refusal",
    "validate_refusal",
    "withdraw_change_refusal",
    "withdraw_declaration_refusal",
    "withdraw_refusal",
    "write_practical_refusal",
    "write_refusal",
    "write_report_refusal",
    "write_summary_refusal",
    "zones_of",
]
