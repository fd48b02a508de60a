"""Shells, forms and error pages as they leave the server."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from majlis.kernel.errors import MajlisError, NotAllowed, NotFound, RuleBroken
from majlis.ui import views
from majlis.ui.errors import WORDS, error_answer
from majlis.ui.http import redirect_after
from majlis.ui.middleware import LanguageChoice, RuleErrors
from tests.ui.gallery import GalleryForm, page

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Outline(HTMLParser):
    """Remembers tags, ids and what points at ids; complains about tags closed out of order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _tag, attrs in self.tags if "id" in attrs]


def asked(path: str = "/en/", *, htmx: bool = False) -> HttpRequest:
    request = RequestFactory().get(path, headers={"HX-Request": "true"} if htmx else {})
    request.user = AnonymousUser()
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("shell", ["ui/page.html", "ui/desk.html", "ui/stage.html"])
def test_a_shell_is_well_formed_in_its_language(lang: str, shell: str):
    outline = Outline(page(lang, shell))
    assert outline.faults == []
    [html] = outline.all("html")
    assert (html["lang"], html["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    assert len(outline.ids()) == len(set(outline.ids()))
    assert len(outline.all("main")) == 1


def test_every_label_and_description_points_at_something():
    outline = Outline(page("en"))
    there = set(outline.ids())
    for _tag, attrs in outline.tags:
        for name in ("for", "aria-describedby", "aria-labelledby"):
            assert set((attrs.get(name) or "").split()) <= there
    links = [a["href"] or "" for a in outline.all("a") if "#id_" in (a["href"] or "")]
    assert {link[1:] for link in links} <= there
    assert len(links) == len(GalleryForm({"email": "no", "country": "tn"}).errors)


def test_a_shell_without_any_context_still_stands():
    bare = dict.fromkeys(
        [
            "edition_name",
            "edition_when",
            "site_menu",
            "account",
            "breadcrumb",
            "is_rehearsal",
            "funding",
            "disclaimer",
            "footer_links",
            "desk_menu",
            "request",
        ]
    )
    outline = Outline(page("fr", "ui/desk.html", **bare))
    assert outline.faults == []
    assert outline.all("aside") == []


def test_a_rehearsal_is_marked_on_every_shell():
    """The room screen marks it with its scene: tests/stage."""
    for shell in ("ui/page.html", "ui/desk.html"):
        assert [a["class"] for a in Outline(page("en", shell)).all("aside")] == ["rehearsal"]


def test_typed_words_decide_their_direction_and_addresses_stay_left_to_right():
    fields = {a["name"]: a.get("dir") for a in Outline(page("ar")).all("input")}
    assert (fields["name"], fields["email"]) == ("auto", "ltr")


def test_radios_stand_in_a_fieldset_with_a_legend():
    outline = Outline(str(GalleryForm()))
    assert len(outline.all("fieldset")) == len(outline.all("legend")) == 1


def test_faults_of_the_whole_form_stand_in_the_summary():
    class Whole(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("The two dates contradict each other.")

    assert "The two dates contradict each other." in str(Whole({}))


@pytest.mark.parametrize("status", sorted(WORDS))
def test_an_error_page_says_what_happened_what_it_means_and_what_to_do(db: None, status: int):
    with translation.override("fr"):
        answer = error_answer(asked("/fr/"), status)
        text = answer.content.decode()
        said = [str(WORDS[status].happened), str(WORDS[status].means), str(WORDS[status].todo)]
    assert answer.status_code == status
    assert [part in text for part in said] == [True] * 3


def test_htmx_gets_a_notice_where_the_page_shows_its_messages():
    answer = error_answer(asked(htmx=True), 409, said="Voting is closed.")
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()
    assert "Voting is closed." in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("No such page."), 404),
        (NotAllowed("Not yours."), 403),
        (RuleBroken("The round “%(round)s” is closed.", round="<A>"), 409),
    ],
)
def test_rule_errors_travel_to_the_reader_in_words(db: None, error: MajlisError, status: int):
    request = asked("/en/nowhere/")
    request.resolver_match = None
    answer = RuleErrors(lambda _: HttpResponse()).process_exception(request, error)
    assert answer is not None
    assert answer.status_code == status
    assert str(error).replace("<", "&lt;").replace(">", "&gt;") in answer.content.decode()


def test_other_errors_are_left_to_django():
    handler = RuleErrors(lambda _: HttpResponse())
    assert handler.process_exception(asked(), ValueError("no")) is None


def test_the_page_of_a_fault_of_ours_needs_nothing():
    with translation.override("ar"):
        answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    [html] = Outline(answer.content.decode()).all("html")
    assert (html["lang"], html["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("path", ["/en/there-is-nothing-here/", "/fr/rien/", "/ar/none/"])
def test_an_unknown_address_is_told_in_its_language(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 404
    with translation.override(path[1:3]):
        assert str(WORDS[404].happened) in answer.content.decode()


def test_redirect_after_is_303_and_moves_htmx_as_a_page():
    plain = redirect_after(asked(), "/en/desk/")
    assert (plain.status_code, plain["Location"]) == (303, "/en/desk/")
    moved = redirect_after(asked(htmx=True), "/en/desk/")
    assert (moved.status_code, moved["HX-Redirect"]) == (204, "/en/desk/")


@pytest.mark.parametrize(
    ("path", "lang"), [("/v/abc/?lang=ar", "ar"), ("/fr/e/x/?lang=ar", "fr"), ("/v/?lang=xx", "en")]
)
def test_an_address_without_language_takes_it_from_the_query(path: str, lang: str):
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(translation.get_language())
        return HttpResponse()

    with translation.override("en"):
        LanguageChoice(view)(asked(path))
    assert seen == [lang]
