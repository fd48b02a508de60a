"""Addresses of this app below a language."""

from django.urls import include, path, re_path

from majlis.registration.views import (
    answers,
    colleagues,
    desk,
    desk_one,
    devices,
    documents,
    guests,
    imports,
    merging,
    own,
    places,
    public,
    selection,
    substitutes,
    voice,
)

app_name = "registration"

_PUBLIC = [
    path("register/", public.register_page, name="register"),
    path("register/sent/", public.register_sent_page, name="register-sent"),
    path("register/confirm/<str:token>/", public.confirm_address_page, name="confirm-address"),
    path(
        "register/confirm/<str:token>/documents/", documents.documents_page, name="link-documents"
    ),
    path(
        "register/confirm/<str:token>/documents/<slug:question>/",
        documents.document_page,
        name="link-document",
    ),
    path(
        "register/confirm/<str:token>/documents/<slug:question>/remove/",
        documents.document_remove,
        name="link-document-remove",
    ),
    path("join/", voice.join_page, name="join"),
    path("join/leave/", voice.leave, name="leave"),
    path("devices/", devices.devices_page, name="devices"),
    path("devices/code/", devices.show_code, name="show-code"),
    path("devices/connect/", voice.connect_by_email, name="connect"),
    path("devices/cards/<slug:code>/not-me/", devices.card_disown, name="card-disown"),
    re_path(
        r"^devices/(?P<code>[a-z0-9]+)/(?P<verb>end|known|not-me)/$",
        devices.device_act,
        name="device-act",
    ),
    path("invitation/<str:token>/", colleagues.invitation_page, name="invitation"),
    path("guest/<str:token>/", guests.guest_page, name="guest"),
    path("guest/<str:token>/no/", guests.guest_refuse_page, name="guest-no"),
    path("my-sessions/", selection.selection, name="selection"),
    path("my-sessions/<str:token>.ics", selection.own_calendar, name="own-calendar"),
    path("participants/", own.participants_page, name="participants"),
    path("my-data/", own.my_data_page, name="my-data"),
    path("my-data/ask/", own.my_data_ask, name="my-data-ask"),
    path("my-data/download/", own.my_data_download, name="my-data-download"),
    path("my-data/correct/", own.my_data_correct, name="my-data-correct"),
    path("my-data/choices/", own.my_data_consents, name="my-data-consents"),
    path("my-data/withdraw/", own.my_data_withdraw, name="my-data-withdraw"),
    path("my-data/erase/", own.my_data_erase, name="my-data-erase"),
    path("my-data/erased/", own.my_data_erased_page, name="my-data-erased"),
    path("my-data/substitute/", substitutes.substitute_page, name="own-substitute"),
    path("my-data/substitute/drop/", substitutes.substitute_drop, name="own-substitute-drop"),
    path("my-data/documents/", documents.documents_page, name="own-documents"),
    path("my-data/documents/<slug:question>/", documents.document_page, name="own-document"),
    path(
        "my-data/documents/<slug:question>/remove/",
        documents.document_remove,
        name="own-document-remove",
    ),
]
_DESK = [
    path("registrations/", desk.registrations_page, name="desk-registrations"),
    path("registrations/approve/", desk.approve_many, name="desk-approve-many"),
    path("registrations/add/", desk.add_page, name="desk-add"),
    path("registrations/duplicates/", merging.duplicates_page, name="desk-duplicates"),
    path("registrations/<slug:code>/merge/<slug:other>/", merging.merge_page, name="desk-merge"),
    path("registrations/places/", places.places_page, name="desk-places"),
    path("registrations/cards/", desk.cards_page, name="desk-cards"),
    path("registrations/<slug:code>/", desk_one.registration_page, name="desk-registration"),
    path("registrations/<slug:code>/edit/", desk_one.edit_page, name="desk-edit"),
    path("registrations/<slug:code>/decline/", desk_one.decline_page, name="desk-decline"),
    path("registrations/<slug:code>/erase/", desk_one.erase_page, name="desk-erase"),
    re_path(
        r"^registrations/(?P<code>[a-z0-9]+)/"
        r"(?P<verb>approve|vouch|arrived|not-arrived|new-card|send-link|disconnect|seen)/$",
        desk_one.registration_act,
        name="desk-act",
    ),
    path(
        "registrations/<slug:code>/substitute/",
        substitutes.substitute_page,
        name="desk-substitute",
    ),
    path(
        "registrations/<slug:code>/substitute/drop/",
        substitutes.substitute_drop,
        name="desk-substitute-drop",
    ),
    path("registrations/<slug:code>/documents/", documents.documents_page, name="desk-documents"),
    path(
        "registrations/<slug:code>/documents/<slug:question>/",
        documents.document_page,
        name="desk-document",
    ),
    path(
        "registrations/<slug:code>/documents/<slug:question>/remove/",
        documents.document_remove,
        name="desk-document-remove",
    ),
    path("guests/", guests.guests_page, name="desk-guests"),
    path("guests/add/", guests.guest_add_page, name="desk-guest-add"),
    path("guests/invite/", guests.guests_invite, name="desk-guests-invite"),
    re_path(
        r"^guests/(?P<code>[a-z0-9]+)/(?P<verb>invite|remove)/$",
        guests.guest_act,
        name="desk-guest-act",
    ),
    path("imports/new/", imports.upload_page, name="desk-upload"),
    path("imports/<slug:code>/", imports.import_page, name="desk-import"),
    re_path(
        r"^imports/(?P<code>[a-z0-9]+)/(?P<verb>start|undo|discard)/$",
        imports.import_act,
        name="desk-import-act",
    ),
    path("answers/", answers.answers_page, name="desk-answers"),
    path("participants/admit-again/", desk.admit_again_page, name="desk-admit-again"),
    path("participants/", desk.census_page, name="desk-census"),
    path("colleagues/", colleagues.colleagues_page, name="desk-colleagues"),
    re_path(
        r"^colleagues/(?P<code>[a-z0-9]+)/(?P<verb>give|revoke)/$",
        colleagues.role_change,
        name="desk-role",
    ),
    re_path(
        r"^colleagues/invitations/(?P<code>[a-z0-9]+)/(?P<verb>again|take-back)/$",
        colleagues.invitation_act,
        name="desk-invitation",
    ),
]
urlpatterns = [
    path("e/<slug:edition>/", include(_PUBLIC)),
    path("desk/<slug:edition>/", include(_DESK)),
]
