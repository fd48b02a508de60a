"""What people do with recommendations, each as one verb."""

from majlis.recommendations.actions.citing import cite, cite_again, put_earlier, take_away
from majlis.recommendations.actions.drafting import (
    add_link,
    draft_recommendation,
    name_addressee,
    plan_recommendation,
    relate,
    revise_addressee,
    revise_recommendation,
    translate_recommendation,
    unrelate,
)
from majlis.recommendations.actions.moving import (
    decide,
    publish,
    put_on_final_list,
    review,
    send_back,
    submit_for_review,
    supersede,
    withdraw,
)

__all__ = [
    "add_link",
    "cite",
    "cite_again",
    "decide",
    "draft_recommendation",
    "name_addressee",
    "plan_recommendation",
    "publish",
    "put_earlier",
    "put_on_final_list",
    "relate",
    "review",
    "revise_addressee",
    "revise_recommendation",
    "send_back",
    "submit_for_review",
    "supersede",
    "take_away",
    "translate_recommendation",
    "unrelate",
    "withdraw",
]
