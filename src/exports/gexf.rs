//! The graph of who met whom (GEXF 1.3): a node for each actor that met another, and an edge for each pair, whose weight is the
//! number of events at which they met.

use std::collections::BTreeSet;

use super::dataset::Dataset;
use super::out::Out;
use crate::content::ActorKind;
use crate::markup::{escaped, xml_characters};
use crate::timeline::{ActorIx, Timeline};

/// Returns each pair of actors that met, once, with the number of events at which they met.
pub(super) fn edges(timeline: &Timeline) -> impl Iterator<Item = (ActorIx, ActorIx, usize)> + '_ {
    timeline.actors.iter().enumerate().flat_map(|(number, actor)| {
        let one = ActorIx(number);
        let met = actor.meets.iter().filter(move |meetings| one < meetings.with);
        met.map(move |meetings| (one, meetings.with, meetings.events.len()))
    })
}

pub(super) fn write(dataset: &Dataset<'_>, out: &mut Out<'_>) {
    let timeline = dataset.timeline;
    let edges: Vec<_> = edges(timeline).collect();
    let nodes: BTreeSet<ActorIx> = edges.iter().flat_map(|(one, other, _)| [*one, *other]).collect();
    let mut add = |xml: String| out.bytes(&xml_characters(xml.into_bytes()));
    let updated = dataset.updated().map(|day| format!(" lastmodifieddate=\"{day}\"")).unwrap_or_default();
    add(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
         <meta{updated}><creator>{}</creator><description>{}</description></meta>\n\
         <graph defaultedgetype=\"undirected\" mode=\"static\">\n\
         <attributes class=\"node\"><attribute id=\"kind\" title=\"kind\" type=\"string\"/>\
         <attribute id=\"events\" title=\"events\" type=\"integer\"/></attributes>\n<nodes>\n",
        escaped(dataset.publisher()),
        escaped(&dataset.config().title),
    ));
    for ix in nodes {
        let actor = &timeline[ix];
        let kind = actor.kind.map_or("", ActorKind::name);
        add(format!(
            "<node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"kind\" value=\"{kind}\"/>\
             <attvalue for=\"events\" value=\"{}\"/></attvalues></node>\n",
            escaped(&actor.entry.id.id),
            escaped(&actor.entry.title),
            actor.events.len()
        ));
    }
    add("</nodes>\n<edges>\n".to_owned());
    for (number, (one, other, events)) in edges.iter().enumerate() {
        let id = |ix: ActorIx| escaped(&timeline[ix].entry.id.id);
        add(format!("<edge id=\"{number}\" source=\"{}\" target=\"{}\" weight=\"{events}\"/>\n", id(*one), id(*other)));
    }
    add("</edges>\n</graph>\n</gexf>\n".to_owned());
}
