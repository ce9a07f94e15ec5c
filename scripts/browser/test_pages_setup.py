"""A box of the go-live checklist that a person ticks, without scripts."""

import unittest

from selenium.webdriver.common.by import By

from eyes import browser, button, find, text, until
from house import Demo


class Setup(unittest.TestCase):
    def test_tick_and_take_back(self):
        demo = Demo()
        driver = browser(scripts=False)
        try:
            driver.get(demo.address)
            button(driver, "Enter").click()
            until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")
            driver.get(demo.root + "/setup")
            self.assertIn("in the way of going live", text(driver))
            row = "//tr[th[.='Test e-mail received']]"
            find(driver, By.XPATH, row + "//summary").click()
            find(driver, By.ID, "note-email_received").send_keys("it came")
            find(driver, By.XPATH, row + "//button").click()
            until(driver, lambda: "Ticked, with your name" in text(driver), "ticked")
            self.assertIn("ticked by person:", find(driver, By.XPATH, row).text)
            find(driver, By.XPATH, row + "//summary").click()
            find(driver, By.ID, "note-email_received").send_keys("another one")
            find(driver, By.XPATH, row + "//button").click()
            until(driver, lambda: "taken back" in text(driver), "taken back")
            self.assertIn("cannot tell", find(driver, By.XPATH, row).text)
        finally:
            driver.quit()
            demo.end()
