//! Positions in the Timeline, by which its parts refer to one another.

macro_rules! indices {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub usize);
        )*
    };
}

indices! {
    /// An event, by its position in the timeline.
    EventIx;
    /// An actor, by its position in the order of names.
    ActorIx;
    /// A place, by its position in the order of names.
    PlaceIx;
    /// A process, by its position in the order of names.
    ProcessIx;
    /// A kind, by its position in the site's order.
    KindIx;
    /// A page, by its position in the menu, then by title.
    PageIx;
    /// A list of events in a text, by its position among all of them.
    ListIx;
}

/// Any document of the Timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentIx {
    /// An event.
    Event(EventIx),
    /// An actor.
    Actor(ActorIx),
    /// A place.
    Place(PlaceIx),
    /// A process.
    Process(ProcessIx),
    /// A page.
    Page(PageIx),
}
