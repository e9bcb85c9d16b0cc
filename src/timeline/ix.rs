//! Positions in the Timeline.

/// Declares a position in a list.
macro_rules! positions {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub usize);
        )*
    };
}

positions! {
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
