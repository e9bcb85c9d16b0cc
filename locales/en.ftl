# The words of the interface in English.
# A site replaces any message by a locales/en.ftl of its own that has a message of the same name.

## Navigation
skip-link = Skip to the text
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
in-process = In { $process }

## Home and lists
landmarks = Landmarks
years = By year
all-events = All events
events-count = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
no-events = No events.
month-unknown = Month not known
year-unknown = Year not known
# The first space is one that keeps the dot on its line.
facts-separator = {"\u00A0· "}
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
legend-month = a month or a season, the day not known
legend-year = a year or longer
legend-one-of = one of several dates
legend-open = no known beginning or end
legend-approximate = approximate
legend-uncertain = uncertain
legend-importance = The larger a mark or a title, the more the event weighs.

chart-by-month = Events by month
chart-by-quarter = Events by quarter
chart-by-half-year = Events by half-year
chart-by-year = Events by year
chart-by-decade = Events by decade
chart-by-century = Events by century
chart-by-millennium = Events by millennium
chart-by-years = Events by { $count }-year period
chart-landmarks = the marks above are landmarks
chart-drag = drag across the chart to choose a period
chart-numbers = The numbers behind the chart
lanes-title = Events of each process over time
lanes-numbers = The numbers behind the lanes
all = All

## Filters
filter = Narrow the timeline down
filter-text = Words in title, summary or names
filter-from = From
filter-to = To
filter-placeholder = e.g. 2015-09
filter-any-of = Any of these
filter-all-of = All of these together
filter-clear = Clear all
filter-remove = Take out: { $name }
filter-status = { $shown } of { $count ->
    [one] { $count } event
   *[other] { $count } events
}
filter-possibly = { $count } more possibly in the period
filter-results = Events
filter-more = Show { $count } more
filter-failed = The list of events could not be loaded. The whole timeline stands below.
possibly = Possibly in the period
possibly-note = Of these events it is not known well enough when they took place: they may lie in the period or outside.

## An event
date = Date
kind = Kind
place = Place
process = Process
confidence = Confidence
confidence-confirmed = Confirmed
confidence-probable = Probable
confidence-disputed = Disputed
confidence-unverified = Unverified
tags = Tags
facts = At a glance
accounts = Who says what
accounts-note = Accounts differ or come from one party. They stand side by side, as each gives it.
sources = Sources
source-undated = no date given
source-archived = archived copy
source-accessed = read on { $date }
source-language = in { $language }
source-back = Back to the text, citation { $number }
follows = What it follows
followed-by = What followed
same-week = Also that week
linked-from = Pages that link here
corrections = Corrections
date-edtf = Date in EDTF
history-and-corrections = History and corrections
no-corrections = Nothing was corrected in this entry.
all-corrections = Corrections of all entries
cite = Cite this page
cite-note = What is cited is this entry. For what it says, cite the sources that it names. The day on which you read it is not in here; add it where your style asks for it.
cite-plain = Plain text
cite-bibtex = BibTeX (for biblatex)
cite-csl = CSL-JSON
citation-plain = “{ $title }”, in: { $site }.
citation-corrected = Last corrected on { $date }.
permalink = Address of this page
copy = Copy
copy-link = Copy link
copied = Copied
copy-failed = Your browser does not allow copying; the text is selected.
arrow-keys = The arrow keys ← and → lead to the neighbouring events.
edit = Edit this entry
history = History of this entry
report = Report an error
report-subject = Error in “{ $title }”
report-question = What is wrong, and which source shows it?
retracted = Withdrawn
retracted-note = This entry was withdrawn. Its address is kept so that links to it lead here.
neighbours = Earlier and later events

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
part-of = Part of
parts = Belonging to it
meets = Met with
actors-all = All actors
meetings = Who met whom
meetings-note = Summits, meetings, rounds of talks, conferences and visits in which both took part.
meetings-cell = Each cell leads to the meetings of two.
meetings-most = The most frequent meetings
meetings-others = All further pairs
meetings-count = { $count ->
    [one] { $count } meeting
   *[other] { $count } meetings
}
meetings-more = { $count ->
    [one] and { $count } more meeting
   *[other] and { $count } more meetings
}
met-times = { $one } and { $other }: { $count ->
    [one] { $count } meeting
   *[other] { $count } meetings
}
about-actor = About { $name }
where = Where
who = Who
coordinates = Coordinates
country = Country
within = In
contains = Places in it
period = Period
events = Events
elsewhere = Elsewhere
role-from = from { $date }
role-to = until { $date }
actors-intro = Everyone who acts in this timeline, with the number of events in which they took part.
places-intro = Where the events of this timeline took place.
processes-intro = Threads of events that belong together.
kinds-intro = What kinds of events this timeline tells apart.

## Maps
map = Map
map-intro = Where the events of this timeline took place. The larger the circle, the more events.
map-label = Map of the places
map-description = Each circle is a place and leads to its page. The table below the map lists the same places.
map-note = Circles that would cover each other stand a little apart. Land, lakes and borders: Natural Earth, public domain. Borders are drawn as Natural Earth gives them, by who is in control; no position on any claim is implied.
map-none = No place of this timeline has a point that could be shown on a map.
map-places = Places by number of events
map-span = Years
map-elsewhere = Places without a point
map-zoom = Zoom
map-zoom-in = Nearer
map-zoom-out = Farther
map-reset = The whole map
locator-label = Map: { $places }
locator-link = On the map of all places

## Kinds that serve where a site names none
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
sources-intro = Every source that this timeline cites, by publisher and date, with the entries that cite it.
publishers-count = { $count ->
    [one] { $count } publisher
   *[other] { $count } publishers
}
unarchived-count = { $count ->
    [0] all with an archived copy
    [one] { $count } without an archived copy
   *[other] { $count } without an archived copy
}
sources-of = Sources: { $letter }
letters = Publishers by letter
no-publisher = Without a publisher
no-sources = No sources.
source-not-archived = no archived copy
cited-in = Cited in
corrections-intro = What was mended in entries after they were published, the newest first. A correction says what was wrong and what was done. A withdrawn entry keeps its address and the reason.
no-corrections-yet = No entry has been corrected or withdrawn.
withdrawn = Withdrawn entries
print = To print
print-intro = This timeline is long. Each year is a document of its own, with its contents and its numbered sources.
contents = Contents

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

## Other pages
not-found = There is no such page
not-found-text = The address may have been mistyped, or the page has gone. The timeline has every event.
moved = This page has moved
moved-text = It now stands at another address:
licence-note = Texts: { $licence }
made-with = Made with annals

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
list-and = {" and "}
list-or = {" or "}
precision-month = the day is not known
precision-season = month and day are not known
precision-year = month and day are not known
precision-period = the year is not known
precision-unknown = the { $parts } is not known
precision-unknown-plural = { $parts } are not known
precision-in-part = the { $parts } is known in part
precision-in-part-plural = { $parts } are known in part
precision-one-of = one of these dates
precision-open = an end is open
precision-open-end = it goes on, or its end is open
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

## Words that readers type in dates and names of documents, parted by commas: other words than those by which dates are
## shown, which are understood as well. A language needs none of these; typed-1 to typed-41 may be added like month-1 and season-21.
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
search-intro = Every word of every page of this timeline.
search-pages = Pages
search-for = Search for
search-any-kind = Any kind
search-other-pages = Other pages
search-from = From
search-to = To
search-date-form = A year, a month or a day: 2017, 2017-11, 2017-11-20 or 20 November 2017.
date-wrong = “{ $date }” is not a date. Write a year, a month or a day: 2017, 2017-11 or 2017-11-20.
date-ambiguous = “{ $date }” could be either of two days: { $readings }. Write the one you mean.
date-reversed = The period ends before it begins.
search-needs-script = Searching needs JavaScript, which is off or not there in this browser. All pages can be found by these lists:
search-count = Results: { $count }
search-none = No page has all of these words.
search-no-words = There is no letter or digit to search for.
search-long = Only the first 500 characters were searched for.
search-failed = A part of the index could not be loaded, so this search is not complete. Try again, or reload the page.
search-possibly = perhaps in this period
search-cut = More words begin like this than were looked at. Type more letters.
search-partly = Only the best 400 of the pages that have these words were read for the phrase. Add a word.
search-more = More results
search-help = How to search
search-help-words = Several words: pages that have all of them. The last word also finds longer words that begin with it, from two letters on. So does a word that stands on no page as you typed it.
search-help-phrase = Words in quotation marks: pages where they stand side by side, exactly so: "Security Council". Curly and angle quotation marks do the same.
search-help-folding = Capital letters, accents, the forms of Arabic letters and particles such as و or ال before a word make no difference. Titles that have your words come first.
search-help-dates = A date or part of a year finds the events of that time: 2017-11-20, 20.11.2017, November 2017, autumn 2019, early 2013.
search-help-documents = A document’s symbol or number finds the event that it belongs to: S/RES/2254, resolution 2254.
search-help-period = Only events have dates. An event that may lie in the period or outside it is marked.
search-help-keys = Keys: / leads to this field from any page. Arrow keys go from the field to the results and between them, Home and End to the first and the last, Escape back to the field.
search-shortcut = The key / leads to the search field
