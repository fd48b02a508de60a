"""Questions that most seminars ask when people register, ready in three languages."""

from __future__ import annotations

from dataclasses import dataclass

from majlis.series.states import QuestionKind


@dataclass(frozen=True, slots=True)
class Usual:
    """A usual question, which an organiser switches on. Texts are by language."""

    code: str
    kind: QuestionKind
    prompt: dict[str, str]
    options: dict[str, str] | None = None
    is_sensitive: bool = False
    asked_if: str = ""


USUAL: dict[str, Usual] = {
    one.code: one
    for one in (
        Usual(
            "function",
            QuestionKind.TEXT,
            {"en": "Function", "fr": "Fonction", "ar": "الوظيفة"},
        ),
        Usual(
            "phone",
            QuestionKind.TEXT,
            {
                "en": "Mobile phone, for the day only",
                "fr": "Téléphone mobile, pour le jour même uniquement",
                "ar": "الهاتف الجوال، ليوم الندوة فقط",
            },
        ),
        Usual(
            "interpretation",
            QuestionKind.CHOICE,
            {
                "en": "Which interpretation will you listen to?",
                "fr": "Quelle interprétation souhaitez-vous écouter ?",
                "ar": "ما لغة الترجمة الفورية التي تودّون الاستماع إليها؟",
            },
            {
                "en": "None\nArabic\nEnglish\nFrench",
                "fr": "Aucune\nArabe\nAnglais\nFrançais",
                "ar": "لا حاجة\nالعربية\nالإنجليزية\nالفرنسية",
            },
        ),
        Usual(
            "access",
            QuestionKind.LONG,
            {
                "en": "What do you need so that you can take part fully?",
                "fr": "De quoi avez-vous besoin pour participer pleinement ?",
                "ar": "ما الذي تحتاجون إليه لتشاركوا مشاركة كاملة؟",
            },
            is_sensitive=True,
        ),
        Usual(
            "diet",
            QuestionKind.SEVERAL,
            {"en": "Meals", "fr": "Repas", "ar": "الوجبات"},
            {
                "en": "Vegetarian\nVegan\nHalal\nNo gluten\nNo nuts\nNo lactose",
                "fr": "Végétarien\nVégétalien\nHalal\nSans gluten\n"
                "Sans fruits à coque\nSans lactose",
                "ar": "نباتي\nنباتي صرف\nحلال\nدون غلوتين\nدون مكسرات\nدون لاكتوز",
            },
            is_sensitive=True,
        ),
        Usual(
            "visa",
            QuestionKind.YES_NO,
            {
                "en": "Do you need a letter for a visa?",
                "fr": "Avez-vous besoin d’une lettre pour un visa ?",
                "ar": "هل تحتاجون إلى رسالة للحصول على تأشيرة؟",
            },
        ),
        Usual(
            "passport",
            QuestionKind.LONG,
            {
                "en": "For the letter: name as in the passport, nationality, passport number",
                "fr": "Pour la lettre : nom tel que dans le passeport, nationalité, numéro",
                "ar": "للرسالة: الاسم كما في جواز السفر، الجنسية، رقم الجواز",
            },
            is_sensitive=True,
            asked_if="visa=yes",
        ),
        Usual(
            "arrival",
            QuestionKind.DATE,
            {"en": "Day of arrival", "fr": "Jour d’arrivée", "ar": "يوم الوصول"},
        ),
        Usual(
            "nomination",
            QuestionKind.FILE,
            {
                "en": "Official nomination letter",
                "fr": "Lettre de désignation officielle",
                "ar": "رسالة الترشيح الرسمية",
            },
            asked_if="capacity=official",
        ),
    )
}
