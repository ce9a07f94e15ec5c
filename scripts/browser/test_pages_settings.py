"""Settings that are changed, a token that is shown once, without scripts."""

import unittest

from selenium.webdriver.common.by import By

from eyes import browser, button, find, text, until, violations
from house import Demo


def opened(driver, words):
    find(driver, By.XPATH, f"//summary[.='{words}']").click()


def fill(driver, identifier, words):
    field = find(driver, By.ID, identifier)
    field.clear()
    field.send_keys(words)


class Settings(unittest.TestCase):
    def test_hours_caps_and_tokens(self):
        demo = Demo()
        driver = browser()
        try:
            driver.get(demo.address)
            button(driver, "Enter").click()
            until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")
            driver.get(demo.root + "/settings")

            opened(driver, "Senders and hours")
            fill(driver, "set-window", "never")
            opened(driver, "Caps")
            fill(driver, "set-cap.email.org.hour", "many")
            button(driver, "Save what was changed").click()
            until(driver, lambda: "Nothing was saved" in text(driver), "the refusal")
            self.assertIn("must be two different times", text(driver))
            wrong = [one.get_attribute("name") for one in driver.find_elements(
                By.CSS_SELECTOR, "[aria-invalid=true]")]
            self.assertEqual(wrong, ["window", "cap.email.org.hour"])
            self.assertEqual(violations(driver), [])

            fill(driver, "set-window", "08:00-18:30")
            fill(driver, "set-cap.email.org.hour", "77")
            button(driver, "Save what was changed").click()
            until(driver, lambda: "Saved." in text(driver), "saved")
            driver.get(demo.root + "/outreach")
            self.assertIn("08:00 to 18:30", text(driver))
            self.assertIn("77", text(driver))
            driver.get(demo.root + "/audit?kind=org.changed")
            self.assertIn("cap.email.org.hour", text(driver))

            driver.get(demo.root + "/settings")
            opened(driver, "Make a token")
            fill(driver, "token-name", "nightly")
            find(driver, By.CSS_SELECTOR, "input[value=read]").click()
            button(driver, "Make the token").click()
            until(driver, lambda: "shown this once" in text(driver), "the token")
            secret = find(driver, By.TAG_NAME, "pre").text
            self.assertTrue(secret.startswith("aiom_p_"))
            self.assertEqual(violations(driver), [])
            driver.get(demo.root + "/settings")
            self.assertNotIn(secret, driver.page_source)
            find(driver, By.CSS_SELECTOR, "[aria-label='Revoke nightly']").click()
            until(driver, lambda: "Revoked" in text(driver), "revoked")
        finally:
            driver.quit()
            demo.end()
