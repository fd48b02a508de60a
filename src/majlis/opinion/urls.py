"""Where the desk reads results."""

from django.urls import path

from majlis.opinion import views

app_name = "opinion"
urlpatterns = [
    path("desk/<slug:edition>/rounds/<str:code>/results/", views.results_page, name="results"),
]
