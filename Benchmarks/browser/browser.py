"""Renders exported sessions in headless Chromium and looks at what comes of it.

For each golden transcript: the page has real MathML, no element that could run or fetch anything,
and is no wider than a phone's or a desktop's window. For golden transcripts with hostile words in
every field, and for one made of nothing else, with every field there is and a hostile name: nothing
runs and nothing is fetched, also with the page's content security policy taken out, so that it is the
writing that is safe and the policy a second wall. Pages that are hostile in earnest show that the
listener would have heard it.

    browser.py PROGRAM [--keep FOLDER]      --keep leaves pages and screenshots there
"""

import html.parser
import http.server
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "transcripts" / "golden"
HOSTILE = pathlib.Path(__file__).resolve().parent / "hostile.jsonl"
# A session is called what its file is called.
TITLE = "\"><img src=x onerror=document.documentElement.setAttribute('data-ran','1')><script>x"
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
WIDTHS = [390, 1280]
# Hostile words that are put into a page as they are, to show that they would be obeyed.
CONTROLS = 12

ELEMENTS = set(
    "html head meta title style body main header article section footer h1 h2 h3 h4 h5 h6 p div span"
    " time strong em b i u s q br hr wbr code pre blockquote ul ol li table tr th td thead tbody a"
    " del ins sup math mrow mi mo mn mtext mspace mfrac msqrt mroot msub msup msubsup munder mover"
    " munderover mtable mtr mtd mphantom".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class datetime href rel value display displaystyle alttext title aria-label"
    " width fence stretchy separator accent linethickness lspace rspace".split()
)
# Values of these keys are words of the format; all others are anybody's.
FORMAT = set(
    "phase finish outcome role rule next word ending written source version operation".split()
)


class Listener:
    """A loopback server that only counts."""

    def __init__(self):
        self.paths = []
        paths = self.paths

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                paths.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_HEAD = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"


def payloads(url):
    """Words that a careless page would obey; they stand in a file that the tests read too."""
    run = f"document.documentElement.setAttribute('data-ran','1');fetch('{url}/ran')"
    lines = HOSTILE.read_text().splitlines()
    return [json.loads(line).replace("{run}", run).replace("{url}", url) for line in lines]


def constructed(words):
    """A transcript in which every field that holds words holds the given ones, a problem for each."""
    everything = "\n\n".join(words)
    lines = [{"session": {"id": everything, "program": everything, "provenance": everything}}]
    lines[0]["session"].update(version=1, started=1795382392)
    for number, word in enumerate(words):
        lines += problem(word, number)
    for at, line in enumerate(lines):
        line["at"] = at
    return [json.dumps(line, ensure_ascii=False) for line in lines]


def problem(word, number):
    """All that can happen to one problem, `word` in every field."""
    def finding(outcome):
        end = len(word.encode())
        return {
            "step": 0, "start": 0, "end": end, "claim": word, "role": "asserted",
            "outcome": outcome, "evidence": word, "correction": word,
        }

    def checked(round, origin, text):
        end = len(text.encode())
        return {
            "round": round,
            "candidate": {"origin": origin, "text": text, "finish": "stop"},
            "report": {
                "steps": [{"start": 0, "end": end, "text": text}],
                "findings": [finding("refuted"), finding("holds"), finding("undecided")],
                "answer": {"text": word, "rule": "boxed", "start": 0, "end": end},
            },
            "proof": finding("refuted"),
        }

    voice = {
        "model": word, "options": {"stop": [word], "grammar": word},
        "takesGrammar": True, "givesLogprobs": True,
    }
    token = {"token": word, "logprob": -1, "alternatives": [{"token": word, "logprob": -1}]}
    exchange = {
        "phase": "propose", "round": 0,
        "request": {
            "model": word, "messages": [{"role": "user", "content": word}], "options": {},
        },
        "reply": {
            "text": word, "reasoning": word, "fault": word, "finish": "cut", "milliseconds": 1,
            "attempts": 1, "logprobs": [token],
        },
    }
    about = {"step": 0, "left": word, "operation": "-", "right": word, "quote": word}
    critique = {
        "written": "wrong", "text": word, "probability": 0.25, "finish": "stop",
        "factored": [{"about": about, "adds": 0.5}],
        "remark": {
            "step": 0, "quote": word, "correction": word, "reason": word, "dismissal": word,
            "isVerified": False,
        },
    }
    evidence = {
        "source": "critic", "step": 0, "quote": word, "reason": word + " ", "correction": word,
    }
    verdict = {
        "word": "disputed", "answer": word, "others": [word], "voucher": word, "ending": "judged",
        "round": 0,
    }
    cost = {"calls": 1, "promptTokens": 1, "completionTokens": 1, "milliseconds": 1}
    posed = {
        "problem": {"id": word, "statement": word}, "policy": {}, "solver": voice,
        "critic": voice,
    }
    if number % 3 == 2:
        posed["working"] = word
    header = {
        "version": 1, "id": word, "started": 1e300, "program": word, "provenance": word,
    }
    return [
        {"problem": posed}, {"resumed": header}, {"exchange": exchange},
        {"checked": checked(0, {"greedy": {}}, word)},
        {"critique": {"round": 0, "critique": critique}},
        {"decision": {"next": "revise", "round": 0, "evidence": evidence}},
        {"checked": checked(1, {"revised": {"round": 0}}, word + "\n\n" + word)},
        {"critique": {"round": 1, "critique": {**critique, "written": "unparsed"}}},
        {"failed": word}, {"note": word},
        *([] if number % 4 == 3 else [{"verdict": {"verdict": verdict, "cost": cost}}]),
    ]


def hostile(lines, url):
    """The transcript with every foreign string made hostile, the working kept at their head."""
    all_of_them = payloads(url)
    count = 0

    def spoil(value, key):
        nonlocal count
        if isinstance(value, dict):
            return {k: spoil(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [spoil(v, key) for v in value]
        if not isinstance(value, str) or key in FORMAT:
            return value
        count += 1
        # A solution keeps its lines, so that there are steps, marks and corrections to write.
        if len(value) > 200 or key in ("text", "statement"):
            return value + "\n\n" + "\n\n".join(all_of_them)
        return all_of_them[count % len(all_of_them)] + " " + value

    return [json.dumps(spoil(json.loads(line), None), ensure_ascii=False) for line in lines], count


class Page(html.parser.HTMLParser):
    """Every element and attribute of a page that should not be there."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.faults = []
        self.formulas = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}>")
        self.formulas += tag == "math"
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.faults.append(f"<{tag} {name}>")
            if name == "href" and not re.match(r"https?://", value or ""):
                self.faults.append(f"<{tag} href={value!r}>")
            if name == "http-equiv" and value != "Content-Security-Policy":
                self.faults.append(f"<meta http-equiv={value!r}>")


class Browser:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder

    def open(self, page, *flags):
        """What the browser makes of a page: its document as text, and what it complained of."""
        command = [
            self.program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--no-first-run", "--disable-extensions", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
            f"--user-data-dir={self.folder / 'profile'}", "--virtual-time-budget=2000",
            *flags, page.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, timeout=120)
        return done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    def dump(self, page):
        document, log = self.open(page, "--dump-dom")
        refused = [line for line in log.splitlines() if "Content Security Policy" in line]
        return document, refused

    def overflow(self, text, width, page):
        """By how many pixels the page is wider than its window."""
        probe = (
            "<script>addEventListener('load',()=>parent.postMessage("
            "document.documentElement.scrollWidth-innerWidth,'*'))</script>"
        )
        open_page = without_policy(text).replace("</body>", probe + "</body>")
        frame = open_page.replace("&", "&amp;").replace('"', "&quot;")
        page.write_text(
            "<!DOCTYPE html><body style='margin:0'><script>addEventListener('message',"
            "e=>document.title='over '+e.data)</script>"
            f'<iframe srcdoc="{frame}" style="border:0;width:{width}px;height:4000px"></iframe>'
        )
        document, _ = self.open(page, "--dump-dom", "--window-size=1400,1000")
        found = re.search(r"<title>over (-?\d+)</title>", document)
        return int(found.group(1)) if found else None

    def shoot(self, page, picture, width, dark):
        """A screenshot, through a frame: no window is as narrow as a phone."""
        scheme = "dark" if dark else "light"
        frame = page.with_name(f"frame-{page.stem}-{width}-{scheme}.html")
        frame.write_text(
            f"<!DOCTYPE html><body style='margin:0'><iframe src='{page.name}' "
            f"style='border:0;width:{width}px;height:2400px;color-scheme:{scheme}'></iframe>"
        )
        flags = [f"--screenshot={picture}", f"--window-size={max(width, 500)},2400"]
        if dark:
            flags.append("--blink-settings=preferredColorScheme=0")
        self.open(frame, *flags)


def fields(value, key=None):
    """How many strings a line holds that are anybody's words."""
    if isinstance(value, dict):
        return sum(fields(inner, name) for name, inner in value.items())
    if isinstance(value, list):
        return sum(fields(inner, key) for inner in value)
    return int(isinstance(value, str) and key not in FORMAT)


def style_sheet(text):
    """The page's style element, which must be its only one."""
    sheets = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    return sheets[0] if len(sheets) == 1 else None


def without_policy(text):
    bare, count = re.subn(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", text, count=1)
    if count != 1:
        raise SystemExit("the page has no content security policy")
    return bare


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    keep = pathlib.Path(sys.argv[3]) if sys.argv[2:3] == ["--keep"] else None
    chromium = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if chromium is None:
        print("no Chromium here; on Debian: apt-get install chromium", file=sys.stderr)
        return 69
    faults = []
    with tempfile.TemporaryDirectory() as name:
        folder = keep or pathlib.Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        browser = Browser(chromium, pathlib.Path(name))
        listener = Listener()

        def export(transcript, page=None):
            page = page or folder / f"{transcript.stem}.html"
            page.unlink(missing_ok=True)
            subprocess.run([program, "export", transcript, "--out", page], check=True)
            return page, page.read_text()

        def expect(holds, what):
            print(("ok    " if holds else "FAULT ") + what)
            if not holds:
                faults.append(what)

        goldens = sorted(GOLDEN.glob("*.jsonl"))
        expect(bool(goldens), f"{len(goldens)} golden transcripts")
        for transcript in goldens:
            page, text = export(transcript)
            document, refused = browser.dump(page)
            parsed = Page(document)
            expect(not parsed.faults, f"{page.stem}: only known elements {parsed.faults[:3]}")
            expect(not refused, f"{page.stem}: nothing is refused {refused[:1]}")
            has_formula = re.search(r"\\\\[(\[]|\$", transcript.read_text()) is not None
            expect(parsed.formulas > 0 or not has_formula, f"{page.stem}: {parsed.formulas} formulas")
            for width in WIDTHS:
                over = browser.overflow(text, width, folder / "probe.html")
                expect(over == 0, f"{page.stem}: {over} pixels too wide at {width}")
                if keep:
                    for dark in (False, True):
                        shade = "dark" if dark else "light"
                        picture = folder / f"{page.stem}-{width}-{shade}.png"
                        browser.shoot(page, picture, width, dark)

        sheet = style_sheet(export(goldens[0])[1])
        lines = constructed(payloads(listener.url))
        count = sum(fields(json.loads(line)) for line in lines)
        spoilt = [(folder / f"{TITLE}.jsonl", lines, count)]
        for transcript in goldens:
            lines, count = hostile(transcript.read_text().splitlines(), listener.url)
            spoilt.append((folder / f"hostile-{transcript.name}", lines, count))
        for place, (transcript, lines, count) in enumerate(spoilt):
            transcript.write_text("\n".join(lines) + "\n")
            page, text = export(transcript, folder / f"hostile-{place}.html")
            expect(style_sheet(text) == sheet, f"{page.stem}: no style of its own")
            bare = folder / f"bare-{page.name}"
            bare.write_text(without_policy(text))
            for which in (page, bare):
                document, refused = browser.dump(which)
                parsed = Page(document)
                expect(not parsed.faults, f"{which.stem}: {count} fields {parsed.faults[:3]}")
                expect("data-ran" not in document.split(">", 2)[1], f"{which.stem}: nothing ran")
                expect(not refused, f"{which.stem}: nothing is refused {refused[:1]}")
        expect(not listener.paths, f"nothing was fetched {sorted(set(listener.paths))[:5]}")

        heard = 0
        for number, word in enumerate(payloads(listener.url)[:CONTROLS]):
            del listener.paths[:]
            control = folder / f"control-{number}.html"
            control.write_text(f"<!DOCTYPE html><body><p>{word}</p>")
            document, _ = browser.dump(control)
            heard += bool(listener.paths) or "data-ran" in document.split(">", 2)[1]
        expect(heard > CONTROLS // 2, f"{heard} of {CONTROLS} obeyed where they stand as markup")
        parsed = Page("<p onclick=x><script></script><a href='javascript:x'>")
        expect(len(parsed.faults) == 3, "the reader of pages sees what should not be there")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
