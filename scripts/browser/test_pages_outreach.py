"""An address that is suppressed, found and lifted, without scripts."""

import unittest

from selenium.webdriver.common.by import By

from eyes import browser, button, find, overflows, look, text, until, violations
from house import Demo


class Outreach(unittest.TestCase):
    def test_suppress_find_lift(self):
        demo = Demo()
        driver = browser()
        try:
            driver.get(demo.address)
            button(driver, "Enter").click()
            until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")
            driver.get(demo.root + "/outreach")
            find(driver, By.XPATH, "//summary[.='Suppress an address']").click()
            find(driver, By.ID, "new-address").send_keys("somebody@customer.example")
            find(driver, By.ID, "why").send_keys("asked on the phone")
            button(driver, "Suppress it from now on").click()
            until(driver, lambda: "Suppressed from now on" in text(driver), "suppressed")

            find(driver, By.ID, "address").send_keys("somebody@customer.example")
            button(driver, "Search").click()
            until(driver, lambda: "Back to all of outreach" in text(driver), "found")
            for width in (320, 1280):
                look(driver, width, "light")
                self.assertEqual(violations(driver), [])
                self.assertLessEqual(overflows(driver), 0)
            find(driver, By.XPATH, "//summary[.='Lift it']").click()
            find(driver, By.CSS_SELECTOR, "td input[name=reason]").send_keys("a mistake")
            button(driver, "Lift this suppression").click()
            until(driver, lambda: "Lifted here." in text(driver), "lifted")
            self.assertNotIn("somebody@customer.example", text(driver))
        finally:
            driver.quit()
            demo.end()
