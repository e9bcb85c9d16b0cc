//! Lanes of processes, and who met whom.

use crate::common::Site;

fn named(name: &str) -> String {
    format!("+++\nname = \"{name}\"\n+++\n")
}

/// A site on which `a` and `b` met three times, `b` and `c` twice, `c` and `d` once.
fn meetings(more: &str) -> Site {
    let actors = ["a", "b", "c", "d"].into_iter();
    let site = actors.fold(Site::new(), |site, id| {
        site.file(&format!("content/actors/{id}.md"), named(&format!("Actor {}", id.to_uppercase())))
    });
    let pairs = ["\"a\", \"b\"", "\"a\", \"b\"", "\"a\", \"b\"", "\"b\", \"c\"", "\"b\", \"c\"", "\"c\", \"d\""];
    let site = pairs.into_iter().enumerate().fold(site, |site, (number, pair)| {
        site.event(&format!("e{number}"), &format!("2012-0{}-11", number + 1), &format!("actors = [{pair}]\n"))
    });
    site.file("site.toml", format!("title = \"T\"\n{more}"))
}

/// Returns the texts of the row headers of the matrix, those of blocs included.
fn rows(page: &str) -> Vec<String> {
    let body = page.split("</thead>").nth(1).and_then(|rest| rest.split("</table>").next()).expect("there is a matrix");
    let heads = body.split("<th ").skip(1).filter_map(|head| head.split("</th>").next());
    heads
        .map(|head| {
            head.split(['<', '>'])
                .filter(|part| !part.contains('=') && !part.starts_with('/') && *part != "span")
                .collect()
        })
        .collect()
}

#[test]
fn without_blocs_those_who_met_others_most_come_first() {
    let page = meetings("").build().page("actors/index.html");
    assert_eq!(rows(&page), ["Actor B", "Actor A", "Actor C", "Actor D"]);
}

#[test]
fn blocs_come_in_the_order_of_the_site_and_the_others_last() {
    let blocs = "[[blocs]]\nname = \"South\"\nactors = [\"d\", \"c\"]\n[[blocs]]\nname = \"North\"\nactors = [\"a\"]\n";
    let page = meetings(blocs).build().page("actors/index.html");
    assert_eq!(rows(&page), ["South", "Actor D", "Actor C", "North", "Actor A", "Others", "Actor B"]);
    assert_eq!(page.matches("<th scope=\"col\" class=\"starts\">").count(), 3);
}

#[test]
fn every_cell_links_to_a_section_on_its_meetings_and_one_is_a_stop_of_the_tab_key() {
    let site = meetings("");
    let page = site.build().page("actors/index.html");
    let table = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</table>").next()).expect("there is a matrix");
    let links: Vec<&str> = table.split("<td class=\"level-").skip(1).collect();
    assert_eq!(links.len(), 6, "each pair has a cell in two rows");
    for link in &links {
        let (page, anchor) = link
            .split("href=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .and_then(|url| url.split_once('#'))
            .expect("it is a link");
        assert!(site.page(&format!("actors/{page}")).contains(&format!("id=\"{anchor}\"")), "{page}#{anchor}");
    }
    assert_eq!(links.iter().filter(|link| !link.contains("tabindex")).count(), 1);
}

#[test]
fn lanes_open_to_years_and_months() {
    let site = ["p", "q"].into_iter().fold(Site::new(), |site, id| {
        site.file(&format!("content/processes/{id}.md"), named(&format!("Process {id}")))
            .event(&format!("{id}1"), "2012-03-01", &format!("processes = [\"{id}\"]\n"))
            .event(&format!("{id}2"), "2013-03-05", &format!("processes = [\"{id}\"]\n"))
    });
    let page = site.build().page("processes/index.html");
    for anchor in ["_whole", "_years", "_months", "_y1", "_y2", "_m1", "_m2"] {
        assert!(
            page.contains(&format!("id=\"{anchor}\"")) && page.contains(&format!("href=\"#{anchor}\"")),
            "{anchor}"
        );
    }
    assert_eq!(page.matches("role=\"group\" aria-label=\"Process").count(), 2);
    let home = site.page("index.html");
    let strip = home.split("class=\"lanes-strip\"").nth(1).and_then(|rest| rest.split("</figure>").next());
    let strip = strip.expect("two processes have a strip");
    assert!(
        strip.contains("href=\"processes/p.html\"") && strip.contains("<path class=\"family-talks\" d=\"M"),
        "{strip}"
    );
}

#[test]
fn an_event_is_in_a_column_only_if_it_certainly_began_in_it() {
    let dates = ["2017/2019", "2018-03/..", "../2017-02", "2019-11-05", "2019-12/2020"];
    let site = Site::empty().file("site.toml", "title = \"T\"\n");
    let site = dates
        .iter()
        .enumerate()
        .fold(site, |site, (number, date)| site.event(&format!("e{number}"), &format!("\"{date}\""), ""));
    let home = site.build().page("index.html");
    let drawn = |class: &str| {
        let drawing = home.split(&format!("<svg class=\"{class}\"")).nth(1)?;
        drawing.split("</svg>").next()
    };
    let columns = drawn("stacks").expect("there are columns");
    let at: Vec<&str> = columns.split('M').skip(1).filter_map(|column| column.split(".1 ").next()).collect();
    assert_eq!(at, ["14", "34", "35"], "March 2018, November and December 2019: {columns}");
    let bars = drawn("strip spans").expect("there are bars");
    assert_eq!(bars.matches("<rect").count(), 2, "{bars}");
    // The script of the filters finds the same columns: the last item of a row is the last day of a beginning that its
    // other days do not tell.
    let rows = site.page("filter/events.js");
    for (date, begun) in dates.iter().zip(["", ",737089", "", "", ""]) {
        assert!(rows.contains(&format!("\"{date}\",[]{begun}]")), "{date}: {rows}");
    }
}
