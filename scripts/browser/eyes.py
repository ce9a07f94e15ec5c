"""A headless Chromium, and what axe finds in a page."""

import json
import os
import pathlib

import axe_playwright_python
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

SHOTS = os.environ.get("AIOM_BROWSER_SHOTS")
WIDTHS = (320, 768, 1280)
THEMES = ("light", "dark")


def axe():
    folder = pathlib.Path(axe_playwright_python.__file__).parent
    return next(folder.rglob("axe.min.js")).read_text(encoding="utf-8")


def browser(scripts=True):
    options = Options()
    options.binary_location = os.environ["AIOM_CHROMIUM"]
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--no-first-run", "--disable-background-networking",
                     "--force-prefers-reduced-motion", "--lang=en-US"):
        options.add_argument(argument)
    if not scripts:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(
        options=options, service=Service(executable_path=os.environ["AIOM_CHROMEDRIVER"]))


def look(driver, width, theme):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": [{"name": "prefers-color-scheme", "value": theme}]})


def shot(driver, name):
    if SHOTS:
        pathlib.Path(SHOTS).mkdir(parents=True, exist_ok=True)
        driver.save_screenshot(os.path.join(SHOTS, name + ".png"))


def violations(driver):
    """What axe finds, each with the element; it runs in a world of its own, so no policy is bent."""
    driver.execute_script(axe())
    found = driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa',"
        "'best-practice'], iframes: false}).then(r => done(r.violations.map("
        "v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))))")
    return found


def overflows(driver):
    """How many pixels a page is wider than its window."""
    return driver.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")


def until(driver, condition, what):
    """Waits for a page that may be on its way to the next one."""
    return WebDriverWait(driver, 30, ignored_exceptions=(WebDriverException,)).until(
        lambda _: condition(), what)


def find(driver, by, value):
    """An element of the page that is there, or that is coming."""
    return until(driver, lambda: driver.find_element(by, value), value)


def button(driver, words):
    return find(driver, By.XPATH, f"//button[normalize-space()='{words}']")


def text(driver):
    return driver.find_element(By.TAG_NAME, "body").text


def sign_in(driver, house):
    """As the owner of an installation."""
    driver.get(house.root + "/login")
    find(driver, By.ID, "person").send_keys("ann")
    find(driver, By.ID, "password").send_keys(house.password)
    button(driver, "Sign in").click()
    until(driver, lambda: driver.current_url.endswith("/inbox"), "the inbox")


def post(driver, path, body):
    """What the API answers to the person of the page: the status."""
    return driver.execute_async_script(
        "const [path, body, done] = arguments;"
        "fetch('/api/v1/me').then(r => r.json()).then(me => fetch(path, {method: 'POST', headers:"
        "{'Content-Type': 'application/json', 'X-CSRF-Token': me.form_token}, body}))"
        ".then(r => done(r.status))", path, json.dumps(body))
