"""Addresses of the pages on which agencies keep the keys of their systems."""

from django.urls import path

from seminars.views import tokens

urlpatterns = [
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
]
