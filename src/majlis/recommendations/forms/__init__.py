"""What may be sent about a recommendation. Forms never save."""

from majlis.recommendations.forms.languages import AddresseeForm, LanguageForm
from majlis.recommendations.forms.moving import (
    DecisionForm,
    FinalListForm,
    PublishForm,
    ReasonForm,
    ReviewForm,
    SupersedeForm,
)
from majlis.recommendations.forms.plan import PlanForm
from majlis.recommendations.forms.sources import CiteForm, LinkForm, RelationForm, StatementFilter
from majlis.recommendations.forms.writing import RecommendationForm

__all__ = [
    "AddresseeForm",
    "CiteForm",
    "DecisionForm",
    "FinalListForm",
    "LanguageForm",
    "LinkForm",
    "PlanForm",
    "PublishForm",
    "ReasonForm",
    "RecommendationForm",
    "RelationForm",
    "ReviewForm",
    "StatementFilter",
    "SupersedeForm",
]
