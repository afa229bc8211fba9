"""What the evaluation holds on a person: what a reviewer has said of themselves, and written."""

from accounts.personal import rows
from reviews.models import (
    Affiliation,
    Assignment,
    Collaborator,
    Conflict,
    PanelMember,
    PanelNote,
    Review,
    Reviewer,
    Score,
    SelectionNote,
)

SOURCES = (
    rows("reviewer", Reviewer, "user"),
    rows("reviewer_affiliations", Affiliation, "reviewer__user"),
    rows("reviewer_collaborators", Collaborator, "reviewer__user"),
    rows("conflicts_of_interest", Conflict, "user"),
    rows("assignments", Assignment, "reviewer__user"),
    rows("reviews", Review, "assignment__reviewer__user"),
    rows("scores", Score, "review__assignment__reviewer__user"),
    rows("panel_seats", PanelMember, "user"),
    rows("panel_notes", PanelNote, "author"),
    rows("notes_on_the_joint_selection", SelectionNote, "author"),
)
