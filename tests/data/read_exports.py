"""Every file of open data, read by a program of somebody else.

SITES names the built sites, with the path separator between them. ANNALS_CFFCONVERT names cffconvert, which needs an environment of
its own.
"""

import csv
import io
import json
import os
import re
import subprocess
import unittest
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import extruct
import feedparser
import frictionless
import geojson
import icalendar
import jsonschema
import networkx
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

SITES = [Path(site) for site in os.environ["SITES"].split(os.pathsep)]


def table(site, name):
    """The rows of a table, as RFC 4180 has them."""
    data = (site / "data" / name).read_bytes()
    # No cell has a line break, so every line is a row.
    assert data.endswith(b"\r\n") and not re.search(rb"(?<!\r)\n", data), f"{name} has lines that do not end in CRLF"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


class Exports(unittest.TestCase):
    """Runs each test on each site."""

    def on_each(self, check):
        for site in SITES:
            with self.subTest(site=site.parent.name):
                check(site, json.loads((site / "data/events.json").read_text("utf-8")))

    def test_json_follows_its_schema(self):
        def check(site, whole):
            schema = json.loads((site / "data/schema.json").read_text("utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
            errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(whole)]
            self.assertEqual(errors[:5], [])

        self.on_each(check)

    def test_ids_of_json_lead_to_records(self):
        def check(_, whole):
            ids = {name: {record["id"] for record in whole[name]} for name in ["events", "actors", "places", "processes", "kinds"]}
            for event in whole["events"]:
                self.assertIn(event["kind"], ids["kinds"])
                for name in ["actors", "places", "processes"]:
                    self.assertLessEqual(set(event.get(name, [])), ids[name])
                self.assertLessEqual(set(event.get("follows", [])), ids["events"])
                vote = event.get("vote", {})
                voters = [*vote.get("against", []), *vote.get("abstaining", []), *vote.get("not_voting", [])]
                self.assertLessEqual(set(voters), ids["actors"])
                sources = {source["id"] for source in event.get("sources", [])}
                for account in event.get("accounts", []):
                    self.assertIn(account["by"], ids["actors"])
                    self.assertTrue("source" not in account or account["source"] in sources)

        self.on_each(check)

    def test_all_formats_have_the_same_events(self):
        def check(site, whole):
            ids = [event["id"] for event in whole["events"]]
            lines = (site / "data/events.ndjson").read_text("utf-8").splitlines()
            self.assertEqual([json.loads(line) for line in lines], whole["events"])
            self.assertEqual([row["id"] for row in table(site, "events.csv")], ids)
            features = geojson.loads((site / "data/events.geojson").read_text("utf-8"))["features"]
            self.assertEqual([feature["id"] for feature in features], ids)
            slides = json.loads((site / "data/timelinejs.json").read_text("utf-8"))["events"]
            self.assertEqual([slide["unique_id"] for slide in slides], ids)
            graph = json.loads((site / "data/events.jsonld").read_text("utf-8"))["@graph"]
            articles = [node for node in graph if node["@type"] == "Article"]
            self.assertEqual([node["headline"] for node in articles], [event["title"] for event in whole["events"]])

        self.on_each(check)

    def test_tables_agree_with_json(self):
        def check(site, whole):
            sources = [(event["id"], source["id"]) for event in whole["events"] for source in event.get("sources", [])]
            rows = table(site, "sources.csv")
            self.assertEqual([(row["event"], row["source"]) for row in rows], sources)
            works = {row["work"] for row in rows}
            self.assertNotIn("", works)
            items = json.loads((site / "data/sources.csl.json").read_text("utf-8"))
            self.assertEqual({item["id"] for item in items}, works)
            self.assertEqual(len(items), len(works))
            votes = [event["id"] for event in whole["events"] if "vote" in event]
            self.assertEqual([row["event"] for row in table(site, "votes.csv")], votes)
            actors = [actor["id"] for actor in whole["actors"]]
            self.assertEqual([row["id"] for row in table(site, "actors.csv")], actors)

        self.on_each(check)

    def test_no_cell_is_a_formula(self):
        def check(site, _):
            for name in ["events.csv", "sources.csv", "votes.csv", "actors.csv"]:
                for row in table(site, name):
                    dates = {"date", "earliest", "latest", "updated", "accessed"}
                    for column, cell in row.items():
                        if column not in dates:
                            self.assertNotRegex(cell.lstrip(), r"^[=+\-@＝＋－＠]", f"{name} {column}")
                        self.assertNotRegex(cell, r"^[\t\r\n]", f"{name} {column}")

        self.on_each(check)

    def test_frictionless_accepts_the_package(self):
        def check(site, _):
            report = frictionless.validate(str(site / "data/datapackage.json"))
            self.assertTrue(report.valid, report.flatten(["title", "note", "rowNumber", "fieldName"])[:5])
            self.assertEqual(len(report.tasks), 4)

        self.on_each(check)

    def test_geojson_is_valid(self):
        def check(site, whole):
            collection = geojson.loads((site / "data/events.geojson").read_text("utf-8"))
            self.assertTrue(all(feature.geometry is None or feature.geometry.is_valid for feature in collection.features))
            points = {place["id"]: [place["lon"], place["lat"]] for place in whole["places"] if "lat" in place}
            for event, feature in zip(whole["events"], collection.features):
                expected = [points[place] for place in event.get("places", []) if place in points]
                found = [] if feature.geometry is None else feature.geometry.coordinates
                found = [found] if feature.geometry is not None and feature.geometry.type == "Point" else found
                self.assertEqual(found, expected)

        self.on_each(check)

    def test_gdal_reads_every_feature(self):
        def check(site, whole):
            file = str(site / "data/events.geojson")
            summary = subprocess.run(["ogrinfo", "-ro", "-so", "-al", file], capture_output=True, text=True, check=True)
            self.assertIn(f"Feature Count: {len(whole['events'])}", summary.stdout)
            self.assertEqual(summary.stderr, "")

        self.on_each(check)

    def test_calendar_covers_the_days_that_may_be_meant(self):
        def check(site, whole):
            data = (site / "calendar.ics").read_bytes()
            self.assertTrue(all(len(line) <= 75 for line in data.split(b"\r\n")))
            self.assertNotRegex(data, rb"(?<!\r)\n")
            calendar = icalendar.Calendar.from_ical(data)
            events = calendar.walk("VEVENT")
            inside = [event for event in whole["events"] if is_in_calendar(event)]
            self.assertEqual(len(events), len(inside))
            self.assertEqual(len({str(event["UID"]) for event in events}), len(events))
            for event, component in zip(inside, events):
                self.assertEqual(str(component["X-EDTF"]), event["date"])
                self.assertEqual(str(component["SUMMARY"]), event["title"])
                first = event.get("earliest") or event["latest"]
                self.assertEqual(component.decoded("DTSTART").isoformat(), first)
                last = event["latest"] if "earliest" in event and "latest" in event else first
                days = component.decoded("DTEND") - component.decoded("DTSTART")
                self.assertEqual((component.decoded("DTSTART") + days).toordinal() - 1, ordinal(last))
            self.assertEqual(calendar.errors, [])

        self.on_each(check)

    def test_no_date_is_more_exact_than_its_source(self):
        def check(site, whole):
            slides = json.loads((site / "data/timelinejs.json").read_text("utf-8"))["events"]
            for event, slide in zip(whole["events"], slides):
                for end in [slide[name] for name in ["start_date", "end_date"] if name in slide]:
                    parts = {part for part in ["month", "day"] if part in end}
                    if re.fullmatch(r"-?\d{4}[~?%]?", event["date"]):
                        self.assertEqual(parts, set(), event["date"])
                    if re.fullmatch(r"-?\d{4}-(0\d|1[0-2])[~?%]?", event["date"]):
                        self.assertEqual(parts, {"month"}, event["date"])

        self.on_each(check)

    def test_bibliographies_can_be_read(self):
        def check(site, _):
            text = (site / "data/sources.bib").read_text("utf-8")
            library = bibtexparser.parse_string(text)
            self.assertEqual(library.failed_blocks, [])
            items = json.loads((site / "data/sources.csl.json").read_text("utf-8"))
            self.assertEqual([entry.key for entry in library.entries], [item["id"] for item in items])
            self.assertTrue(all(entry.fields_dict["title"].value for entry in library.entries))
            source = CiteProcJSON(items)
            style = CitationStylesStyle(str(Path(__file__).with_name("style.csl")), validate=False)
            bibliography = CitationStylesBibliography(style, source, formatter.plain)
            for item in items:
                bibliography.register(Citation([CitationItem(item["id"].lower())]))
            self.assertEqual(len(bibliography.bibliography()), len(items))

        self.on_each(check)

    def test_networkx_reads_the_meetings(self):
        def check(site, whole):
            file = site / "data/meetings.gexf"
            ElementTree.parse(file)
            graph = networkx.read_gexf(file, version="1.3")
            self.assertFalse(graph.is_directed())
            names = {actor["id"]: actor["name"] for actor in whole["actors"]}
            for node, data in graph.nodes(data=True):
                self.assertEqual(data["label"], names[node])
            events = {actor["id"]: 0 for actor in whole["actors"]}
            for event in whole["events"]:
                for actor in event.get("actors", []):
                    events[actor] += 1
            for one, other, data in graph.edges(data=True):
                self.assertTrue(1 <= data["weight"] <= min(events[one], events[other]))

        self.on_each(check)

    def test_feeds_have_the_same_entries(self):
        def check(site, whole):
            for atom in (site / "feeds").rglob("*.xml"):
                parsed = feedparser.parse(atom.read_bytes())
                self.assertFalse(parsed.bozo, f"{atom}: {parsed.get('bozo_exception')}")
                if atom.stem == "changes":
                    continue
                name = "feed.json" if atom.stem == "atom" else f"{atom.stem}.json"
                feed = json.loads(atom.with_name(name).read_text("utf-8"))
                self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
                self.assertEqual([item["id"] for item in feed["items"]], [entry.id for entry in parsed.entries])
                self.assertTrue(all(item["content_html"] is not None for item in feed["items"]))

        self.on_each(check)

    def test_linked_data_of_pages(self):
        def check(site, whole):
            def linked(file):
                html = (site / file).read_text("utf-8")
                return extruct.extract(html, syntaxes=["json-ld"])["json-ld"]

            for page in ["index.html", "data.html"]:
                [dataset] = [node for node in linked(page) if node["@type"] == "Dataset"]
                for part in dataset.get("distribution", []):
                    self.assertTrue((site / part["name"]).is_file(), part["name"])
            types = {"person": "Person", "state": "Country", None: "Thing"}
            actors = {actor["name"]: actor for actor in whole["actors"]}
            for event in whole["events"][:50]:
                [article] = [node for node in linked(event["path"]) if node["@type"] == "Article"]
                self.assertEqual(article["headline"], event["title"])
                for thing in article["about"][: len(event.get("actors", []))]:
                    actor = actors[thing["name"]]
                    self.assertEqual(thing["@type"], types.get(actor.get("kind"), "Organization"))
                    item = actor.get("wikidata")
                    self.assertEqual(thing.get("sameAs"), item and f"http://www.wikidata.org/entity/{item}")

        self.on_each(check)

    def test_citation_file_is_valid(self):
        def check(site, _):
            command = [os.environ["ANNALS_CFFCONVERT"], "--validate", "-i", str(site / "CITATION.cff")]
            done = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

        self.on_each(check)


def is_in_calendar(event):
    """Whether four digits can express the days of an event and the day after."""
    days = [event[name] for name in ["earliest", "latest"] if name in event]
    return all(re.match(r"\d{4}-", day) and day < "9999" for day in days)


def ordinal(day):
    """The number of a day, which Python counts from the year 1."""
    import datetime

    return datetime.date.fromisoformat(day).toordinal()


if __name__ == "__main__":
    unittest.main()
