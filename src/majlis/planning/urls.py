"""Addresses on which an organiser makes series and editions."""

from django.urls import path

from majlis.planning.views import editions, files, packs, parts, programme

app_name = "planning"
urlpatterns = [
    path("new-series/", editions.new_series, name="new-series"),
    path("new-edition/", editions.new_edition, name="new-edition"),
    path("series/<slug:series>/edit/", editions.series_edit, name="series"),
    path("desk/<slug:edition>/plan/", editions.plan_page, name="plan"),
    path("desk/<slug:edition>/plan/preview/", editions.preview_page, name="preview"),
    path("desk/<slug:edition>/plan/emblems/<str:code>/", editions.emblem, name="emblem"),
    path("desk/<slug:edition>/plan/photos/<str:code>/", editions.photo, name="photo"),
    path("desk/<slug:edition>/plan/settings/", editions.settings_page, name="settings"),
    path("desk/<slug:edition>/plan/state/<slug:state>/", editions.state_set, name="state"),
    path("desk/<slug:edition>/plan/programme/", programme.programme_page, name="programme"),
    path("desk/<slug:edition>/plan/programme/grid/", programme.grid_page, name="grid"),
    path("desk/<slug:edition>/plan/programme/<str:code>/place/", programme.place, name="place"),
    path("desk/<slug:edition>/plan/programme/publish/", programme.publish, name="publish"),
    path(
        "desk/<slug:edition>/plan/programme/emails/<str:code>/stop/",
        programme.notice_stop,
        name="stop-notice",
    ),
    path(
        "desk/<slug:edition>/plan/programme/<str:code>/on-the-day/",
        programme.session_move,
        name="move-session",
    ),
    path(
        "desk/<slug:edition>/plan/programme/<str:code>/people/",
        programme.person_add,
        name="add-person",
    ),
    path(
        "desk/<slug:edition>/plan/programme/<str:code>/people/remove/",
        programme.person_remove,
        name="remove-person",
    ),
    path("desk/<slug:edition>/plan/pack/", packs.pack_page, name="pack"),
    path("desk/<slug:edition>/plan/pack/file.zip", packs.pack_file, name="pack-file"),
    path("desk/<slug:edition>/plan/pack/load/", packs.pack_load, name="pack-load"),
    path("desk/<slug:edition>/plan/form/usual/", parts.usual_set, name="usual"),
    path("desk/<slug:edition>/plan/programme/<str:code>/files/", files.file_add, name="add-file"),
    path(
        "desk/<slug:edition>/plan/files/<str:code>/remove/", files.file_remove, name="remove-file"
    ),
    path("e/<slug:edition>/files/<str:code>/", files.file_download, name="file"),
    path("desk/<slug:edition>/plan/<slug:part>/", parts.part_page, name="part"),
    path("desk/<slug:edition>/plan/<slug:part>/new/", parts.row_page, name="new-row"),
    path("desk/<slug:edition>/plan/<slug:part>/<str:code>/", parts.row_page, name="row"),
    path("desk/<slug:edition>/plan/<slug:part>/<str:code>/move/", parts.row_move, name="move"),
    path(
        "desk/<slug:edition>/plan/<slug:part>/<str:code>/remove/", parts.row_remove, name="remove"
    ),
    path(
        "desk/<slug:edition>/plan/<slug:part>/<str:code>/retire/", parts.row_retire, name="retire"
    ),
]
