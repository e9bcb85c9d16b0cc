# The words of the interface in English.
# A site overrides a message with one of the same key in its own locales/en.ftl.

## Navigation
skip-link = Skip to content
menu = Menu
breadcrumb = You are here
timeline = Timeline
actors = Actors
places = Places
processes = Processes
kinds = Kinds
feed = Feed
previous = Earlier
next = Later

## Home and lists
landmarks-all = { $count ->
    [one] { $count } landmark
   *[other] All { $count } landmarks
}
latest = Latest events
years = By year
all-events = All events
events-count = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
no-events = No events.
month-unknown = Month not known
year-unknown = Year not known
# The second space is a no-break space, so that no line ends with the dot.
facts-separator = {" ·\u00A0"}
# After the actors that a list names: how many more took part.
more-actors = +{ $count }
sources-count = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
span-words = { $from } to { $to }
home-span-year = { $events } of { $year }.
home-span = { $events } from { $from } to { $to }.
draft = Draft
more-of-year = All of { $year }
legend-title = How to read the marks
legend-day = a known day
legend-days = several days
legend-month = a month or season, the day not known
legend-year = a year or longer
legend-one-of = one of several dates
legend-open = no known beginning or end
legend-approximate = approximate
legend-uncertain = uncertain
legend-importance = Larger marks and titles are more important events.

chart-by-month = Events by month
chart-by-quarter = Events by quarter
chart-by-half-year = Events by half-year
chart-by-year = Events by year
chart-by-decade = Events by decade
chart-by-century = Events by century
chart-by-millennium = Events by millennium
chart-by-years = Events by { $count }-year period
chart-drag = Drag across the chart to choose a period.
# A column that is higher than others.
chart-peak = { $period }: { $count }
chart-numbers = The numbers behind the chart
lanes-title = Events of each process over time
lanes-zoom = Zoom
lanes-whole = All
lanes-years = Years
lanes-months = Months
lanes-numbers = The numbers behind the lanes
all = All

## Filters
filter = Filter the timeline
filter-open = Filter
filter-close = Close
filter-text = Words in title, summary or names
filter-from = From
filter-to = To
filter-placeholder = e.g. 2015-09
filter-any-of = Any of these
filter-all-of = All of these
filter-find = Search: { $name }
filter-only = Only { $period }
filter-show = { $count ->
    [one] Show { $shown } event
   *[other] Show { $shown } events
}
filter-newest = Newest first
filter-clear = Clear all
filter-remove = Remove: { $name }
filter-status = { $shown } of { $count ->
    [one] { $count } event
   *[other] { $count } events
}
filter-possibly = { $count } more possibly in the period
filter-results = Events
filter-more = Show { $count } more
filter-failed = The list of events could not be loaded. The full timeline is below.
possibly = Possibly in the period
possibly-note = The dates of these events are not known precisely enough to say whether they fall in the period.

## The timeline in frames of other sites
embed = Embedded timeline
embed-count = { $count ->
    [one] { $shown } event
   *[other] { $shown } events
}
embed-least = At least { $shown } events
embed-none = No events match this selection.
embed-failed = The list of events could not be loaded.
embed-no-actor = This timeline has no actor “{ $id }”.
embed-no-process = This timeline has no process “{ $id }”.
embed-wrong-date = “{ $date }” is not a date. It can be a year, a month or a day: 2017, 2017-11 or 2017-11-20.
embed-other = An embedded timeline cannot be filtered by “{ $name }”.
# Before the title of the site.
embed-from = From
embed-heading = Embed the timeline
embed-intro = This code shows part of the timeline on another site. Links open in a new tab. The frame sets no cookies and sends nothing to third parties.
embed-placeholder = Replace https://YOUR-SITE/ with the address of this site.
embed-try = Open this example
embed-parameters = Parameters in the address choose the events and the look. They are the same as those of the timeline’s filters.
embed-parameter = Parameter
embed-meaning = Meaning
embed-meaning-process = Id of a process, from the address of its page. Repeat it to show the events of several processes.
embed-meaning-actor = Id of an actor, from the address of its page. Repeat it to show only events in which several actors took part together.
embed-meaning-from = First year, month or day
embed-meaning-to = Last year, month or day
embed-meaning-order = Latest event first; by default, earliest first
embed-meaning-limit = How many events are shown at a time, up to 200; by default, 20
embed-meaning-theme = Light or dark colours; by default, those that the reader prefers

## Lists to take away
take-away-events = { $count ->
    [one] Copy this event as
   *[other] Copy these { $count } events as
}
take-away-filtered = Copy these events as
take-away-votes = Copy these votes as
events-copied = { $count } events copied as { $format }
votes-copied = { $count } votes copied as { $format }
text = Text
address = Address

## An event
event = Event
date = Date
kind = Kind
place = Place
process = Process
confidence = Confidence
confidence-confirmed = Confirmed
confidence-probable = Probable
confidence-disputed = Disputed
confidence-unverified = Unverified
grounds = Rests on { $list }.
grounds-primary = { $count ->
    [one] one primary source
   *[other] { $count } primary sources
}
grounds-press = { $count ->
    [one] one press report
   *[other] { $count } press reports
}
grounds-dataset = { $count ->
    [one] one dataset
   *[other] { $count } datasets
}
grounds-other = { $count ->
    [one] one other source
   *[other] { $count } other sources
}
tags = Tags
facts = At a glance
accounts = Who says what
accounts-note = Accounts differ or come from one party. They are shown side by side, each as that party gives it.
sources = Sources
source-undated = no date given
source-archived = archived copy
# After a publisher: who relays what the publisher first published.
source-relay = via { $relay }
# After a title that the authors of this timeline wrote.
source-described = description
source-accessed = accessed on { $date }
source-language = in { $language }
source-back = Back to citation { $number } in the text
around = Around this event
# Under or beside the title of another event: what it is to the event of the page.
around-follows = followed by this event
around-followed-by = follows this event
around-previous = previous in { $process }
around-next = next in { $process }
around-same-week = same week
around-here = this event
paragraph-link = Link to this paragraph
linked-from = Pages that link here
corrections = Corrections
date-edtf = Date in EDTF
no-corrections = This entry has not been corrected.
all-corrections = Corrections to all entries
cite = Cite this page
cite-note = This cites the entry itself. For the facts in it, cite its sources.
cite-plain = Plain text
cite-bibtex = BibTeX (for biblatex)
cite-csl = CSL-JSON
citation-plain = { $author }, “{ $title }”.
citation-plain-alone = { $title }.
citation-plain-in = { $author }, “{ $title }”, { $site }.
citation-version = Version { $version }.
citation-updated = Last updated on { $date }.
citation-date = Date of the event: { $date }.
citation-accessed = Accessed on { $date }.
citation-corrected = Last corrected on { $date }.
permalink = Address of this page
copy = Copy
copy-link = Copy link
copied = Copied
copy-failed = Your browser does not allow copying; the text is selected.
edit = Edit this entry
history = History
report = Report an error
report-subject = Error in “{ $title }”
report-question = What is wrong, and which source shows it?
retracted = Retracted
retracted-note = This entry has been retracted. Its address is kept so that links to it still work.
neighbours = Earlier and later events

## Votes
vote = Vote
votes = Votes
votes-intro = Every vote in this timeline, by date.
vote-body = Body
vote-document = Document
vote-yes = In favour
vote-no = Against
vote-abstained = Abstained
vote-absent = Absent or not voting
vote-against = Voted against
vote-abstaining = Abstaining
vote-unnamed = { $count ->
    [one] { $count } not named
   *[other] { $count } not named
}
vote-outcome = Outcome
# Over numbers such as 11–2–2.
vote-tally = For, against, abstained
vote-adopted = Adopted
vote-rejected = Not adopted
vote-vetoed = Vetoed

## Actors, places, processes, kinds, pages
one-of-actors = Actor
one-of-places = Place
one-of-processes = Process
one-of-kinds = Kind
one-of-search-pages = Page
actor-kind-person = Person
actor-kind-state = State
actor-kind-organisation = Organisation
actor-kind-armed-group = Armed group
actor-kind-coalition = Coalition
roles = Offices
native-name = Name in its own language
other-names = Also known as
member-of = Member of
members = Members and former members
was = Formerly
became = Became
part-of = Part of
parts = Members
meets = Met with
actors-all = All actors
processes-all = All processes
meetings = Who met whom
meetings-note = Summits, meetings, rounds of talks, conferences and visits in which both took part.
meetings-cell = Each cell links to that pair’s meetings.
meetings-most = The most frequent meetings
meetings-no-bloc = Others
meetings-count = { $count ->
    [one] { $count } meeting
   *[other] { $count } meetings
}
meetings-more = { $count ->
    [one] and { $count } more meeting
   *[other] and { $count } more meetings
}
about-actor = About { $name }
where = Where
who = Who
coordinates = Coordinates
country = Country
within = In
contains = Places within it
period = Period
events = Events
elsewhere = Elsewhere
role-from = from { $date }
role-to = until { $date }
actors-intro = Everyone who appears in this timeline, with the number of events they took part in.
places-intro = Where the events of this timeline took place.
processes-intro = Threads of events that belong together.
kinds-intro = The kinds of events in this timeline.

## Maps
map = Map
map-intro = Where the events of this timeline took place. The larger the circle, the more events.
map-most = Most frequent place: { $name }, with { $count } of { $all } events ({ $share }%).
map-focus = { $name } itself: { $count } ({ $share }%).
map-label = Map of the places
map-description = Each circle is a place and links to its page. The table below the map lists the same places.
map-note = Circles that would overlap are moved slightly apart. Land, lakes and borders: Natural Earth, public domain. Borders are shown as Natural Earth draws them, by who is in control; no position on any claim is implied.
map-none = No place in this timeline has coordinates that can be shown on a map.
map-places = Places by number of events
map-span = Years
map-elsewhere = Places not on the map
map-zoom = Zoom
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-reset = Whole map
locator-label = Map: { $places }
locator-link = Show on the map of all places

## Kinds, for sites that define none
kind-summit = Summit
kind-meeting = Meeting
kind-talks-round = Round of talks
kind-resolution = Resolution
kind-veto = Veto
kind-agreement = Agreement
kind-ceasefire = Ceasefire
kind-statement = Statement
kind-appointment = Appointment
kind-resignation = Resignation
kind-conference = Conference
kind-sanctions = Sanctions
kind-letter = Letter
kind-vote = Vote
kind-visit = Visit
kind-recognition = Recognition
kind-suspension = Suspension
kind-report = Report
family-talks = Talks
family-decisions = Decisions
family-agreements = Agreements
family-pressure = Pressure
family-persons = Persons
family-words = Words

## Sources, corrections, the printed timeline
sources-intro = Every source that this timeline cites, by agency and publisher, with the entries that cite it. A report read at another outlet is listed under its agency, with “via” and the outlet.
publishers-count = { $count ->
    [one] { $count } publisher
   *[other] { $count } publishers
}
unarchived-count = { $count ->
    [0] all with an archived copy
    [one] { $count } without an archived copy
   *[other] { $count } without an archived copy
}
archived-count = { $count } archived
sources-of = Sources: { $publisher }
sources-of-letter = Sources: other publishers, { $letter }
# After how many sources there are: of which kinds.
sources-are = They are { $list }.
sources-kind = Kind of source
sources-document = Documents
sources-statement = Statements
sources-press = Press
sources-dataset = Datasets
sources-copy = Archive
sources-archived = With an archived copy
sources-unarchived = Without one
sources-search = Find a publisher
sources-search-titles = Search titles
sources-search-note = The list shows matches as you type. “Search titles” finds the entries that cite a source.
publishers-most = Most cited
publishers-more = { $count ->
    [one] { $count } more publisher
   *[other] { $count } more publishers
}
cited-in-more = and { $count } more
letters = Publishers by letter
no-publisher = No publisher
no-sources = No sources.
cited-in = Cited in
corrections-intro = Corrections made to entries after they were published, newest first. Each says what was wrong and what was done. A retracted entry keeps its address and gives the reason.
no-corrections-yet = No entry has been corrected or retracted.
retracted-entries = Retracted entries
print = Printable version
print-intro = This timeline is long, so each year is a document of its own, with its own contents and numbered sources.
contents = Contents

## Changes to entries
changes = Changes
changes-feed = Entries that were added, corrected, changed or retracted, so that whoever took a fact from here learns that it was corrected.
change-of = { $change }: { $title }
changes-intro = Entries that were added, corrected, changed, edited or retracted, newest first. What is struck through is what an entry said until then. Each change names its commit; times are UTC.
corrections-alone = Corrections only
all-changes = Changes to all entries
changes-older = Earlier changes are on the pages of the entries.
# Where the repository was cloned without its beginning.
changes-begin = This site knows what changed since { $date }.
entry-history = How this entry changed
history-begins = What changed earlier is not known here.
history-left = { $count ->
    [one] One earlier change is not shown.
   *[other] { $count } earlier changes are not shown.
}
change-added = Added
change-corrected = Corrected
change-changed = Changed
change-edited = Edited
change-retracted = Retracted
changes-added = { $count ->
    [one] Added
   *[other] { $count } added
}
changes-corrected = { $count ->
    [one] Corrected
   *[other] { $count } corrected
}
changes-changed = { $count ->
    [one] Changed
   *[other] { $count } changed
}
# What was edited without a change of a fact.
changes-edited = { $count ->
    [one] Edited, no fact changed
   *[other] { $count } edited, no fact changed
}
changes-retracted = { $count ->
    [one] Retracted
   *[other] { $count } retracted
}
changes-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
change-time = { $time } UTC
# Before the short id of a commit.
change-commit = Commit
# What of an entry was edited when no fact changed, and what besides its facts.
change-edits = { $list }
change-also-edited = Also edited: { $list }
edited-summary = summary
edited-text = text
edited-accounts = accounts
edited-source-details = details of sources
edited-media = pictures
edited-other = other details
fact-added = added
fact-removed = removed
# Between what a fact was and what it became. It points in the direction of the text.
fact-arrow = →
fact-title = Title
fact-date = Date
fact-kind = Kind
fact-actor-kind = Kind
fact-actors = Actors
fact-places = Places
fact-processes = Processes
fact-confidence = Confidence
fact-vote-body = Body that voted
fact-vote-document = Voted on
fact-vote-yes = In favour
fact-vote-no = Against
fact-vote-abstained = Abstained
fact-vote-absent = Absent or not voting
fact-vote-against = Voted against
fact-vote-abstaining = Abstaining
fact-vote-not-voting = Not voting
fact-vote-outcome = Outcome
fact-sources = Sources
fact-follows = Follows
fact-tags = Tags
fact-names = Other names
fact-part-of = Part of
fact-roles = Offices
fact-coordinates = Coordinates
fact-precision = Precision
fact-country = Country
fact-within = In
# A value of an earlier version that names an entry which does not exist any more.
value-gone = no longer in this timeline
place-precision-exact = exact
place-precision-city = to about a kilometre
place-precision-region = to about ten kilometres
place-precision-country = the country only

## Titles and descriptions in the head of a page
title-of-actor = { $title } (actor)
title-of-place = { $title } (place)
title-of-process = { $title } (process)
title-of-kind = { $title } (kind)
title-of-page = { $title } (page)
title-with-detail = { $title } ({ $detail })
description-counted = { $title }: { $count } in “{ $site }”.
description-of-event = { $title }. { $kind }, { $date }.
description-of-page = { $title }, a page of “{ $site }”.

## Social cards, in words for readers who cannot see them
card = { $title }, with a chart of events over time
card-event = { $title } ({ $date }), with its place on a chart of all events

## Other pages
not-found = Page not found
not-found-text = The address may be mistyped, or the page may have been removed. The timeline lists every event.
moved = This page has moved
moved-text = Its new address is:
licence-note = Texts: { $licence }
made-with = Made with annals

## Open data
data = Data
data-intro = The timeline as files to download, with dates in EDTF (ISO 8601-2) exactly as the sources give them. All files have the same published events.
data-group-whole = The whole timeline
data-group-tables = Tables
data-group-links = Maps, networks and linked data
data-group-time = Calendars and timelines
data-group-citing = Sources and citations
data-group-feeds = Feeds
data-feed-atom = The latest events as an Atom feed, with their texts
data-feed-changes = Entries that were added, corrected, changed or retracted
data-feed-json = The same as a JSON Feed
data-licence = Licence
data-no-licence = The site names no licence for its texts and data.
data-cite = How to cite the timeline
data-cite-message = Please cite this timeline as follows.
data-json = Everything: events with texts, votes, sources, accounts and corrections; actors, places, processes and pages
data-ndjson = The same events, one to a line
data-schema = The JSON Schema of events.json
data-csv = Events as a table for spreadsheets and statistics programs
data-sources-csv = A row for each source of each event
data-votes-csv = Votes with their counts and who voted how
data-actors-csv = Actors with their other names
data-datapackage = A Frictionless Data Package that describes the tables
data-geojson = Events with their places for maps and GIS
data-jsonld = Events as linked data with the terms of schema.org
data-timelinejs = Events for TimelineJS
data-icalendar = Events for calendar programs
data-bibtex = Sources for LaTeX with biblatex
data-csl-json = Sources for Zotero and other citation managers
data-gexf = The network of who met whom for Gephi
data-cff = How to cite the timeline, for code hosts and citation tools
data-votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
}
data-actors = { $count ->
    [one] { $count } actor
   *[other] { $count } actors
}
data-works = { $count ->
    [one] { $count } work
   *[other] { $count } works
}
data-pairs = { $count ->
    [one] { $count } pair
   *[other] { $count } pairs
}
data-kilobytes = { $size } kB
data-megabytes = { $size } MB
# Between the whole part of a number and its decimals, as in 1.5 MB.
decimal-separator = .
data-read-on = Read the full entry with its sources
data-title-described = The title is a description
data-relayed = Relayed by { $relay }
data-archived-at = Archived copy: { $url }

## Dates
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-year = { $year }
date-bc = { $year } BC
date-decade = a year in the { $decade }s
date-years = a year from { $from } to { $to }
date-years-like = a year from { $from } to { $to } ({ $pattern })
date-unknown-year = an unknown year
date-some-month = a month
date-some-day-of = a day in { $period }
date-between = a day from { $from } to { $to }
date-month-between = a month from { $from } to { $to }
date-day-month = { $day } { $month }
date-day-number = day { $day } of { $month }
date-and-year = { $date } { $year }
date-of-year = { $date } of { $year }
date-of = of { $year }
date-significant = about { $year } (from { $from } to { $to })
date-unknown = date not known
date-approximately = { $date } (approximate)
date-approximate = about { $date }
date-uncertain = { $date } (uncertain)
date-part-approximate = { $date } ({ $parts } approximate)
date-part-uncertain = { $date } ({ $parts } uncertain)
part-year = year
part-month = month
part-day = day
date-local-time = { $date }, { $time } local time
date-utc-time = { $date }, { $time } UTC
date-offset-time = { $date }, { $time } (UTC{ $offset })
date-range = { $from } – { $to }
date-days-of-month = { $from }–{ $to } { $month } { $year }
date-days-of-year = { $from } { $from_month } – { $to } { $to_month } { $year }
date-months-of-year = { $from }–{ $to } { $year }
date-from = from { $date } on
date-from-unknown-end = from { $date }, end not known
date-until = until { $date }
date-until-unknown-start = until { $date }, beginning not known
date-on-or-before = { $date } or earlier
date-on-or-after = { $date } or later
list-separator = {", "}
# Between the titles of entries, in which there may be commas.
entries-separator = {"; "}
# Between two actors who met, and between the beginning and the end of an office.
pair-separator = {" – "}
# Between a name or a date and what belongs to it.
label-separator = {": "}
list-and = {" and "}
list-or = {" or "}
precision-month = the day is not known
precision-season = month and day are not known
precision-year = month and day are not known
precision-period = the year is not known
precision-unknown = the { $parts } is not known
precision-unknown-plural = { $parts } are not known
precision-in-part = the { $parts } is only partly known
precision-in-part-plural = { $parts } are only partly known
precision-one-of = one of these dates
precision-open = one end is open
precision-open-both = both ends are open
precision-open-end = it continues, or its end is open
precision-open-start = its beginning is open
precision-unknown-end = its end is not known
precision-unknown-start = its beginning is not known
precision-approximate = approximate
precision-uncertain = uncertain: the sources leave doubt
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = June
month-short-7 = July
month-short-8 = Aug
month-short-9 = Sept
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
season-21 = spring { $year }
season-22 = summer { $year }
season-23 = autumn { $year }
season-24 = winter { $year }
season-25 = spring { $year } (northern hemisphere)
season-26 = summer { $year } (northern hemisphere)
season-27 = autumn { $year } (northern hemisphere)
season-28 = winter { $year } (northern hemisphere)
season-29 = spring { $year } (southern hemisphere)
season-30 = summer { $year } (southern hemisphere)
season-31 = autumn { $year } (southern hemisphere)
season-32 = winter { $year } (southern hemisphere)
season-33 = first quarter of { $year }
season-34 = second quarter of { $year }
season-35 = third quarter of { $year }
season-36 = fourth quarter of { $year }
season-37 = first third of { $year }
season-38 = second third of { $year }
season-39 = last third of { $year }
season-40 = first half of { $year }
season-41 = second half of { $year }

## Words that readers may type in dates and names of documents, separated by commas, in addition to the words in which dates
## are shown. All are optional. typed-1 to typed-41 may be added, numbered like month-1 and season-21.
typed-9 = sept
typed-23 = fall
typed-33 = q1
typed-34 = q2
typed-35 = q3
typed-36 = q4
typed-37 = early, beginning of, start of
typed-38 = mid, middle of
typed-39 = late, end of
typed-filler = of, the, in
typed-document = resolution, res, unscr, scr, unsc, sc

## Search
search = Search
search-intro = Search every word of every page of this timeline.
search-pages = Pages
search-for = Search for
search-any-kind = Any kind
search-other-pages = Other pages
search-from = From
search-to = To
search-date-form = A year, a month or a day: 2017, 2017-11, 2017-11-20 or 20 November 2017.
date-wrong = “{ $date }” is not a date. Enter a year, a month or a day: 2017, 2017-11 or 2017-11-20.
date-ambiguous = “{ $date }” could be either of two days: { $readings }. Enter the one you mean.
date-reversed = The period ends before it begins.
search-needs-script = Search needs JavaScript, which is disabled or unavailable in this browser. These lists cover all pages:
search-count = Results: { $count }
search-none = No page has all of these words.
search-no-words = Enter at least one letter or digit.
search-long = Only the first 500 characters of your search were used.
search-failed = Part of the index could not be loaded, so these results are incomplete. Try again, or reload the page.
search-possibly = possibly in this period
search-cut = Too many words begin with these letters to search them all. Type more letters.
search-partly = Only the 400 best matches for these words were checked for the phrase. Add a word.
search-more = More results
search-help = How to search
search-help-words = Several words find the pages that have all of them. The last word also finds longer words that begin with it, if it has at least two letters. So does any word that no page has as typed.
search-help-phrase = Words in quotation marks find the pages with that exact phrase: "Security Council". Curly and angle quotation marks work too.
search-help-folding = Capital letters, accents, Arabic letter forms and particles such as و or ال before a word are ignored. Titles that have your words come first.
search-help-dates = A date or part of a year finds the events of that time: 2017-11-20, 20.11.2017, November 2017, autumn 2019, early 2013.
search-help-documents = A document’s symbol or number finds the event that it belongs to: S/RES/2254, resolution 2254.
search-help-period = Only events have dates. An event whose date may be inside or outside the period is marked.
