"""Sessions are moved on the time grid by mouse, touch and keyboard, and put back; one's own
selection of the programme stays on the device."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import PHONE, Server, faults

DEMO = "tunis-2026"


def drag(tab: Any, x: float, y: float, to_x: float, to_y: float) -> None:
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(to_x, to_y, steps=5)
    tab.mouse.up()


@pytest.mark.once
def test_sessions_move_on_the_grid_and_back_and_a_selection_stays(served: Server, chromium: Any):
    from playwright.sync_api import expect

    desk = chromium.new_context(viewport={"width": 1280, "height": 2200})
    tab = desk.new_page()
    tab.goto(served.way_in)
    tab.click("main button")
    tab.goto(f"{served.address}/en/desk/{DEMO}/plan/programme/grid/")
    card = tab.locator("#A12")
    places = [card.get_attribute("data-was")]

    def after(move: Any) -> str:
        move()
        expect(card).not_to_have_attribute("data-was", places[-1])
        places.append(card.get_attribute("data-was"))
        return places[-1]

    box = card.bounding_box()
    x, y, foot = box["x"] + 40, box["y"] + 12, box["y"] + box["height"] - 3
    rows = "getComputedStyle(document.querySelector('.grid-body')).gridTemplateRows"
    row = tab.evaluate(f"parseFloat({rows})")
    assert after(lambda: drag(tab, x, foot, x, foot + 2 * row))[11:22] == "14:15 15:05"
    assert after(lambda: drag(tab, x, y, x, y + 6 * row))[11:22] == "14:45 15:35"
    card.focus()
    assert after(lambda: tab.keyboard.press("ArrowUp"))[11:22] == "14:40 15:30"
    assert tab.evaluate("document.activeElement.id") == "A12"
    for former in places[2::-1]:
        assert after(lambda: tab.keyboard.press("Control+z")) == former
    desk.close()

    phone = chromium.new_context(**PHONE)
    tab = phone.new_page()
    address = f"{served.address}/en/e/{DEMO}/programme/"
    tab.goto(address)
    if tab.locator(".earlier summary").count():
        tab.click(".earlier summary")
    tab.click('[data-pick="A13"]')
    tab.reload()
    tab.click("[data-mine]")
    assert tab.locator("[data-session]:visible").count() == 1
    assert tab.get_attribute("[data-calendar]", "href").endswith("?only=A13")
    checked = chromium.new_context(**PHONE, bypass_csp=True)
    assert faults(checked.new_page(), address) == []
