//! ISO 3166-1 codes of countries, by the English names that data sets use.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::names::{folded, without_bracket};

/// The names of the interface: `country-RU = Russia`.
const NAMES: &str = include_str!("../../locales/names/en.ftl");

/// Other names, as ACLED, UCDP and others write them.
const OTHERS: &[(&str, &str)] = &[
    ("Bosnia-Herzegovina", "BA"),
    ("Brunei Darussalam", "BN"),
    ("Burma", "MM"),
    ("Cabo Verde", "CV"),
    ("Congo", "CG"),
    ("Czech Republic", "CZ"),
    ("DR Congo", "CD"),
    ("Democratic Republic of Congo", "CD"),
    ("Democratic Republic of the Congo", "CD"),
    ("East Timor", "TL"),
    ("Ivory Coast", "CI"),
    ("Kingdom of eSwatini", "SZ"),
    ("Korea, South", "KR"),
    ("Macedonia", "MK"),
    ("Macedonia, FYR", "MK"),
    ("Myanmar", "MM"),
    ("Palestine", "PS"),
    ("Republic of Congo", "CG"),
    ("Republic of the Congo", "CG"),
    ("Russian Federation", "RU"),
    ("Swaziland", "SZ"),
    ("Syrian Arab Republic", "SY"),
    ("Turkey", "TR"),
    ("Türkiye", "TR"),
    ("UK", "GB"),
    ("United States of America", "US"),
    ("USA", "US"),
    ("Viet Nam", "VN"),
];

static CODES: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let of_interface = NAMES.lines().filter_map(|line| line.strip_prefix("country-")?.split_once(" = "));
    let others = OTHERS.iter().map(|(name, code)| (*code, *name));
    of_interface.chain(others).map(|(code, name)| (key(name), code)).collect()
});

fn key(name: &str) -> String {
    folded(name).split(' ').filter(|word| !matches!(*word, "and" | "the" | "")).collect::<Vec<_>>().join(" ")
}

/// Returns the alpha-2 code of a country, given by that code in upper case, or by name. A bracket after the name is ignored:
/// `Russia (Soviet Union)`.
#[must_use]
pub(super) fn code(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let as_code = CODES.values().copied().find(|code| *code == name);
    let of = |name: &str| CODES.get(&key(name)).copied();
    as_code.or_else(|| of(name)).or_else(|| of(without_bracket(name)?))
}

#[cfg(test)]
mod tests {
    use super::{OTHERS, code};

    #[test]
    fn countries_are_known_by_several_names() {
        for (name, expected) in [
            ("Syria", Some("SY")),
            ("Russia (Soviet Union)", Some("RU")),
            ("Antigua and Barbuda", Some("AG")),
            ("Turkey", Some("TR")),
            ("Democratic Republic of Congo", Some("CD")),
            ("NO", Some("NO")),
            ("QQ", None),
            ("Atlantis", None),
        ] {
            assert_eq!(code(name), expected, "{name}");
        }
        for (name, expected) in OTHERS {
            assert_eq!(code(name), Some(*expected), "{name}");
        }
    }
}
