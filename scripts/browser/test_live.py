"""Pages that stay true while they are open, and two browsers at once."""

import unittest

from selenium.webdriver.common.by import By

from eyes import (
    THEMES, WIDTHS, browser, button, find, look, overflows, post, shot, sign_in, text, until,
    violations)
from house import House

ASKS = """
policy: proof
rules: []
"""


def told(driver):
    until(driver, lambda: find(driver, By.ID, "main").get_attribute("data-told") == "true",
          "an open stream")


def card(driver):
    return find(driver, By.CSS_SELECTOR, ".cards li")


class TwoBrowsers(unittest.TestCase):
    """What one decides, the other sees without loading anything, and cannot decide again."""

    def setUp(self):
        self.house = House(ASKS)
        self.drivers = [browser(), browser()]
        for driver in self.drivers:
            sign_in(driver, self.house)

    def tearDown(self):
        for driver in self.drivers:
            driver.quit()
        self.assertEqual(self.house.end(), 0)

    def test_a_card_decided_elsewhere_greys_out_and_new_ones_are_counted(self):
        one, other = self.drivers
        told(other)
        driver = one
        find(driver, By.CSS_SELECTOR, ".cards h2 a").click()
        button(driver, "Approve and send this mail").click()
        until(driver, lambda: "Approved." in text(driver), "approved")
        until(other, lambda: "gone" in (card(other).get_attribute("class") or ""), "the grey card")
        said = find(other, By.CLASS_NAME, "said").text
        self.assertRegex(said, r"^Approved by ann, \w{3} \d{4}-\d\d-\d\d \d\d:\d\d")
        self.assertFalse(find(other, By.CSS_SELECTOR, ".live").text)
        for number in (2, 3):
            self.assertEqual(post(one, "/api/v1/actions", self.house.proposal(number)), 201)
        until(other, lambda: "2 new: show them" in text(other), "the quiet line")
        self.assertEqual(len(other.find_elements(By.CSS_SELECTOR, ".cards li")), 1)
        for theme in THEMES:
            for width in WIDTHS:
                look(other, width, theme)
                shot(other, f"live-{theme}-{width}")
                self.assertEqual(violations(other), [], f"{theme} {width}")
                self.assertLessEqual(overflows(other), 0, f"{theme} {width}")
        find(other, By.CSS_SELECTOR, ".live a").click()
        until(other, lambda: len(other.find_elements(By.CSS_SELECTOR, ".cards li")) == 2,
              "the new cards")

    def test_the_second_of_two_decisions_gets_the_newer_card(self):
        one, other = self.drivers
        page = find(one, By.CSS_SELECTOR, ".cards h2 a").get_attribute("href")
        # A page that nobody keeps true: the server alone stands against a stale decision.
        other.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument", {"source": "delete window.EventSource"})
        for driver in self.drivers:
            driver.get(page)
            button(driver, "Approve and send this mail")
        button(one, "Approve and send this mail").click()
        until(one, lambda: "Approved." in text(one), "approved")
        button(other, "Approve and send this mail").click()
        until(other, lambda: find(other, By.CSS_SELECTOR, "[role=alert]").text, "the refusal")
        status = other.execute_script(
            "return performance.getEntriesByType('navigation')[0].responseStatus")
        self.assertEqual(status, 409)
        self.assertNotIn("Approve and send this mail", text(other))

    def test_an_open_card_gives_way_to_the_newer_one(self):
        one, other = self.drivers
        page = find(one, By.CSS_SELECTOR, ".cards h2 a").get_attribute("href")
        for driver in self.drivers:
            driver.get(page)
        told(other)
        button(one, "Approve and send this mail").click()
        until(other, lambda: "Approved by ann" in text(other), "who decided")
        self.assertFalse(other.execute_script(
            "return [...document.querySelectorAll('main aside form')].some(f => !f.inert)"))
        shot(other, "live-stale")
        self.assertEqual(violations(other), [])
        find(other, By.PARTIAL_LINK_TEXT, "Show the card as it is now").click()
        until(other, lambda: "Approve and send" not in text(other), "the newer card")

    def test_a_page_of_somebody_signed_out_says_so(self):
        driver = self.drivers[0]
        told(driver)
        self.assertEqual(post(driver, "/api/v1/session/end", {}), 200)
        until(driver, lambda: "You are signed out" in text(driver), "the quiet line")
        self.assertEqual(violations(driver), [])

    def test_after_a_pause_the_list_is_held_against_the_server_again(self):
        one, other = self.drivers
        told(other)
        other.execute_cdp_cmd("Network.enable", {})
        conditions = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        other.execute_cdp_cmd(
            "Network.emulateNetworkConditions", {"offline": True, **conditions})
        path = find(one, By.CSS_SELECTOR, ".cards h2 a").get_attribute("href")
        path = "/api/v1" + path.removeprefix(self.house.root)
        self.assertEqual(post(one, path + "/reject", {"reason": "no"}), 200)
        self.assertEqual(post(one, "/api/v1/actions", self.house.proposal(2)), 201)
        other.execute_cdp_cmd(
            "Network.emulateNetworkConditions", {"offline": False, **conditions})
        other.execute_script(
            "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
            "document.dispatchEvent(new Event('visibilitychange'));"
            "Object.defineProperty(document, 'hidden', {value: false, configurable: true});"
            "document.dispatchEvent(new Event('visibilitychange'));")
        until(other, lambda: "gone" in (card(other).get_attribute("class") or ""), "the grey card")
        until(other, lambda: "1 new: show it" in text(other), "the quiet line")


if __name__ == "__main__":
    unittest.main(verbosity=2)
