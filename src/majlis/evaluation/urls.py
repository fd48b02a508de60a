"""Where people answer, and where the team asks and reads."""

from django.urls import path

from majlis.evaluation import views

app_name = "evaluation"
_desk = "desk/<slug:edition>/evaluation/"
_wave = _desk + "<slug:wave>/"
urlpatterns = [
    path("e/<slug:edition>/evaluation/thanks/", views.thanks_page, name="thanks"),
    path("e/<slug:edition>/evaluation/<str:token>/", views.answer_page, name="answer"),
    path(_desk, views.desk_page, name="desk"),
    path(_wave, views.wave_page, name="wave"),
    path(_wave + "questions/", views.question_add, name="question-add"),
    path(_wave + "questions/<str:code>/remove/", views.question_remove, name="question-remove"),
    path(_wave + "open/", views.survey_open, name="open"),
    path(_wave + "send/", views.links_send, name="send"),
    path(_wave + "close/", views.survey_close, name="close"),
    path(_wave + "results.<str:kind>", views.results_file, name="file"),
]
