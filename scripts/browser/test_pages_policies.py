"""A policy that is drafted, checked, tried, asked for and approved, without scripts."""

import unittest

from selenium.webdriver.common.by import By

from eyes import browser, button, find, text, until, violations
from house import Demo

DRAFT = """policy: ours
rules:
  - id: finance-looks
    title: Finance looks at messages
    on: [messages]
    then:
      require: { role: owner }
    reason: Money is theirs.
"""


class Policies(unittest.TestCase):
    """In the demo, whose only person is its owner."""

    def test_draft_check_try_ask_approve(self):
        demo = Demo()
        driver = browser(scripts=False)
        try:
            driver.get(demo.address)
            button(driver, "Enter").click()
            until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")
            driver.get(demo.root + "/policies")
            find(driver, By.LINK_TEXT, "Write the next version").click()

            self.write(driver, DRAFT.replace("then:", "than:"))
            button(driver, "Check it").click()
            until(driver, lambda: "It cannot be used like this" in text(driver), "the issues")
            self.assertIn("than", text(driver))
            self.assertIn("line ", text(driver))

            self.write(driver, DRAFT)
            button(driver, "Check it and try it on the past").click()
            until(driver, lambda: "On the past".upper() in text(driver), "the backtest")
            self.assertIn("It can be used: 1 rules", text(driver))

            find(driver, By.ID, "reason").send_keys("a test")
            button(driver, "Ask for its activation").click()
            until(driver, lambda: "Asked for." in text(driver), "asked for")
            button(driver, "Approve: this becomes the policy").click()
            until(driver, lambda: "Active from now on." in text(driver), "active")
            self.assertIn("Finance looks at messages", text(driver))
        finally:
            driver.quit()
            demo.end()

    def test_nothing_is_wrong_with_a_page_that_says_what_is(self):
        demo = Demo()
        driver = browser()
        try:
            driver.get(demo.address)
            button(driver, "Enter").click()
            until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")
            for draft, what in ((DRAFT.replace("on:", "an:"), "Check it"),
                                (DRAFT, "Check it and try it on the past")):
                driver.get(demo.root + "/policies/draft")
                self.write(driver, draft)
                button(driver, what).click()
                until(driver, lambda: "can" in driver.find_element(By.TAG_NAME, "main").text
                      and not driver.current_url.endswith("/draft"), "the answer")
                self.assertEqual(violations(driver), [], what)
        finally:
            driver.quit()
            demo.end()

    def write(self, driver, words):
        area = find(driver, By.ID, "text")
        area.clear()
        area.send_keys(words)
