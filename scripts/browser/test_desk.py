"""The pages in a real browser, as a person uses them."""

import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions

from eyes import (
    THEMES, WIDTHS, browser, button, find, look, overflows, shot, text, until, violations)
from house import Demo, House

PASSKEY_POLICY = """
policy: proof
rules:
  - id: messages-want-a-passkey
    title: Messages want a passkey
    on: [x_send_custom_message]
    then:
      require: { role: owner, step_up: passkey }
    reason: A device signs what goes out.
"""


def link(driver, words):
    return find(driver, By.PARTIAL_LINK_TEXT, words)


class FirstFiveMinutes(unittest.TestCase):
    """The demo, without having read anything, with scripts switched off."""

    def test_approve_see_the_mail_undo_one_reject_one(self):
        demo = Demo()
        driver = browser(scripts=False)
        try:
            driver.get(demo.address)
            button(driver, "Enter").click()
            until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")
            until(driver, lambda: "Sandbox" in text(driver), "the banner")
            link(driver, "Will email billing@acmecorp.com").click()
            deed = button(driver, "Approve and send this mail")
            page = driver.current_url
            deed.click()
            until(driver, lambda: "Approved." in text(driver), "approved")
            button(driver, "Do not wait any longer").click()

            def completed():
                driver.get(page)
                return "completed" in find(driver, By.CLASS_NAME, "status").text
            until(driver, completed, "completed")
            driver.get(demo.outbox)
            until(driver, lambda: "INV-2024-001" in text(driver), "the mail")

            driver.get(demo.root + "/inbox")
            find(driver, By.CSS_SELECTOR, ".cards h2 a").click()
            button(driver, "Approve and send this mail").click()
            find(
                driver, By.XPATH, "//summary[contains(.,'Take the approval back')]").click()
            button(driver, "Take the approval back").click()
            until(driver, lambda: "Rejected." in text(driver), "taken back")

            driver.get(demo.root + "/inbox")
            find(driver, By.CSS_SELECTOR, ".cards h2 a").click()
            find(driver, By.XPATH, "//summary[starts-with(.,'Reject')]").click()
            button(driver, "Reject").click()
            until(driver, lambda: "Rejected." in text(driver), "rejected")
        finally:
            driver.quit()
            status = demo.end()
        self.assertEqual(status, 0)


class EveryPage(unittest.TestCase):
    """Each page in both themes and three widths: nothing that axe finds, nothing wider than it."""

    def test_pages(self):
        demo = Demo()
        driver = browser()
        try:
            driver.get(demo.address)
            self.inspect(driver, "enter")
            button(driver, "Enter").click()
            until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")
            action = find(driver, By.CSS_SELECTOR, ".cards h2 a").get_attribute("href")
            ids = self.alike(driver)
            together = "/inbox/together?" + "&".join("id=" + one for one in ids)
            pages = {
                "inbox": "/inbox", "actions": "/actions", "together": together,
                "account": "/account", "none": "/inbox/together", "action": action,
                "attention": "/attention", "customers": "/customers", "activity": "/activity",
                "today": "/today", "audit": "/audit", "stop": "/stop",
                "policies": "/policies", "policy": "/policies/1", "draft": "/policies/draft",
                "outreach": "/outreach", "setup": "/setup",
                "settings": "/settings",
            }
            driver.get(demo.root + "/customers")
            pages["customer"] = find(
                driver, By.CSS_SELECTOR, "main table a").get_attribute("href")
            for name, path in pages.items():
                driver.get(path if path.startswith("http") else demo.root + path)
                with self.subTest(page=name):
                    self.inspect(driver, name)
        finally:
            driver.quit()
            demo.end()

    def alike(self, driver):
        """The first actions of one kind that may be approved together."""
        kinds = {}
        for card in driver.find_elements(By.CSS_SELECTOR, ".cards li"):
            spans = card.find_elements(By.CSS_SELECTOR, ".facts span:not(.amount)")
            kind = tuple(span.text for span in spans[:2])
            for box in card.find_elements(By.NAME, "id"):
                kinds.setdefault(kind, []).append(box.get_attribute("value"))
        return max(kinds.values(), key=len)[:5]

    def inspect(self, driver, name):
        for details in driver.find_elements(By.CSS_SELECTOR, "details"):
            driver.execute_script("arguments[0].open = true", details)
        for theme in THEMES:
            for width in WIDTHS:
                look(driver, width, theme)
                shot(driver, f"{name}-{theme}-{width}")
                self.assertEqual(violations(driver), [], f"{name} {theme} {width}")
                self.assertLessEqual(overflows(driver), 0, f"{name} {theme} {width}")


class Passkeys(unittest.TestCase):
    """An approval that a device signs, with a virtual authenticator."""

    def test_a_device_signs_what_is_approved(self):
        house = House(PASSKEY_POLICY)
        driver = browser()
        try:
            options = VirtualAuthenticatorOptions()
            options.protocol = VirtualAuthenticatorOptions.Protocol.CTAP2
            options.transport = VirtualAuthenticatorOptions.Transport.INTERNAL
            options.has_resident_key = True
            options.has_user_verification = True
            options.is_user_verified = True
            driver.add_virtual_authenticator(options)
            driver.get(house.root + "/login")
            find(driver, By.ID, "person").send_keys("ann")
            find(driver, By.ID, "password").send_keys(house.password)
            button(driver, "Sign in").click()
            until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")
            link(driver, "Will email billing@customer1.example").click()
            button(driver, "Approve and send this mail")
            page = driver.current_url

            # Without a passkey the page says how to get one, and nothing is approved.
            button(driver, "Approve and send this mail").click()
            until(driver, lambda: "Register one" in text(driver), "the way to a passkey")
            self.assertEqual(house.action()["status"], "pending_approval")

            driver.get(house.root + "/account")
            find(driver, By.ID, "passkey-name").send_keys("desk key")
            button(driver, "Register a passkey").click()
            until(driver, lambda: "desk key, made on" in text(driver), "the passkey")

            # A device whose holder is not there signs nothing.
            driver.set_user_verified(False)
            driver.get(page)
            button(driver, "Approve and send this mail").click()
            until(driver, lambda: "Nothing was done" in text(driver), "the refusal")
            self.assertEqual(house.action()["status"], "pending_approval")

            driver.set_user_verified(True)
            driver.get(page)
            button(driver, "Approve and send this mail").click()
            until(driver, lambda: "Approved." in text(driver), "approved")
            self.assertNotEqual(house.action()["status"], "pending_approval")
            driver.get(house.root + "/account")
            until(driver, lambda: "last used on" in text(driver), "its use")
            button(driver, "Remove").click()
            until(driver, lambda: "desk key" not in text(driver), "removed")
        finally:
            driver.quit()
            status = house.end()
        self.assertEqual(status, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
