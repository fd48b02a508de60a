"""Answers that need no Django: one sentence in each language, as plain text."""

from __future__ import annotations

from collections.abc import Mapping

from majlis.kernel.live import Send

SENTENCES: Mapping[int, tuple[str, str, str]] = {
    400: (
        "Sorry, we could not process your request: it is not valid. Nothing was changed.",
        (
            "Désolé, nous n’avons pas pu traiter votre demande : elle n’est pas valable. "
            "Rien n’a été modifié."
        ),
        "عذرًا، تعذّرت معالجة طلبكم لأنه غير صالح. لم يتغيّر شيء.",
    ),
    408: (
        (
            "The request took too long to arrive. Nothing was changed. Check the connection and "
            "try again."
        ),
        (
            "La demande a mis trop de temps à arriver. Rien n’a été modifié. Vérifiez la "
            "connexion, puis réessayez."
        ),
        "استغرق وصول الطلب وقتًا طويلًا. لم يتغيّر شيء. تحقّقوا من الاتصال ثم أعيدوا المحاولة.",
    ),
    413: (
        "What you sent is too large. Nothing was saved. Send less at once.",
        "Votre envoi est trop volumineux. Rien n’a été enregistré. Envoyez-en moins à la fois.",
        "ما أرسلتموه كبير جدًا. لم يُحفظ شيء. أرسلوا قدرًا أقل في كل مرة.",
    ),
    431: (
        (
            "The address or the cookies sent are too long. Nothing was changed. Delete the cookies "
            "of this site and try again."
        ),
        (
            "L’adresse ou les cookies envoyés sont trop longs. Rien n’a été modifié. Supprimez les "
            "cookies de ce site, puis réessayez."
        ),
        (
            "العنوان أو ملفات تعريف الارتباط المرسلة أطول من اللازم. لم يتغيّر شيء. احذفوا ملفات "
            "تعريف الارتباط لهذا الموقع ثم أعيدوا المحاولة."
        ),
    ),
    503: (
        "Too much is arriving at once. Nothing was changed. Try again in a few seconds.",
        (
            "Trop de demandes arrivent en même temps. Rien n’a été modifié. Réessayez dans "
            "quelques secondes."
        ),
        "تصل طلبات كثيرة في الوقت نفسه. لم يتغيّر شيء. أعيدوا المحاولة بعد بضع ثوانٍ.",
    ),
}
REASONS = {
    400: b"Bad Request",
    408: b"Request Timeout",
    413: b"Content Too Large",
    431: b"Request Header Fields Too Large",
    503: b"Service Unavailable",
}


def headers_of(status: int) -> list[tuple[bytes, bytes]]:
    """The headers of such an answer. The connection ends: something of the request may be left."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(text_of(status))),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    return [*headers, (b"retry-after", b"5")] if status == 503 else headers


def text_of(status: int) -> bytes:
    """The sentence in every language; who sends what is refused here has not said which."""
    return ("\n".join(SENTENCES[status]) + "\n").encode()


def raw(status: int) -> bytes:
    """The whole answer as it goes over the line, where there is no request yet to answer."""
    lines = [b"HTTP/1.1 %d %s" % (status, REASONS[status])]
    lines += [b"%s: %s" % header for header in headers_of(status)]
    return b"\r\n".join([*lines, b"", text_of(status)])


async def refuse(send: Send, status: int) -> None:
    """Answer a request with its sentence."""
    start = {"type": "http.response.start", "status": status, "headers": headers_of(status)}
    await send(start)
    await send({"type": "http.response.body", "body": text_of(status)})
