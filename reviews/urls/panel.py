"""Addresses of an agency's own panel."""

from django.urls import path

from reviews.views import panel, panel_work

urlpatterns = [
    path("desk/<slug:code>/panel/", panel.panel, name="panel"),
    path("desk/<slug:code>/panel/chase/", panel.chase_panel, name="chase_panel"),
    path("desk/<slug:code>/panel/ranking/", panel_work.panel_ranking, name="panel_ranking"),
    path("desk/<slug:code>/panel/minutes/", panel_work.panel_minutes, name="panel_minutes"),
    path("desk/<slug:code>/panel/seal/", panel_work.panel_seal, name="panel_seal"),
    path("desk/<slug:code>/panel/<int:pk>/", panel.panel_pair, name="panel_pair"),
]
