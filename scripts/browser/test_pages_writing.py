"""Writing, holding, undoing, keeping a view, printing."""

import base64
import os
import pathlib
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from eyes import (
    SHOTS, THEMES, WIDTHS, browser, button, find, look, overflows, shot, text, until, violations)
from house import Demo


class Walk(unittest.TestCase):
    scripts = True

    def setUp(self):
        self.demo = Demo()
        self.driver = browser(scripts=self.scripts)
        self.driver.get(self.demo.address)
        button(self.driver, "Enter").click()
        until(self.driver, lambda: self.driver.current_url.endswith("/inbox"), "the inbox")

    def tearDown(self):
        self.driver.quit()
        self.assertEqual(self.demo.end(), 0)

    def inspect(self, name):
        for theme in THEMES:
            for width in WIDTHS:
                look(self.driver, width, theme)
                shot(self.driver, f"{name}-{theme}-{width}")
                self.assertEqual(violations(self.driver), [], f"{name} {theme} {width}")
                self.assertLessEqual(overflows(self.driver), 0, f"{name} {theme} {width}")
        look(self.driver, 1280, "light")

    def keys(self, *keys):
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def reminder(self):
        """Opens the card of a reminder that waits."""
        driver = self.driver
        driver.get(self.demo.root + "/inbox?type=send_invoice_reminder")
        find(driver, By.CSS_SELECTOR, ".cards h2 a").click()
        until(driver, lambda: "/actions/" in driver.current_url, "a card")


class WithScripts(Walk):
    def test_a_message_is_written_looked_at_and_proposed(self):
        driver = self.driver
        self.keys("n")
        until(driver, lambda: driver.current_url.endswith("/new/message"), "to whom")
        self.inspect("new-message-whom")
        find(driver, By.CSS_SELECTOR, "tbody a").click()
        find(driver, By.ID, "text")
        self.inspect("new-message")
        # What is wrong stands at its field, and what was written stays.
        find(driver, By.ID, "text").send_keys("We are closed on Friday.")
        button(driver, "Propose this message").click()
        until(driver, lambda: "The subject is empty" in text(driver), "refused")
        self.assertEqual(
            find(driver, By.ID, "text").get_attribute("value").strip(), "We are closed on Friday.")
        self.inspect("new-message-wrong")
        find(driver, By.ID, "subject").send_keys("Closed on Friday")
        Select(find(driver, By.ID, "template")).select_by_value("custom_message")
        button(driver, "Show what it says").click()
        until(driver, lambda: "Dear " in text(driver), "the preview")
        self.inspect("new-message-preview")
        button(driver, "Propose this message").click()
        until(driver, lambda: "Proposed. This is its card." in text(driver), "the card")
        self.assertIn("We are closed on Friday.", text(driver))
        self.assertEqual(violations(driver), [])

    def test_the_palette_leads_to_both_forms(self):
        driver = self.driver
        driver.get(self.demo.root + "/today")
        driver.switch_to.active_element.send_keys(Keys.CONTROL + "k")
        find(driver, By.CSS_SELECTOR, ".palette input").send_keys("new follow")
        until(driver, lambda: "New follow-up" in find(driver, By.ID, "palette-list").text, "found")
        driver.switch_to.active_element.send_keys(Keys.ENTER)
        until(driver, lambda: driver.current_url.endswith("/new/follow-up"), "the form")

    def test_two_keys_hold_from_the_card(self):
        driver = self.driver
        self.reminder()
        card = driver.current_url
        self.keys("h", "p")
        until(driver, lambda: driver.switch_to.active_element.get_attribute("id") ==
              "hold-p-subject" or driver.switch_to.active_element.get_attribute("id") ==
              "hold-p-amount", "the promise")
        self.inspect("hold-promise")
        driver.get(card)
        self.keys("h", "d")
        until(driver, lambda: (driver.switch_to.active_element.get_attribute("id") or "")
              .startswith("hold-d-"), "the dispute")
        find(driver, By.ID, "hold-d-reason").send_keys("damaged")
        button(driver, "Hold as disputed").click()
        until(driver, lambda: "On hold." in text(driver), "held")

    def test_what_was_approved_is_undone_in_the_inbox_by_its_key(self):
        driver = self.driver
        self.reminder()
        button(driver, "Approve and send this mail").click()
        until(driver, lambda: "Approved." in text(driver), "approved")
        driver.get(self.demo.root + "/inbox")
        until(driver, lambda: " s left" in find(driver, By.CSS_SELECTOR, ".undo .clock").text,
              "a clock")
        self.inspect("undo-strip")
        self.keys("u")
        until(driver, lambda: "Undone. Nothing goes out." in text(driver), "undone")
        self.assertFalse(driver.find_elements(By.CSS_SELECTOR, ".undo"))

    def test_a_strip_greys_out_when_another_window_undoes(self):
        driver = self.driver
        self.reminder()
        card = driver.current_url
        button(driver, "Approve and send this mail").click()
        until(driver, lambda: "Approved." in text(driver), "approved")
        driver.get(self.demo.root + "/inbox")
        first = driver.current_window_handle
        find(driver, By.CSS_SELECTOR, ".undo li")
        until(driver, lambda: find(driver, By.ID, "main").get_attribute("data-told") == "true",
              "it listens")
        driver.switch_to.new_window("tab")
        driver.get(card)
        self.keys("u")
        button(driver, "Take the approval back").click()
        until(driver, lambda: "Rejected." in text(driver), "taken back")
        driver.switch_to.window(first)
        until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, ".undo li.gone"), "grey")

    def test_every_page_prints_without_its_buttons(self):
        driver = self.driver
        self.reminder()
        pages = {"card": driver.current_url}
        for name in ("inbox", "attention", "customers", "activity", "today", "audit", "policies",
                     "outreach", "settings", "setup", "stop", "account", "new/message", "actions"):
            pages[name.replace("/", "-")] = f"{self.demo.root}/{name}"
        for name, page in pages.items():
            driver.get(page)
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": 720, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                "media": "print",
                "features": [{"name": "prefers-color-scheme", "value": "dark"}]})
            seen = driver.execute_script(
                "return [...document.querySelectorAll('button,nav,header,input:not([type=hidden])')]"
                ".filter(one=>one.offsetParent!==null||one.getClientRects().length)"
                ".map(one=>one.outerHTML.slice(0,80))")
            self.assertEqual(seen, [], name)
            colours = driver.execute_script(
                "const s=getComputedStyle(document.body);return [s.color,s.backgroundColor]")
            self.assertEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], name)
            self.assertLessEqual(overflows(driver), 0, name)
            shot(driver, f"print-{name}")
            if SHOTS and name in ("card", "inbox"):
                pdf = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
                pathlib.Path(os.path.join(SHOTS, f"print-{name}.pdf")).write_bytes(
                    base64.b64decode(pdf["data"]))


class WithoutScripts(Walk):
    scripts = False

    def test_all_of_it_works_with_forms_alone(self):
        driver = self.driver
        # A follow-up.
        find(driver, By.LINK_TEXT, "New follow-up").click()
        find(driver, By.CSS_SELECTOR, "tbody a").click()
        Select(find(driver, By.ID, "deed")).select_by_value("call")
        find(driver, By.ID, "subject").send_keys("Ring them")
        find(driver, By.ID, "text").send_keys("Ask about the delivery.")
        button(driver, "Propose this follow-up").click()
        until(driver, lambda: "A follow-up needs a moment" in text(driver), "refused")

        # A hold on a customer, and its end.
        driver.get(self.demo.root + "/customers")
        find(driver, By.CSS_SELECTOR, "tbody a").click()
        find(driver, By.XPATH, "//summary[.='Put on hold …']").click()
        find(driver, By.XPATH, "//summary[.='Never remind …']").click()
        find(driver, By.ID, "hold-n-reason").send_keys("written off")
        button(driver, "Never remind of it").click()
        until(driver, lambda: "never remind, until somebody ends it" in text(driver), "held")
        self.inspect_plain("customer-hold")
        find(driver, By.XPATH, "//summary[.='End it']").click()
        find(driver, By.XPATH, "//input[starts-with(@id,'end-')]").send_keys("a mistake")
        button(driver, "End this hold").click()
        until(driver, lambda: "The hold is ended." in text(driver), "ended")

        # A view.
        driver.get(self.demo.root + "/inbox")
        find(driver, By.XPATH, "//summary[starts-with(.,'Filter')]").click()
        Select(find(driver, By.ID, "filter-order")).select_by_value("oldest")
        button(driver, "Show").click()
        until(driver, lambda: "order=oldest" in driver.current_url, "sorted")
        find(driver, By.XPATH, "//summary[starts-with(.,'Filter')]").click()
        find(driver, By.ID, "view-name").send_keys("Oldest first")
        button(driver, "Keep this view").click()
        until(driver, lambda: "The view is kept." in text(driver), "kept")
        find(driver, By.LINK_TEXT, "Oldest first").click()
        until(driver, lambda: "order=oldest" in driver.current_url, "the view")
        find(driver, By.XPATH, "//summary[starts-with(.,'Filter')]").click()
        self.inspect_plain("inbox-views")
        button(driver, "Delete the view “Oldest first”").click()
        until(driver, lambda: "The view is deleted." in text(driver), "deleted")

    def inspect_plain(self, name):
        """Axe cannot run where no script can."""
        for width in WIDTHS:
            look(self.driver, width, "light")
            shot(self.driver, f"{name}-plain-{width}")
        look(self.driver, 1280, "light")
