"""Hands and eyes: the clock, single keys, the palette."""

import re
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from eyes import (
    THEMES, WIDTHS, browser, button, find, look, overflows, post, shot, sign_in, text, until,
    violations)
from house import Demo, House


def enter(driver, demo):
    driver.get(demo.address)
    button(driver, "Enter").click()
    until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")


class InTheDemo(unittest.TestCase):
    def setUp(self):
        self.demo = Demo()
        self.driver = browser()
        enter(self.driver, self.demo)

    def tearDown(self):
        self.driver.quit()
        self.assertEqual(self.demo.end(), 0)

    def press(self, *keys):
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def status(self):
        return find(self.driver, By.CLASS_NAME, "status").text

    def inspect(self, name):
        for theme in THEMES:
            for width in WIDTHS:
                look(self.driver, width, theme)
                shot(self.driver, f"{name}-{theme}-{width}")
                self.assertEqual(violations(self.driver), [], f"{name} {theme} {width}")
                self.assertLessEqual(overflows(self.driver), 0, f"{name} {theme} {width}")


class Clock(InTheDemo):
    def test_the_time_to_take_an_approval_back_runs_down(self):
        driver = self.driver
        find(driver, By.CSS_SELECTOR, ".cards h2 a").click()
        button(driver, "Approve and send this mail").click()
        until(driver, lambda: "Approved." in text(driver), "approved")

        def left():
            words = find(driver, By.CLASS_NAME, "clock").text
            found = re.fullmatch(r"(?:(\d+) min )?(\d+) s left", words)
            return int(found[1] or 0) * 60 + int(found[2]) if found else None
        first = until(driver, left, "a clock")
        until(driver, lambda: (left() or first) < first, "a clock that runs")
        self.assertEqual(violations(driver), [])


class SingleKeys(InTheDemo):
    """A walk without a mouse."""

    def focused(self):
        return self.driver.execute_script("return document.activeElement.textContent")

    def cards(self):
        return self.driver.find_elements(By.CSS_SELECTOR, ".cards h2 a")

    def at_card(self, risks):
        """Goes down the list to a card of a risk."""
        driver = self.driver
        driver.get(self.demo.root + "/inbox")
        for place, card in enumerate(driver.find_elements(By.CSS_SELECTOR, ".cards li"), 1):
            risk = card.find_element(By.CLASS_NAME, "risk").get_attribute("class").split()[-1]
            mails = "Will email" in card.text
            if risk in risks and mails:
                self.press(*"j" * place)
                return place
        self.fail(f"no card of {risks}")

    def test_a_list_is_walked_a_card_is_read_and_decided(self):
        driver = self.driver
        titles = [card.text for card in self.cards()]
        self.press("j")
        self.assertEqual(self.focused(), titles[0])
        self.press("j", "j", "k")
        self.assertEqual(self.focused(), titles[1])
        shot(driver, "keys-walk")
        place = self.at_card({"low", "medium"})
        self.press("x")
        box = driver.find_elements(By.CSS_SELECTOR, ".cards li")[place - 1].find_element(
            By.NAME, "id")
        self.assertTrue(box.is_selected())
        self.press(Keys.ENTER)
        until(driver, lambda: "/actions/" in driver.current_url, "the card")
        page = driver.current_url

        # A key opens its form and leads into it; in a field keys are letters.
        self.press("r")
        until(driver, lambda: driver.switch_to.active_element.get_attribute("id") == "because",
              "the reasons")
        find(driver, By.ID, "reason").send_keys("a?gt")
        self.assertEqual(find(driver, By.ID, "reason").get_attribute("value"), "a?gt")
        self.assertEqual(self.status(), "pending approval")
        self.assertFalse(driver.find_elements(By.CSS_SELECTOR, "dialog"))
        for key, field in (("e", "edit-to"), ("s", "hours"), ("q", "ask-text")):
            driver.get(page)
            self.press(key)
            until(driver, lambda: driver.switch_to.active_element.get_attribute("id") == field, key)

        # With another key held it is not ours.
        driver.get(page)
        self.press(Keys.CONTROL + "a", Keys.ALT + "a")
        self.assertEqual(self.status(), "pending approval")
        ActionChains(driver).send_keys("aa").perform()
        until(driver, lambda: "Approved." in text(driver), "approved by the form's own button")
        self.press("u")
        until(driver, lambda: driver.switch_to.active_element.get_attribute("id") == "because",
              "taking back")
        button(driver, "Take the approval back").click()
        until(driver, lambda: "Rejected." in text(driver), "taken back")

    def test_a_key_in_a_list_opens_a_card_and_presses_nothing(self):
        driver = self.driver
        self.at_card({"low", "medium"})
        self.press("a")
        until(driver, lambda: "/actions/" in driver.current_url, "the card")
        until(driver, lambda: "Approve and send" in self.focused(), "the button to hand")
        self.assertEqual(self.status(), "pending approval")
        self.assertNotIn("#", driver.current_url)

    def test_pages_are_gone_to_and_the_keys_are_listed_and_switched_off(self):
        driver = self.driver
        for key, page in (("t", "today"), ("c", "customers"), ("a", "activity"), ("n", "attention"),
                          ("l", "actions"), ("h", "audit"), ("i", "inbox")):
            self.press("g", key)
            until(driver, lambda: driver.current_url.endswith("/" + page), page)
        self.press("g", "c")
        until(driver, lambda: driver.current_url.endswith("/customers"), "customers")
        self.press("/")
        until(driver, lambda: driver.switch_to.active_element.get_attribute("id") == "q", "search")
        driver.get(self.demo.root + "/inbox")
        self.press("?")
        until(driver, lambda: find(driver, By.CSS_SELECTOR, "dialog h2").text == "Keys",
              "the list")
        for words in ("next card", "g t", "Today", "find a customer"):
            self.assertIn(words, find(driver, By.CSS_SELECTOR, "dialog").text)
        self.inspect("keys")
        find(driver, By.ID, "keys-on").click()
        self.press(Keys.ESCAPE)
        until(driver, lambda: not driver.find_elements(By.CSS_SELECTOR, "dialog"), "closed")
        driver.get(self.demo.root + "/inbox")
        self.press("j", "?", "g", "t")
        self.assertFalse(driver.find_elements(By.CSS_SELECTOR, "dialog"))
        self.assertTrue(driver.current_url.endswith("/inbox"))
        self.assertNotIn(self.focused(), [card.text for card in self.cards()])


class HighRisk(unittest.TestCase):
    """For what has a high risk a key brings the button to hand, and never presses it."""

    def test_the_key_presses_nothing(self):
        house = House("policy: proof\nrules: []\n")
        driver = browser()
        try:
            sign_in(driver, house)
            dear = {**house.proposal(2), "risk_level": "high"}
            self.assertEqual(post(driver, "/api/v1/actions", dear), 201)
            driver.get(house.root + "/inbox")
            find(driver, By.PARTIAL_LINK_TEXT, "billing@customer2.example").click()
            until(driver, lambda: "high risk" in text(driver), "the card")
            for _ in range(3):
                driver.switch_to.active_element.send_keys("a")
                until(driver, lambda: "Approve and send" in driver.switch_to.active_element.text,
                      "the button to hand")
            self.assertEqual(find(driver, By.CLASS_NAME, "status").text, "pending approval")
            driver.switch_to.active_element.send_keys(Keys.ENTER)
            until(driver, lambda: "Approved." in text(driver), "approved by pressing it")
        finally:
            driver.quit()
            status = house.end()
        self.assertEqual(status, 0)


class Palette(InTheDemo):
    def begin(self, words):
        driver = self.driver
        ActionChains(driver).key_down(Keys.CONTROL).send_keys("k").key_up(Keys.CONTROL).perform()
        until(driver, lambda: driver.switch_to.active_element.get_attribute("role") == "combobox",
              "the palette")
        self.press(words)

    def options(self):
        return [one.text for one in self.driver.find_elements(By.CSS_SELECTOR, "[role=option]")]

    def choose(self, words):
        driver = self.driver
        until(driver, lambda: any(words in one for one in self.options()), words)
        for _ in range(40):
            now = find(driver, By.CSS_SELECTOR, "[role=option][aria-selected=true]")
            field = driver.switch_to.active_element
            self.assertEqual(
                field.get_attribute("aria-activedescendant"), now.get_attribute("id"))
            if words in now.text:
                return self.press(Keys.ENTER)
            self.press(Keys.ARROW_DOWN)
        self.fail(f"{words} is not reached by the arrows: {self.options()}")

    def test_it_leads_to_pages_and_teaches_their_keys(self):
        driver = self.driver
        self.begin("today")
        until(driver, lambda: any("g t" in one for one in self.options()), "the key beside it")
        self.choose("Go to Today")
        until(driver, lambda: driver.current_url.endswith("/today"), "today")
        find(driver, By.CLASS_NAME, "find").click()
        until(driver, lambda: self.options(), "all there is")
        self.inspect("palette")
        self.press(Keys.TAB, Keys.TAB, Keys.TAB)
        self.assertTrue(driver.execute_script(
            "return !!document.activeElement.closest('dialog')||document.activeElement===document.body"
        ))
        find(driver, By.CSS_SELECTOR, "dialog input").send_keys(Keys.ESCAPE)
        until(driver, lambda: not driver.find_elements(By.CSS_SELECTOR, "dialog"), "closed")
        self.assertIn("find", driver.switch_to.active_element.get_attribute("class"))

    def test_it_finds_customers_and_answers_from_their_pages(self):
        driver = self.driver
        find(driver, By.PARTIAL_LINK_TEXT, "Will email billing@acmecorp.com").click()
        button(driver, "Approve and send this mail").click()
        until(driver, lambda: "Approved." in text(driver), "approved")
        page = driver.current_url
        button(driver, "Do not wait any longer").click()

        def completed():
            driver.get(page.split("?")[0])
            return self.status() == "completed"
        until(driver, completed, "completed")
        self.begin("acme")
        until(driver, lambda: any("Acme" in one for one in self.options()), "the customer")
        self.assertTrue(any("send invoice reminder · completed" in one for one in until(
            driver, lambda: len(self.options()) > 5 and self.options(), "its actions")))
        answers = {
            "What is owed": r"on \d+ invoice",
            "What may be sent next": r"E-mail",
            "What is held, and why": r"Nothing is on hold|hold",
            "What was sent, and why": r"The latest: ",
        }
        for question, answer in answers.items():
            self.choose(question)
            until(driver, lambda: question in find(
                driver, By.CSS_SELECTOR, ".answer h2").text, question)
            self.assertRegex(find(driver, By.CLASS_NAME, "answer").text, answer)
        self.inspect("palette-answer")
        field = find(driver, By.CSS_SELECTOR, "dialog input")
        field.clear()
        field.send_keys("why held acme")
        until(driver, lambda: self.options() and all(
            "held" in one for one in self.options()), "that question alone")
        field.clear()
        field.send_keys("zzzz")
        until(driver, lambda: "Nothing is called so" in text(driver), "nothing")
        field.clear()
        field.send_keys("acme")
        self.choose("Acme")
        until(driver, lambda: "/customers/" in driver.current_url, "the customer's page")


if __name__ == "__main__":
    unittest.main(verbosity=2)
