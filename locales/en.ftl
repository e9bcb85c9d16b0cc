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
cite = Cite this page
edit = Edit this entry
history = History of this entry
retracted = Withdrawn
retracted-note = This entry was withdrawn. Its address is kept so that links to it lead here.
neighbours = Earlier and later events

## Actors, places, processes, kinds, pages
actor-kind-person = Person
actor-kind-state = State
actor-kind-organisation = Organisation
actor-kind-armed-group = Armed group
actor-kind-coalition = Coalition
roles = Offices
part-of = Part of
parts = Parts
meets = Most often together with
where = Where
who = Who
coordinates = Coordinates
country = Country
within = In
contains = Places in it
period = Period
events = Events
wikidata = Wikidata
actors-intro = Everyone who acts in this timeline, with the number of events in which they took part.
places-intro = Where the events of this timeline took place.
processes-intro = Threads of events that belong together.
kinds-intro = What kinds of events this timeline tells apart.

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
date-some-month = a month of { $year }
date-some-day-of = a day in { $period }
date-between = a day from { $from } to { $to }
date-significant = { $year }, of which { $digits } digits count
date-as-written = { $edtf }
date-unknown = date not known
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
list-and = {" and "}
list-or = {" or "}
precision-month = the day is not known
precision-season = month and day are not known
precision-year = month and day are not known
precision-period = the year is not known
precision-one-of = one of these dates
precision-open = one end is open
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

## Search
search = Search
search-intro = Every word of every page of this timeline.
search-pages = Pages
search-for = Search for
search-any-kind = Any kind
search-other-pages = Other pages
search-from = From
search-to = To
search-date-form = A year, a month or a day: 2017, 2017-11 or 2017-11-20.
search-needs-script = Searching needs JavaScript, which is off or not there in this browser. All pages can be found by these lists:
search-count = Results: { $count }
search-none = No page has all of these words.
search-failed = A part of the index could not be loaded, so this search is not complete. Try again, or reload the page.
search-possibly = perhaps, or only in part, in this period
search-cut = More words begin like this than were looked at. Type more letters.
search-partly = Only the best 400 of the pages that have these words were read for the phrase. Add a word.
search-more = More results
search-help = How to search
search-help-words = Several words: pages that have all of them. The last word also finds longer words that begin with it, from two letters on. So does a word that stands on no page as you typed it.
search-help-phrase = Words in quotation marks: pages where they stand side by side, exactly so: "Security Council".
search-help-folding = Capital letters, accents and the forms of Arabic letters make no difference. Titles that have your words come first.
search-help-period = Only events have dates. An event whose date is uncertain, or goes beyond the period, is marked.
search-help-keys = Keys: / leads to this field from any page. Arrow keys go from the field to the results and between them, Home and End to the first and the last, Escape back to the field.
search-shortcut = The key / leads to the search field
