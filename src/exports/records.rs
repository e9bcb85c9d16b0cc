//! How a record becomes a JSON object: its fields in order, without those that have no value.

use serde::Serialize;
use serde::ser::SerializeMap;

/// A value that can be a field of a record.
pub(super) trait Member {
    /// Adds the field to the object, if it has a value.
    ///
    /// # Errors
    /// Those of the serialiser.
    fn member<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error>;
}

/// A record, or a part of one, that writes its fields into an object that others share.
pub(super) trait Members {
    /// Adds its fields to an object.
    ///
    /// # Errors
    /// Those of the serialiser.
    fn members<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Defines records. A field is written under its own name, or the one after `as`. In place of a field of the type `Address` or
/// `Common`, the fields of that record are written.
macro_rules! records {
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $key:literal) => { $key };
    ($($(#[doc = $doc:literal])* struct $name:ident $(<$life:lifetime>)? {
        $($field:ident $(as $key:literal)?: $type:ty,)*
    })*) => {$(
        $(#[doc = $doc])*
        pub(super) struct $name $(<$life>)? {
            $(pub(super) $field: $type,)*
        }

        impl $(<$life>)? Members for $name $(<$life>)? {
            fn members<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                $(self.$field.member(records!(@name $field $($key)?), map)?;)*
                Ok(())
            }
        }

        impl $(<$life>)? Serialize for $name $(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                self.members(&mut map)?;
                map.end()
            }
        }
    )*};
}
pub(super) use records;

/// Implements [`Member`] for types that are always written, even if empty, 0 or false.
macro_rules! always {
    ($($type:ty),*) => {$(
        impl Member for $type {
            fn member<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
                map.serialize_entry(name, self)
            }
        }
    )*};
}
always!(&str, String, u32, bool);

/// A field that is written even if it is null or empty.
pub(super) struct Always<T>(pub T);

impl<T: Serialize> Member for Always<T> {
    fn member<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, &self.0)
    }
}

impl<T: Serialize> Member for Option<T> {
    fn member<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        self.iter().try_for_each(|value| map.serialize_entry(name, value))
    }
}

impl<T: Serialize> Member for Vec<T> {
    fn member<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        if self.is_empty() { Ok(()) } else { map.serialize_entry(name, self) }
    }
}
