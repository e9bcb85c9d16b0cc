//! A vote as templates get it.

use tera::Value;

use crate::outputs::site::Site;
use crate::outputs::values::object;
use crate::timeline::{ActorIx, Vote};

/// Returns the value of a vote, as docs/templates.md describes it under *vote*.
pub(super) fn value(vote: &Vote, site: &Site) -> Value {
    let voters = |number: Option<u32>, list: &[ActorIx]| {
        let unnamed = number.and_then(|number| usize::try_from(number).ok()?.checked_sub(list.len()));
        let unnamed = unnamed.filter(|count| *count > 0).map(|count| site.locale.count("vote-unnamed", count));
        object! {
            "named": list.iter().map(|ix| site.values.actor(*ix)).collect::<Vec<_>>(),
            "unnamed": unnamed,
        }
    };
    object! {
        "body": site.values.actor(vote.body),
        "document": vote.document.as_deref(),
        "document_url": vote.document.as_deref().and_then(document_url),
        "yes": vote.yes,
        "no": vote.no,
        "abstained": vote.abstained,
        "absent": vote.absent,
        "against": voters(Some(vote.no), &vote.against),
        "abstaining": voters(vote.abstained, &vote.abstaining),
        "not_voting": voters(vote.absent, &vote.not_voting),
        "outcome": vote.outcome.name(),
        "outcome_name": site.locale.text(&format!("vote-{}", vote.outcome.name()), &[]),
    }
}

/// What symbols of UN documents begin with: the General Assembly, the Security Council, the Economic and Social Council,
/// the Trusteeship Council and the Secretariat.
const ORGANS: [&str; 5] = ["A/", "S/", "E/", "T/", "ST/"];

/// Returns the address of a UN document, if the text is its symbol: `S/2017/962`, `A/RES/68/262`, `S/RES/2254 (2015)`.
fn document_url(document: &str) -> Option<String> {
    let symbol = document.replacen(" (", "(", 1);
    let is_of_symbol = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '(' | ')');
    let is_symbol = ORGANS.iter().any(|organ| symbol.starts_with(organ))
        && symbol.chars().all(is_of_symbol)
        && symbol.contains(|c: char| c.is_ascii_digit());
    is_symbol.then(|| format!("https://undocs.org/{symbol}"))
}

#[cfg(test)]
mod tests {
    use super::document_url;

    #[test]
    fn only_a_symbol_of_the_un_has_an_address_there() {
        for symbol in ["S/2017/962", "A/RES/68/262", "S/RES/2254(2015)", "A/HRC/S-17/2/Add.1"] {
            assert_eq!(document_url(symbol).as_deref(), Some(format!("https://undocs.org/{symbol}").as_str()));
        }
        assert_eq!(document_url("S/RES/2254 (2015)").as_deref(), Some("https://undocs.org/S/RES/2254(2015)"));
        for other in [
            "S/2017/962 of 16 November",
            "A/B testing 1",
            "S/RES/2254 as amended",
            "COM(2011) 1",
            "S/",
            "Draft resolution",
            "A/B testing 1 \u{2014} \"x\"",
            "P5/2011",
        ] {
            assert_eq!(document_url(other), None, "{other}");
        }
    }
}
