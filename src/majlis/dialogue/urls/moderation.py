"""Addresses: the moderation desk and statements."""

from django.urls import path

from majlis.dialogue.views import desk_moderation as moderation
from majlis.dialogue.views import desk_statements as statements

DESK = "desk/<slug:edition>"

urlpatterns = [
    path(f"{DESK}/moderation/", moderation.moderation_page, name="moderation"),
    path(f"{DESK}/moderation/steps/", moderation.steps_page, name="steps"),
    path(f"{DESK}/moderation/steps/<str:code>/undo/", moderation.step_undo, name="step-undo"),
    path(f"{DESK}/moderation/<slug:kind>/", moderation.step_page, name="step"),
    path(f"{DESK}/cards/", moderation.card_page, name="card"),
    path(f"{DESK}/statements/", statements.statements_page, name="statements"),
    path(
        f"{DESK}/statements/export/<slug:kind>/",
        statements.statements_export,
        name="statements-export",
    ),
    path(f"{DESK}/statements/<str:code>/", statements.statement_page, name="statement"),
    path(
        f"{DESK}/statements/<str:code>/translation/<slug:language>/",
        statements.statement_translate,
        name="statement-translate",
    ),
    path(f"{DESK}/translations/", statements.translations_page, name="translations"),
    path(
        f"{DESK}/translations/<slug:language>/",
        statements.translations_page,
        name="translations-into",
    ),
]
