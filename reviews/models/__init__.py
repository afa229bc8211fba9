"""The records of evaluation and selection, in the order of the flow."""

from reviews.models.announcement import Announcement, Release, Told
from reviews.models.assignment import Assignment
from reviews.models.award import Award, AwardLine, ListedAward
from reviews.models.cancellation import Cancellation, CancelRequest
from reviews.models.change import Change, ChangeWord
from reviews.models.conflict import Conflict
from reviews.models.letter import LetterTemplate
from reviews.models.panel import Panel, PanelMember, PanelNote, Ranking
from reviews.models.practical import Practical
from reviews.models.report import Report, ReportSide
from reviews.models.report_parts import Publication, ReportFile, Spending
from reviews.models.report_version import ReportReopening, ReportVersion, ReportWord
from reviews.models.review import Review, Score
from reviews.models.reviewer import Affiliation, Collaborator, Reviewer
from reviews.models.selection import Decision, Selection, SelectionNote, Signature

__all__ = [
    "Affiliation",
    "Announcement",
    "Assignment",
    "Award",
    "AwardLine",
    "CancelRequest",
    "Cancellation",
    "Change",
    "ChangeWord",
    "Collaborator",
    "Conflict",
    "Decision",
    "LetterTemplate",
    "ListedAward",
    "Panel",
    "PanelMember",
    "PanelNote",
    "Practical",
    "Publication",
    "Ranking",
    "Release",
    "Report",
    "ReportFile",
    "ReportReopening",
    "ReportSide",
    "ReportVersion",
    "ReportWord",
    "Review",
    "Reviewer",
    "Score",
    "Selection",
    "SelectionNote",
    "Signature",
    "Spending",
    "Told",
]
