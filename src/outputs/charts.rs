//! Charts as values for templates: their shapes, and the words and numbers beside them in HTML.

use fluent_bundle::FluentValue;
use tera::Value;

use super::Site;
use crate::config::Family;
use crate::date::{Month, year_words};
use crate::figures::{self, Columns, Length, Meeting, Tick};
use crate::theme::views::map;
use crate::timeline::{ActorIx, EventIx, Year};

/// The most pairs in the list of the most frequent meetings.
const PAIRS: usize = 24;

/// The chart of the whole timeline, whose ticks link to the years on the page.
pub(super) fn overview(site: &Site, root: &str) -> Option<Value> {
    let columns = site.columns.as_ref()?;
    let all: Vec<EventIx> = (0..site.timeline.events.len()).map(EventIx).collect();
    let label = |tick: Tick| {
        let year = site.timeline.years.iter().map(|year| year.year).find(|year| tick.holds(*year));
        Label::of_year(site, tick, year.map(|year| format!("#y{year}")))
    };
    Some(chart(site, &all, columns, &Axis { root, label: &label }))
}

/// The chart of a year, whose ticks link to the months on the page.
pub(super) fn of_year(site: &Site, year: &Year, root: &str) -> Value {
    let events: Vec<EventIx> = year.months.iter().flat_map(|month| &month.events).copied().collect();
    let label = |tick: Tick| {
        let month = Month { year: year.year, month: tick.month() };
        let listed = year.months.iter().any(|listed| listed.month == Some(tick.month()));
        Label {
            words: month.name(&*site.locale),
            short: site.locale.text(&format!("month-short-{}", tick.month()), &[]),
            url: listed.then(|| format!("#m{}-{:02}", year.year, tick.month())),
        }
    };
    chart(site, &events, &Columns::of_year(year.year), &Axis { root, label: &label })
}

/// The small chart of some events on the axis of the whole timeline.
pub(super) fn small(site: &Site, events: &[EventIx], root: &str) -> Option<Value> {
    let columns = site.columns.as_ref().filter(|_| !events.is_empty())?;
    let label = |tick: Tick| Label::of_year(site, tick, None);
    Some(chart(site, events, columns, &Axis { root, label: &label }))
}

/// A chart of a few pixels for an index, with only shapes.
pub(super) fn spark(site: &Site, events: &[EventIx]) -> Option<Value> {
    let columns = site.columns.as_ref().filter(|_| !events.is_empty())?;
    let stacks = figures::stacks(&site.timeline, events, &columns.by_tick());
    Some(map! {
        "shapes": Value::safe_string(&stacks.shapes),
        "view_box": stacks.view_box(),
    })
}

/// The labels of a chart's axis.
struct Axis<'a> {
    /// The relative path from the page to the site's root.
    root: &'a str,
    /// The label of a tick.
    label: &'a dyn Fn(Tick) -> Label,
}

/// The label of a tick.
struct Label {
    words: String,
    /// The words for narrow spaces.
    short: String,
    /// The address it links to.
    url: Option<String>,
}

impl Label {
    fn of_year(site: &Site, tick: Tick, url: Option<String>) -> Self {
        let words = year_words(tick.year(), &*site.locale);
        Self { short: words.clone(), words, url }
    }
}

fn chart(site: &Site, events: &[EventIx], columns: &Columns, axis: &Axis<'_>) -> Value {
    let stacks = figures::stacks(&site.timeline, events, columns);
    let words = |ix: EventIx| mark_words(site, ix);
    let landmarks = figures::landmarks(&site.timeline, events, columns, axis.root, &words);
    let ticks: Vec<Tick> = columns.ticks().collect();
    let counts = counts(site, events, &ticks);
    let families: Vec<(usize, Family)> = Family::ALL.iter().copied().enumerate().collect();
    let present: Vec<&(usize, Family)> =
        families.iter().filter(|(at, _)| counts.iter().any(|count| count[*at] > 0)).collect();
    let most = counts.iter().map(|count| count.iter().sum::<usize>()).max().unwrap_or(0);
    let rows = ticks.iter().zip(&counts).map(|(tick, count)| {
        let label = (axis.label)(*tick);
        let total: usize = count.iter().sum();
        map! {
            "label": label.words,
            "short_label": label.short,
            "url": label.url.map(|url| Value::safe_string(&url)),
            "total": total,
            "total_words": site.locale.count("events-count", total),
            "counts": present.iter().map(|(at, _)| Value::from(count[*at])).collect::<Vec<_>>(),
            "bar": Value::safe_string(&bar(count)),
        }
    });
    map! {
        "title": title(site, columns),
        "rows_title": title(site, &columns.by_tick()),
        "shapes": Value::safe_string(&stacks.shapes),
        "view_box": stacks.view_box(),
        "highest": stacks.highest,
        "spans": Value::safe_string(&stacks.spans),
        "spans_height": stacks.spans_height,
        "landmarks": Value::safe_string(&landmarks.marks),
        "landmarks_height": landmarks.height,
        "first": columns.first,
        "unit": columns.unit,
        "columns": columns.count,
        "most": most,
        "rows": rows.collect::<Vec<_>>(),
        "families": present.iter().map(|(_, family)| self::family(site, *family)).collect::<Vec<_>>(),
    }
}

/// The title of a chart, by the length of its columns: "Events by month".
fn title(site: &Site, columns: &Columns) -> String {
    let key = match columns.length() {
        Length::Month => "chart-by-month",
        Length::Quarter => "chart-by-quarter",
        Length::HalfYear => "chart-by-half-year",
        Length::Year => "chart-by-year",
        Length::Decade => "chart-by-decade",
        Length::Century => "chart-by-century",
        Length::Millennium => "chart-by-millennium",
        Length::Years(years) => return site.locale.text("chart-by-years", &[("count", FluentValue::from(years))]),
    };
    site.locale.text(key, &[])
}

fn family(site: &Site, family: Family) -> Value {
    map! {
        "id": family.name(),
        "name": site.locale.text(&format!("family-{}", family.name()), &[]),
    }
}

/// The number of events of each family in each tick, by their earliest day.
fn counts(site: &Site, events: &[EventIx], ticks: &[Tick]) -> Vec<[usize; Family::ALL.len()]> {
    let mut counts = vec![[0; Family::ALL.len()]; ticks.len()];
    let Some(first) = ticks.first() else { return counts };
    for ix in events {
        let event = &site.timeline[*ix];
        let month = figures::month_number(event.date.key().start);
        let at = (month - first.first).div_euclid(first.months.max(1));
        let at = usize::try_from(at).unwrap_or(0).min(ticks.len() - 1);
        counts[at][site.timeline[event.kind].family as usize] += 1;
    }
    counts
}

/// A tick's count as one bar with a piece for each family, for a `viewBox` as wide as the highest count.
fn bar(count: &[usize; Family::ALL.len()]) -> String {
    let mut bar = String::new();
    let mut from = 0;
    for (family, count) in Family::ALL.iter().zip(count).filter(|(_, count)| **count > 0) {
        bar.push_str(&format!("<path class=\"family-{}\" d=\"M{from} 0h{count}v1h-{count}z\"/>", family.name()));
        from += count;
    }
    bar
}

/// The title of an event's mark: "20 November 2017: Putin receives Assad in Sochi".
fn mark_words(site: &Site, ix: EventIx) -> String {
    let event = &site.timeline[ix];
    format!("{}: {}", event.date.words(&*site.locale), event.entry.title)
}

/// The process chart: a lane for each process with events, and the axis.
pub(super) fn lanes(site: &Site, root: &str) -> Option<Value> {
    let columns = site.columns.as_ref()?;
    let words = |ix: EventIx| mark_words(site, ix);
    let lanes = figures::lanes(&site.timeline, columns, root, &words);
    let ticks: Vec<Tick> = columns.ticks().collect();
    let has_marks = lanes.iter().any(|lane| lane.strip.height > 0);
    let lane = |lane: figures::Lane| {
        let stacks = lane.stacks.map(|stacks| {
            map! { "shapes": Value::safe_string(&stacks.shapes), "view_box": stacks.view_box() }
        });
        let counts = counts(site, &site.timeline[lane.process].events, &ticks);
        map! {
            "counts": counts.iter().map(|count| Value::from(count.iter().sum::<usize>())).collect::<Vec<_>>(),
            "process": site.views.process(lane.process),
            "marks": Value::safe_string(&lane.strip.marks),
            "height": lane.strip.height,
            "stacks": stacks,
        }
    };
    let labels: Vec<Value> = ticks.iter().map(|tick| year_words(tick.year(), &*site.locale).into()).collect();
    (!lanes.is_empty()).then(|| {
        map! {
            "lanes": lanes.into_iter().map(lane).collect::<Vec<_>>(),
            "families": Family::ALL.iter().map(|family| self::family(site, *family)).collect::<Vec<_>>(),
            "ticks": labels,
            "lines": Value::safe_string(&figures::tick_lines(ticks.len())),
            "has_marks": has_marks,
        }
    })
}

/// The anchor of a pair's meetings on the page of the first actor: named after the other one.
pub(super) fn meetings_anchor(site: &Site, other: ActorIx) -> String {
    format!("_met-{}", site.timeline[other].entry.id.id)
}

/// The matrix of meetings and the list of the pairs that met most often, for the index of actors.
pub(super) fn meetings(site: &Site) -> Option<Value> {
    let timeline = &site.timeline;
    let names =
        |meeting: &Meeting| (timeline[meeting.one].entry.title.clone(), timeline[meeting.other].entry.title.clone());
    let words = |meeting: &Meeting| {
        let (one, other) = names(meeting);
        let count = FluentValue::from(meeting.count);
        site.locale.text("met-times", &[("one", one.into()), ("other", other.into()), ("count", count)])
    };
    // Pages of actors are in the same folder as their index. A leading dot keeps an id with a colon from being read as a scheme.
    let url = |one: ActorIx, other: ActorIx| {
        let page = timeline[one].entry.path().url();
        let anchor = crate::id::SitePath::new(meetings_anchor(site, other)).url();
        format!("../{page}#{anchor}")
    };
    // The pairs of the matrix; the first of each is the actor whose page has a section on the other.
    let oriented = |meeting: Meeting| {
        let turned = Meeting { one: meeting.other, other: meeting.one, ..meeting };
        [meeting, turned].into_iter().find(|meeting| site.met.contains(&(meeting.one, meeting.other)))
    };
    let mut pairs: Vec<Meeting> = figures::meetings(timeline).into_iter().filter_map(oriented).collect();
    let further = pairs.split_off(pairs.len().min(PAIRS));
    let pair = |meeting: &Meeting| {
        let (one, other) = names(meeting);
        map! {
            "one": one,
            "other": other,
            "url": Value::safe_string(&url(meeting.one, meeting.other)),
            "count": meeting.count,
            "count_words": site.locale.count("meetings-count", meeting.count),
        }
    };
    (!pairs.is_empty()).then(|| {
        map! {
            "matrix": figures::matrix(timeline, &words, &url).map(|svg| Value::safe_string(&svg)),
            "pairs": pairs.iter().map(pair).collect::<Vec<_>>(),
            "further": further.iter().map(pair).collect::<Vec<_>>(),
        }
    })
}
