"""A small browser for the demo: cookies, forms, redirects, and a record of every page it was given.

Names under .localhost are this machine, as in every real browser; Python's resolver does not know that.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from progress import GiveUp

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 10
PATIENCE = 60.0
"""Seconds for one answer."""


@dataclass
class Form:
    """A form of a page: where it goes, its filled fields, the values its selects offer."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One answer, as it arrived."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for known, value in self.headers if known.lower() == name), None)

    def form(self, action_ends: str = "") -> Form:
        """The form whose action ends so (by default the first one)."""
        reader = _FormReader(self.url)
        reader.feed(self.body.decode())
        for form in reader.forms:
            if urlsplit(form.action).path.endswith(action_ends):
                return form
        raise GiveUp(f"{self.url} answered {self.status} and has no form to {action_ends or 'send'}: {self.text()}")

    def text_all(self) -> str:
        """The whole page, as it arrived."""
        return self.body.decode(errors="replace")

    def text(self) -> str:
        return " ".join(self.body.decode(errors="replace").split())[:400]


class Browser:
    """One person's browser."""

    def __init__(self) -> None:
        self.cookies: dict[str, dict[str, str]] = {}
        self.seen: list[Page] = []

    def open(self, url: str, form: dict[str, str] | None = None) -> Page:
        """GETs, or with a form POSTs, and follows redirects to the last page."""
        origin = _origin(url)
        for _ in range(MOST_REDIRECTS):
            page = self._send(url, form, origin)
            target = page.header("location")
            if page.status not in REDIRECTS or target is None:
                return page
            url, form = urljoin(url, target), None
        raise GiveUp(f"More than {MOST_REDIRECTS} redirects; the last was to {urlsplit(url).path}.")

    def _send(self, url: str, form: dict[str, str] | None, origin: str) -> Page:
        parts = urlsplit(url)
        jar = self.cookies.setdefault(parts.netloc, {})
        headers = {"Host": parts.netloc, "User-Agent": "sellerport-demo"}
        if jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin,
                        "Sec-Fetch-Site": "same-origin"}
        host = parts.hostname or ""
        host = "127.0.0.1" if host.endswith(".localhost") else host
        connection = http.client.HTTPConnection(host, parts.port or 80, timeout=PATIENCE)
        try:
            target = parts._replace(scheme="", netloc="", path=parts.path or "/", fragment="").geturl()
            connection.request("GET" if form is None else "POST", target, body, headers)
            answer = connection.getresponse()
            page = Page(url, answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()
        self._keep_cookies(jar, page)
        self.seen.append(page)
        return page

    @staticmethod
    def _keep_cookies(jar: dict[str, str], page: Page) -> None:
        for name, value in page.headers:
            if name.lower() != "set-cookie":
                continue
            pair, *attributes = value.split(";")
            cookie, _, content = pair.strip().partition("=")
            if any(attribute.strip().lower() == "max-age=0" for attribute in attributes):
                jar.pop(cookie, None)
            else:
                jar[cookie] = content


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class _FormReader(HTMLParser):
    """Collects the forms of a page. Of several submit buttons none counts as pressed."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(urljoin(self.url, given.get("action", self.url))))
        elif self.forms and tag == "input" and given.get("name"):
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif self.forms and tag == "select":
            self._select = given.get("name", "")
            self.forms[-1].options[self._select] = []
        elif self.forms and tag == "option" and self._select:
            self.forms[-1].options[self._select].append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
