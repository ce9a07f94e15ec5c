"""Hands and eyes: the clock, single keys, the palette."""

import re
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from eyes import (
    THEMES, WIDTHS, browser, button, find, look, overflows, shot, text, until, violations)
from house import Demo


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


if __name__ == "__main__":
    unittest.main(verbosity=2)
