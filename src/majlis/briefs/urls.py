"""Where briefs are read and issued."""

from django.urls import path

from majlis.briefs import views

app_name = "briefs"
urlpatterns = [
    path(
        "e/<slug:edition>/programme.pdf",
        views.programme_file,
        {"format": "pdf"},
        name="programme-pdf",
    ),
    path(
        "e/<slug:edition>/programme.html",
        views.programme_file,
        {"format": "html"},
        name="programme-html",
    ),
    path("e/<slug:edition>/brief/", views.public_list_page, name="public-list"),
    path("e/<slug:edition>/brief/<int:number>/<str:name>", views.file_download, name="file"),
    path("desk/<slug:edition>/brief/", views.desk_page, name="desk"),
    path(
        "desk/<slug:edition>/brief/preview/<str:lang>.<str:format>",
        views.preview_file,
        name="preview",
    ),
    path("desk/<slug:edition>/brief/issue/", views.issue, name="issue"),
]
