"""Statements on the desk: the list, one with its wordings and lineage, translations, exports."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.dialogue import access, actions, queries
from majlis.dialogue.forms import TranslationForm
from majlis.dialogue.models import Statement
from majlis.dialogue.states import ContributionKind, StatementOrigin, StatementState
from majlis.kernel.errors import NotFound
from majlis.kernel.texts import TextStatus
from majlis.kernel.words import Language
from majlis.registration.access import colleague
from majlis.registration.states import RoleKind
from majlis.ui.http import attached, form_page, redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import named, table_file

FILTERS = ("state", "origin", "theme", "kind")
TRANSLATORS = (RoleKind.MODERATOR, RoleKind.RAPPORTEUR)


def statements_page(request: Request, edition: str) -> HttpResponse:
    """Every statement of the edition, with what it rests on and what it lacks."""
    place = colleague(request, edition)
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    search = request.GET.get("q", "").strip()[:100]
    found = queries.narrowed(place.edition, **chosen, search=search)
    page = page_of(request, found)
    lineages = queries.lineages_of(place.edition, page.object_list)
    context = {
        "edition": place.edition,
        "place": place,
        "chosen": chosen,
        "search": search,
        "page": page,
        "rows": [(s, lineages[s.pk]) for s in page.object_list],
        "states": [c for c in StatementState.choices if c[0] != StatementState.UNDONE],
        "origins": StatementOrigin.choices,
        "themes": place.edition.themes.all(),
        "kinds": ContributionKind.choices,
        "languages": Language.values,
        "may_translate": place.is_(*TRANSLATORS),
    }
    return render(request, "dialogue/statements.html", context)


def statement_page(request: Request, edition: str, code: str) -> HttpResponse:
    """One statement: its wordings, where it comes from, what was made of it."""
    place = colleague(request, edition)
    statement = access.desk_statement(place, code)
    context = {
        "edition": place.edition,
        "statement": statement,
        "forms": _translation_forms(statement),
        "lineage": queries.lineage_of(statement),
        "steps": queries.steps_on(statement),
        "may_moderate": place.is_(RoleKind.MODERATOR),
        "may_translate": place.is_(*TRANSLATORS),
    }
    return render(request, "dialogue/statement.html", context)


def _translation_forms(statement: Statement) -> list[TranslationForm]:
    """A form for each language that is not the original, filled with what is there."""
    forms = []
    for language in Language.values:
        if language == statement.wording.original:
            continue
        there = statement.wording.get(language)
        initial = {"text": there.text, "status": there.status, "seen": there.text} if there else {}
        forms.append(TranslationForm(language=language, initial=initial))
    return forms


@require_POST
def statement_translate(request: Request, edition: str, code: str, language: str) -> HttpResponse:
    """Enter or edit one translation, from the statement's page or from the worklist."""
    place = colleague(request, edition, *TRANSLATORS)
    statement = access.desk_statement(place, code)
    if language not in Language.values:
        raise NotFound
    form = TranslationForm(request.POST, language=language)
    if not form.is_valid():
        context = {"edition": place.edition, "statement": statement}
        return form_page(request, "dialogue/translate.html", form, **context)
    data = form.cleaned_data
    status = TextStatus(data.pop("status"))
    actions.translate_statement(statement, language=language, status=status, by=place, **data)
    said = _("The translation of statement %(number)s has been saved.") % {
        "number": statement.number
    }
    if request.POST.get("then") == "next":
        return redirect_after(request, "dialogue:translations-into", edition, language, said=said)
    return redirect_after(request, "dialogue:statement", edition, code, said=said)


def translations_page(request: Request, edition: str, language: str = "") -> HttpResponse:
    """What lacks a wording, by language, and the next one to translate."""
    place = colleague(request, edition, *TRANSLATORS)
    missing = queries.without_translation(place.edition)
    language = language or max(missing, key=lambda lang: len(missing[lang]))
    if language not in missing:
        raise NotFound
    first, page = missing[language][:1], page_of(request, missing[language][1:])
    known = queries.standing_statements(place.edition).in_bulk([*first, *page.object_list])
    context = {
        "edition": place.edition,
        "language": language,
        "missing": [(lang, len(keys)) for lang, keys in missing.items()],
        "page": page,
        "todo": [known[pk] for pk in page.object_list],
        "statement": known[first[0]] if first else None,
        "form": TranslationForm(language=language),
        "n_todo": len(missing[language]),
    }
    return render(request, "dialogue/translations.html", context)


def statements_export(request: Request, edition: str, kind: str) -> HttpResponse:
    """Every statement with its wordings and the number of its sources, as a file."""
    place = colleague(request, edition, *TRANSLATORS)
    if kind == "xlsx":
        columns, rows = queries.statements_as_table(place.edition)
        return table_file(kind, named(columns), rows, name=f"statements-{place.edition.slug}")
    if kind == "csv":
        answer = HttpResponse(
            queries.statements_as_csv(place.edition), content_type="text/csv; charset=utf-8"
        )
    elif kind == "json":
        answer = JsonResponse(
            queries.statements_as_dicts(place.edition),
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    else:
        raise NotFound
    return attached(answer, f"statements-{place.edition.slug}.{kind}")
