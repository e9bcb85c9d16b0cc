//! Charts as values for templates: their shapes, and the words and numbers beside them in HTML.

use std::collections::BTreeSet;

use fluent_bundle::FluentValue;
use tera::Value;

use super::scales::Scale;
use crate::config::Family;
use crate::date::{Month, year_words};
use crate::figures::callouts::{MEDIUM, NARROW, Room, WIDE, callouts};
use crate::figures::{self, Columns, Length, Meeting, Tick};
use crate::id::SitePath;
use crate::outputs::values::object;
use crate::theme::Locale;
use crate::timeline::{ActorIx, EventIx, ProcessIx, Timeline, Year};

/// The most pairs in the list of the most frequent meetings.
const PAIRS: usize = 24;
/// The most processes in the strip of the home page.
const STRIPS: usize = 8;

/// What a chart is for.
#[derive(Clone, Copy)]
enum Form {
    /// The first thing on the page of a span of time: on a scale of its own, with landmarks.
    Overview,
    /// One of many that share this scale.
    Small(Scale),
}

/// What the charts of a page are made from.
#[derive(Clone, Copy)]
pub(super) struct Charts<'a> {
    pub timeline: &'a Timeline,
    pub locale: &'a Locale,
    /// The axis of the whole timeline; `None` if it has no events.
    pub columns: Option<&'a Columns>,
    /// The relative path from the page to the site's root.
    pub root: &'a str,
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
    fn of_year(locale: &Locale, tick: Tick, url: Option<String>) -> Self {
        let words = year_words(tick.year(), locale);
        Self { short: words.clone(), words, url }
    }
}

impl Charts<'_> {
    /// Returns the chart of the whole timeline, whose ticks link to the years on the page.
    pub(super) fn overview(&self) -> Option<Value> {
        let columns = self.columns?;
        let all: Vec<EventIx> = self.timeline.all_events().collect();
        let label = |tick: Tick| {
            let year = self.timeline.years.iter().map(|year| year.year).find(|year| tick.holds(*year));
            Label::of_year(self.locale, tick, year.map(|year| format!("#y{year}")))
        };
        Some(self.chart(&all, columns, Form::Overview, &label))
    }

    /// Returns the chart of a year, whose ticks link to the months on the page.
    pub(super) fn of_year(&self, year: &Year) -> Value {
        let events: Vec<EventIx> = year.months.iter().flat_map(|month| &month.events).copied().collect();
        let label = |tick: Tick| {
            let month = Month { year: year.year, month: tick.month() };
            let listed = year.months.iter().any(|listed| listed.month == Some(tick.month()));
            Label {
                words: month.name(self.locale),
                short: self.locale.text(&format!("month-short-{}", tick.month()), &[]),
                url: listed.then(|| format!("#m{}-{:02}", year.year, tick.month())),
            }
        };
        self.chart(&events, &Columns::of_year(year.year), Form::Overview, &label)
    }

    /// Returns the small chart of some events, on the axis of the whole timeline and the scale of others like it; `None`
    /// for no events.
    pub(super) fn small(&self, events: &[EventIx], scale: Scale) -> Option<Value> {
        let columns = self.columns.filter(|_| !events.is_empty())?;
        let label = |tick: Tick| Label::of_year(self.locale, tick, None);
        Some(self.chart(events, columns, Form::Small(scale), &label))
    }

    /// Returns a sparkline for an index: shapes with a column for each tick, on the scale of the others, and how many
    /// events the highest column has; `None` for no events.
    pub(super) fn spark(&self, events: &[EventIx], scale: Scale) -> Option<Value> {
        let columns = self.columns.filter(|_| !events.is_empty())?;
        let stacks = figures::stacks(self.timeline, events, &columns.by_tick());
        Some(object! {
            "shapes": Value::safe_string(&stacks.shapes),
            "view_box": stacks.view_box_up_to(scale.tick),
            "highest": stacks.highest,
        })
    }

    /// Returns the process chart: a lane for each process with events, and the axis; `None` if no process has events.
    /// `processes` holds the values of all.
    pub(super) fn lanes(&self, processes: &[Value]) -> Option<Value> {
        let columns = self.columns?;
        let words = |ix: EventIx| self.mark_words(ix);
        let lanes = figures::lanes(self.timeline, columns, self.root, &words);
        let ticks: Vec<Tick> = columns.ticks().collect();
        let has_marks = lanes.iter().any(|lane| !lane.strip.marks.is_empty());
        let lane = |lane: figures::Lane| {
            let stacks = lane.stacks.map(|stacks| {
                object! {
                    "shapes": Value::safe_string(&stacks.shapes),
                    "view_box": stacks.view_box(),
                    "spans": Value::safe_string(&stacks.spans),
                    "spans_height": stacks.spans_height,
                }
            });
            let counts = self.counts(&self.timeline[lane.process].events, &ticks);
            object! {
                "counts": counts.iter().map(|count| Value::from(count.iter().sum::<usize>())).collect::<Vec<_>>(),
                "process": processes[lane.process.0].clone(),
                "marks": Value::safe_string(&lane.strip.marks),
                "rows": lane.strip.classes,
                "stacks": stacks,
            }
        };
        // Where a tick is a year, the chart can be enlarged until ticks show their months.
        let months: Vec<Value> = if ticks.iter().all(|tick| tick.months == 12) {
            (1..=12).map(|month| self.locale.text(&format!("month-short-{month}"), &[]).into()).collect()
        } else {
            Vec::new()
        };
        (!lanes.is_empty()).then(|| {
            object! {
                "lanes": lanes.into_iter().map(lane).collect::<Vec<_>>(),
                "families": Family::ALL.iter().map(|family| self.family(*family)).collect::<Vec<_>>(),
                "ticks": self.years_of(&ticks),
                "months": months,
                "lines": Value::safe_string(&figures::tick_lines(ticks.len())),
                "has_marks": has_marks,
            }
        })
    }

    /// Returns the busiest processes as thin lines on the axis of the overview; `None` for fewer than two. `processes`
    /// holds the values of all.
    pub(super) fn strips(&self, processes: &[Value]) -> Option<Value> {
        let columns = self.columns?;
        let strip = |(process, shapes): (ProcessIx, String)| {
            object! { "process": processes[process.0].clone(), "shapes": Value::safe_string(&shapes) }
        };
        let strips: Vec<Value> = figures::strips(self.timeline, columns, STRIPS).into_iter().map(strip).collect();
        (strips.len() > 1).then(|| {
            object! {
                "strips": strips,
                "lines": Value::safe_string(&figures::tick_lines(columns.ticks().count())),
            }
        })
    }

    fn years_of(&self, ticks: &[Tick]) -> Vec<Value> {
        ticks.iter().map(|tick| year_words(tick.year(), self.locale).into()).collect()
    }

    /// Returns the matrix of meetings and the list of the pairs that met most often, for the index of actors; `None`
    /// without meetings. `actors` holds the values of all, `met` the pairs of the matrix.
    pub(super) fn meetings(&self, actors: &[Value], met: &BTreeSet<(ActorIx, ActorIx)>) -> Option<Value> {
        let timeline = self.timeline;
        // The first of a pair is the actor whose page has a section on the other.
        let oriented =
            |one: ActorIx, other: ActorIx| if met.contains(&(one, other)) { (one, other) } else { (other, one) };
        let url = |one: ActorIx, other: ActorIx| {
            let (one, other) = oriented(one, other);
            let page = timeline[one].entry.path().url();
            let anchor = SitePath::new(meetings_anchor(other, timeline)).url();
            // The matrix is on a page in the folder of the actors, and has many cells.
            Value::safe_string(&format!("{}#{anchor}", page.rsplit('/').next().unwrap_or_default()))
        };
        let is_in_matrix = |meeting: &Meeting| {
            met.contains(&(meeting.one, meeting.other)) || met.contains(&(meeting.other, meeting.one))
        };
        let most: Vec<Meeting> = figures::meetings(timeline).into_iter().filter(is_in_matrix).take(PAIRS).collect();
        let highest = most.first()?.count;
        let pair = |meeting: &Meeting| {
            let (one, other) = oriented(meeting.one, meeting.other);
            object! {
                "one": timeline[one].entry.title.clone(),
                "other": timeline[other].entry.title.clone(),
                "url": url(one, other),
                "count": meeting.count,
                "count_words": self.locale.count("meetings-count", meeting.count),
            }
        };
        let groups = figures::groups(timeline);
        let columns: Vec<ActorIx> = groups.iter().flat_map(|group| &group.actors).copied().collect();
        let starts: Vec<ActorIx> = groups.iter().filter_map(|group| group.actors.first()).copied().collect();
        // The cell that the Tab key reaches; arrow keys go to the others.
        let stop = columns.iter().flat_map(|row| columns.iter().map(move |column| (*row, *column)));
        let stop = stop.into_iter().find(|(row, column)| figures::cell(timeline, *row, *column, highest).is_some());
        let cell = |row: ActorIx, column: ActorIx| {
            let starts = starts.contains(&column);
            match figures::cell(timeline, row, column, highest) {
                Some((count, level)) => object! {
                    "count": count,
                    "level": level,
                    "url": url(row, column),
                    "starts": starts,
                    "is_stop": stop == Some((row, column)),
                },
                None => object! { "is_self": row == column, "starts": starts },
            }
        };
        let row = |actor: &ActorIx| {
            object! {
                "actor": actors[actor.0].clone(),
                "cells": columns.iter().map(|column| cell(*actor, *column)).collect::<Vec<_>>(),
            }
        };
        let group = |group: &figures::Group| {
            object! {
                "name": group.bloc.map(|bloc| timeline.blocs[bloc].name.clone()),
                "rows": group.actors.iter().map(row).collect::<Vec<_>>(),
            }
        };
        Some(object! {
            "groups": groups.iter().map(group).collect::<Vec<_>>(),
            "columns": columns.len(),
            "pairs": most.iter().map(pair).collect::<Vec<_>>(),
        })
    }

    /// Returns the chart of some events; `label` names a tick.
    fn chart(&self, events: &[EventIx], columns: &Columns, form: Form, label: &dyn Fn(Tick) -> Label) -> Value {
        let stacks = figures::stacks(self.timeline, events, columns);
        let scale = match form {
            Form::Overview => stacks.highest,
            Form::Small(scale) => scale.column.max(stacks.highest),
        };
        let peaks = figures::peaks::peaks(&stacks.totals);
        let peak_words = |column: usize, total: usize| {
            let period = self.period_words(columns, column);
            self.locale.text("chart-peak", &[("period", period.into()), ("count", total.into())])
        };
        let ticks: Vec<Tick> = columns.ticks().collect();
        let counts = self.counts(events, &ticks);
        let families: Vec<(usize, Family)> = Family::ALL.iter().copied().enumerate().collect();
        let present: Vec<&(usize, Family)> =
            families.iter().filter(|(at, _)| counts.iter().any(|count| count[*at] > 0)).collect();
        let most = counts.iter().map(|count| count.iter().sum::<usize>()).max().unwrap_or(0);
        let rows = ticks.iter().zip(&counts).map(|(tick, count)| {
            let label = label(*tick);
            let total: usize = count.iter().sum();
            object! {
                "label": label.words,
                "short_label": label.short,
                "url": label.url.map(|url| Value::safe_string(&url)),
                "total": total,
                "total_words": self.locale.count("events-count", total),
                "counts": present.iter().map(|(at, _)| Value::from(count[*at])).collect::<Vec<_>>(),
            }
        });
        object! {
            "title": self.title(columns),
            "rows_title": self.title(&columns.by_tick()),
            "shapes": Value::safe_string(&stacks.shapes),
            "view_box": stacks.view_box_up_to(scale),
            "highest": stacks.highest,
            "peaks": Value::safe_string(&figures::peaks::labels(&peaks, columns, scale, &peak_words)),
            "spans": Value::safe_string(&stacks.spans),
            "spans_height": stacks.spans_height,
            "landmarks": matches!(form, Form::Overview).then(|| self.named_landmarks(events, columns)),
            "first": columns.first,
            "unit": columns.unit,
            "columns": columns.count,
            "most": most,
            "rows": rows.collect::<Vec<_>>(),
            "families": present.iter().map(|(_, family)| self.family(*family)).collect::<Vec<_>>(),
        }
    }

    /// Returns the landmarks among some events above their chart: their marks, and the titles for which there is room, once
    /// for each width of the page.
    fn named_landmarks(&self, events: &[EventIx], columns: &Columns) -> Value {
        let words = |ix: EventIx| self.mark_words(ix);
        let strip = figures::landmarks(self.timeline, events, columns, self.root, &words);
        let titles = |room: Room| {
            let callouts = callouts(self.timeline, events, columns, self.root, room);
            object! {
                "labels": Value::safe_string(&callouts.labels),
                "height": callouts.height,
            }
        };
        object! {
            "marks": Value::safe_string(&strip.marks),
            "height": strip.height,
            "wide": titles(WIDE),
            "medium": titles(MEDIUM),
            "narrow": titles(NARROW),
        }
    }

    /// Returns the time that a column covers: "December 2016", "2016", "October 2016 – December 2016".
    fn period_words(&self, columns: &Columns, column: usize) -> String {
        let first = columns.first + columns.unit * i64::try_from(column).unwrap_or(0);
        let last = first + columns.unit - 1;
        let year = |month: i64| year_words(month.div_euclid(12), self.locale);
        let month = |month: i64| {
            let number = u8::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
            Month { year: month.div_euclid(12), month: number }.words(self.locale)
        };
        let (from, to) = if columns.unit < 12 { (month(first), month(last)) } else { (year(first), year(last)) };
        if from == to { from } else { format!("{from} – {to}") }
    }

    /// Returns the title of a chart, by the length of its columns: "Events by month".
    fn title(&self, columns: &Columns) -> String {
        let key = match columns.length() {
            Length::Month => "chart-by-month",
            Length::Quarter => "chart-by-quarter",
            Length::HalfYear => "chart-by-half-year",
            Length::Year => "chart-by-year",
            Length::Decade => "chart-by-decade",
            Length::Century => "chart-by-century",
            Length::Millennium => "chart-by-millennium",
            Length::Years(years) => return self.locale.text("chart-by-years", &[("count", FluentValue::from(years))]),
        };
        self.locale.text(key, &[])
    }

    fn family(&self, family: Family) -> Value {
        object! {
            "id": family.name(),
            "name": self.locale.text(&format!("family-{}", family.name()), &[]),
        }
    }

    /// Counts the events of each family in each tick, by the first day that each may cover. Events before or after the axis
    /// count in the tick at that end.
    fn counts(&self, events: &[EventIx], ticks: &[Tick]) -> Vec<[usize; Family::ALL.len()]> {
        let mut counts = vec![[0; Family::ALL.len()]; ticks.len()];
        let Some(first) = ticks.first() else { return counts };
        for ix in events {
            let event = &self.timeline[*ix];
            let month = figures::month_number(event.date.key().start);
            let at = (month - first.first).div_euclid(first.months.max(1));
            let at = usize::try_from(at).unwrap_or(0).min(ticks.len() - 1);
            counts[at][self.timeline[event.kind].family as usize] += 1;
        }
        counts
    }

    /// Returns the title of an event's mark: "20 November 2017: Putin receives Assad in Sochi".
    fn mark_words(&self, ix: EventIx) -> String {
        let event = &self.timeline[ix];
        format!("{}: {}", event.date.words(self.locale), event.entry.title)
    }
}

/// Returns the anchor of the meetings with another actor, which is the same on every actor's page.
pub(super) fn meetings_anchor(other: ActorIx, timeline: &Timeline) -> String {
    format!("_met-{}", timeline[other].entry.id.id)
}
