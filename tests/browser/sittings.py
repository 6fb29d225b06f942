"""Editions with tests of every purpose, and what a test of them reads on the tablet and on the server."""

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from playwright.sync_api import Page, expect

from assessments.rules import chain
from tests.browser import steps
from tests.support.attempts import named as uid
from tests.support.attempts import part as test_file
from tests.support.database import Database
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.tablet import Tablet

EXTENSIONS = "tag:elearning.example,2026:"
MODULE = steps.MODULE["id"]
OBJECTIVE = "7ee09c01-f1c2-59b5-a74d-4eac2e1743e3"

OFFER = """
import json
from modules.editions import canonical, files
from modules.models import Edition, EditionFile
tests = json.load(open({path!r}))
last = Edition.objects.current().get(module={module!r}, language="en")
manifest = json.loads(last.manifest)
for test in tests:
    data = canonical.to_bytes(test)
    sha256 = canonical.sha256(data)
    files.keep(sha256, "json", data)
    file = EditionFile.objects.get(pk=sha256)
    asked = sum(s["pick"] for s in test["sections"]) or len(test["forms"].get("A", []))
    summary = {{"questions": asked, "limit": test["minutes"], "minutes": 5, "file": sha256}}
    same = ("id", "kind", "purpose", "heading", "summary", "pass_mark", "attempts")
    manifest["parts"].append({{**{{name: test[name] for name in same}}, **summary}})
    entry = {{"sha256": sha256, "url": file.url, "size": file.size, "type": file.mime}}
    manifest["files"].append(entry)
    manifest["size"] += file.size
manifest["version"] = last.version + 1
Edition.objects.filter(pk=last.pk).update(current=False)
last.pk = None
last.version, last.current = manifest["version"], True
last.manifest, last.size, last.files = json.dumps(manifest), manifest["size"], len(manifest["files"])
last.digest = canonical.sha256(last.manifest.encode())
last.save()
"""

WITHDRAW_THE_OTHERS = """
from assessments.models import AssessmentPage
for page in AssessmentPage.objects.exclude(purpose="practice"):
    page.unpublish()
"""


def item(name: str, **more: Any) -> dict[str, Any]:
    """A question with three choices, of which the first is right."""
    choices = [{"id": uid(name, n), "text": f"{name} choice {n}"} for n in range(3)]
    return {
        "id": uid(name), "version": 1, "kind": "single", "text": f"Question {name}?",
        "objective": OBJECTIVE, "difficulty": 2, "confidence": False, "shuffle": True,
        "choices": choices,
        "key": {"right": [choices[0]["id"]], "scoring": "all", "feedback": {}},
        "explanation": "", "source": "", **more,
    }  # fmt: skip


def a_test(name: str, purpose: str, items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A test file as docs/formats.md has it; keyless unless it is practice. None decides."""
    return test_file(name, purpose, items, decides=False, heading=f"The {name} test", **more)


def offer(database: Database, *tests: dict[str, Any]) -> None:
    """A new edition of the demo module in English, with these tests as its last parts."""
    path = database.var / "tests.json"
    path.write_text(json.dumps(tests))
    script = OFFER.format(path=str(path), module=MODULE)
    database.manage("shell", "--no-imports", "-c", script)


def offer_practice_alone(database: Database) -> None:
    """As modules were offered before they had other tests: passing practice passes the module."""
    database.manage("shell", "--no-imports", "-c", WITHDRAW_THE_OTHERS)


def ready(tablet: Tablet, username: str = "officer1") -> Page:
    """Signed in, the module on the tablet, the whole app too."""
    page = steps.start_as(tablet, username)
    steps.download(page)
    steps.ready_for_offline(page)
    return page


def begin_deciding_practice(tablet: Tablet, line: Proxy, database: Database) -> Page:
    """Without a network, where a module has no other test."""
    offer_practice_alone(database)
    page = ready(tablet)
    line.go_offline()
    steps.open_module(page)
    steps.open_practice_test(page)
    steps.begin_test(page)
    return page


def open_test(page: Page, test: dict[str, Any]) -> None:
    page.evaluate(f"() => (location.hash = '#/module/{MODULE}')")
    steps.part(page, test).click()
    expect(page.locator("[data-page=test]")).to_be_visible()


def begin(page: Page, test: dict[str, Any]) -> None:
    open_test(page, test)
    page.locator("[data-action=begin]").click()
    expect(page.locator("[data-screen=question]")).to_be_visible()


def tick(page: Page, name: str, n: int = 0) -> None:
    """The nth choice of the question on the screen, whatever the order it is shown in."""
    expect(page.locator("h1")).to_have_text(f"Question {name}?")
    page.locator("label.choice").filter(has_text=f"{name} choice {n}").locator("input").check()
    expect(page.locator("[data-mark=saved], [data-mark=received]")).to_be_visible()


def answer(page: Page, *names: str) -> None:
    """Tick the first choice of each of these questions, and go on."""
    for name in names:
        tick(page, name)
        page.locator("[data-action=next]").click()


def hand_in(page: Page) -> None:
    expect(page.locator("[data-screen=look]")).to_be_visible()
    page.locator("[data-action=hand-in]").click()
    expect(page.locator("[data-screen=result]")).to_be_visible()


ROWS = """async ([name, table]) => {
  const {name: found} = (await indexedDB.databases()).find((one) => one.name.startsWith(name));
  const request = indexedDB.open(found);
  const db = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const all = db.transaction(table).objectStore(table).getAll();
  const rows = await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)));
  db.close();
  return rows;
}"""

PUT = """async ([name, table, key, row]) => {
  const request = indexedDB.open(name);
  const db = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const tx = db.transaction(table, 'readwrite');
  const store = tx.objectStore(table);
  if (key === null) store.put(row);
  else {
    const kept = store.get(key);
    kept.onsuccess = () => store.put({...kept.result, ...row}, key);
  }
  await new Promise((resolve) => (tx.oncomplete = resolve));
  db.close();
}"""


def attempts(page: Page) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = page.evaluate(ROWS, ["elearning-learner-", "attempts"])
    return rows


def put(page: Page, log: Log, username: str, table: str, key: str | None, row: object) -> None:
    """Into the officer's own database on the tablet: a row, or fields of what is kept under a key."""
    name = f"elearning-learner-{log.user_id(username)}"
    page.evaluate(PUT, [name, table, key, row])


def statements(log: Log, username: str) -> list[dict[str, Any]]:
    """Of attempts, in the order in which the tablet made them; a server's marks have no place in it."""
    query = "SELECT payload FROM assessments_statement WHERE registration IS NOT NULL"
    found = [
        payload if isinstance(payload, dict) else json.loads(payload)
        for (payload,) in log.rows(query)
    ]
    mine = [row for row in found if row["actor"]["account"]["name"] == log.user_id(username)]
    told = [row for row in mine if extension(row, "sequence") is not None]
    return sorted(told, key=lambda row: extension(row, "sequence"))


def extension(statement: dict[str, Any], name: str) -> Any:
    return statement["context"]["extensions"].get(EXTENSIONS + name)


def verb(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["id"]).rsplit("/", 1)[-1]


def facts(statement: dict[str, Any]) -> chain.Facts:
    link = extension(statement, "chain")
    return chain.Facts(
        id=statement["id"],
        timestamp=statement["timestamp"],
        actor=statement["actor"]["account"]["name"],
        verb=statement["verb"]["id"],
        object=statement["object"]["id"],
        registration=statement["context"]["registration"],
        response=statement.get("result", {}).get("response", ""),
        elapsed=(extension(statement, "timing") or {}).get("elapsed", 0),
        n=link["n"],
        previous=link["previous"],
    )


def verify_chain(found: list[dict[str, Any]], spki: str) -> None:
    """Each statement names the one before, and the tablet's key has sealed every one."""
    der = base64.b64decode(spki)
    public = serialization.load_der_public_key(der)
    assert isinstance(public, ec.EllipticCurvePublicKey)
    previous = ""
    for n, statement in enumerate(found):
        link = extension(statement, "chain")
        assert (link["n"], link["previous"]) == (n, previous)
        assert link["key"] == chain.key_name(der)
        assert is_sealed(public, link["seal"], facts(statement))
        previous = chain.digest(facts(statement))


def is_sealed(public: ec.EllipticCurvePublicKey, seal: str, sealed: chain.Facts) -> bool:
    raw = base64.b64decode(seal)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    try:
        public.verify(der, chain.text(sealed).encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def public_key(page: Page) -> str:
    """What the tablet keeps of its key; the private half has no readable form."""
    script = """async () => {
      const request = indexedDB.open('elearning-device');
      const db = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const got = db.transaction('meta').objectStore('meta').get('key');
      const {spki, privateKey} = await new Promise((resolve) => (got.onsuccess = () => resolve(got.result)));
      db.close();
      return [spki, privateKey.extractable];
    }"""
    spki, extractable = page.evaluate(script)
    assert extractable is False
    return str(spki)


EVERYTHING = """async () => {
  const found = [];
  const text = async (value) => {
    if (value instanceof Blob) return value.text();
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value && typeof value === 'object') return (await Promise.all(Object.values(value).map(text))).join(' ');
    return String(value);
  };
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(await (await cache.match(request)).text());
  }
  for (const {name} of await indexedDB.databases()) {
    const request = indexedDB.open(name);
    const db = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    for (const table of db.objectStoreNames) {
      const all = db.transaction(table).objectStore(table).getAll();
      for (const row of await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)))) {
        found.push(await text(row));
      }
    }
    db.close();
  }
  found.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie);
  return found;
}"""


def everything_on(page: Page) -> list[str]:
    """All that this site keeps in the browser, as texts."""
    texts: list[str] = page.evaluate(EVERYTHING)
    return texts
