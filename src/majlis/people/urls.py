"""Addresses of coming in and going out."""

from django.urls import path

from majlis.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in_page, name="sign-in"),
    path("sign-in/sent/", views.sign_in_sent_page, name="sign-in-sent"),
    path("sign-in/<str:token>/", views.sign_in_link_page, name="sign-in-link"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("signed-in/", views.signed_in_page, name="signed-in"),
    path("signed-in/elsewhere/", views.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("signed-in/<slug:code>/", views.sign_out_there, name="sign-out-there"),
]
