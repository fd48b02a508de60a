"""Addresses of emails of an edition."""

from django.urls import path

from majlis.circulars.views import circulars, messages, server, stop, wordings

app_name = "circulars"
_EMAILS = "desk/<slug:edition>/emails/"
urlpatterns = [
    path(_EMAILS, messages.messages_page, name="messages"),
    path(f"{_EMAILS}kept/", messages.kept_send, name="send-kept"),
    path(f"{_EMAILS}sent/<slug:code>/", messages.message_page, name="message"),
    path(f"{_EMAILS}sent/<slug:code>/html/", messages.message_html, name="message-html"),
    path(f"{_EMAILS}sent/<slug:code>/again/", messages.message_again, name="again"),
    path(f"{_EMAILS}server/", server.server_page, name="server"),
    path(f"{_EMAILS}server/test/", server.server_test, name="server-test"),
    path(f"{_EMAILS}server/remove/", server.server_remove, name="server-remove"),
    path(f"{_EMAILS}standard/", wordings.wordings_page, name="wordings"),
    path(
        f"{_EMAILS}standard/<slug:letter>/<slug:language>/", wordings.wording_page, name="wording"
    ),
    path(
        f"{_EMAILS}standard/<slug:letter>/<slug:language>/preview/",
        wordings.wording_preview,
        name="wording-preview",
    ),
    path(
        f"{_EMAILS}standard/<slug:letter>/<slug:language>/remove/",
        wordings.wording_remove,
        name="wording-remove",
    ),
    path(f"{_EMAILS}many/", circulars.circulars_page, name="circulars"),
    path(f"{_EMAILS}many/new/", circulars.new_page, name="new"),
    path(f"{_EMAILS}many/<slug:code>/", circulars.circular_page, name="circular"),
    path(f"{_EMAILS}many/<slug:code>/change/", circulars.change_page, name="change"),
    path(f"{_EMAILS}many/<slug:code>/remove/", circulars.circular_remove, name="remove"),
    path(f"{_EMAILS}many/<slug:code>/begin/", circulars.circular_begin, name="begin"),
    path(f"{_EMAILS}many/<slug:code>/stop/", circulars.circular_stop, name="stop"),
    path(
        f"{_EMAILS}many/<slug:code>/<slug:language>/preview/",
        circulars.circular_preview,
        name="preview",
    ),
    path(f"{_EMAILS}many/<slug:code>/<slug:language>/test/", circulars.circular_try, name="try"),
    path("e/<slug:edition>/emails/<str:token>/", stop.stop_page, name="stop-emails"),
]
