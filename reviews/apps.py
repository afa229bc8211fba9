"""Reviews: each agency's evaluation, the joint selection, its announcement, and what follows for the budget."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.relations import name_relations


class ReviewsConfig(AppConfig):
    """Evaluation and selection. It knows the programme and its people; neither knows it."""

    name = "reviews"
    verbose_name = _("Evaluation and selection")

    def ready(self) -> None:
        """Name the relations; register what people are reminded of, and what the statistics count of reports.

        Who comes to judge while an evaluation is under way is compared with its teams at once.
        """
        from accounts.actions import roles
        from reviews.actions.conflict import detect_at_role
        from reviews.queries import reminding_sources, report_figures
        from seminars import breakdowns, reminding

        name_relations(self)
        reminding.register(reminding_sources.source, reminding_sources.KINDS)
        breakdowns.register(report_figures.source)
        roles.FOLLOWING.append(detect_at_role)
