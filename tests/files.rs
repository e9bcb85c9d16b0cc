//! Files as found in practice: names in both Unicode forms, names that some systems cannot store, litter, pointers, and things
//! that are not files.
//!
//! The tests create these names, because not every system can store them in a repository.

#![cfg(unix)]

use std::fs;
use std::os::unix::process::CommandExt as _;

use crate::common::{Site, annals, run};

const NFC: &str = "r\u{e9}union";
const NFD: &str = "re\u{301}union";
const PERSIAN: &str = "می\u{200c}خواهم";

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(4, 3).write_to(&mut bytes, image::ImageFormat::Png).expect("the picture can be written");
    bytes.into_inner()
}

fn page(text: &str) -> String {
    format!(
        r#"+++
title = "P"
+++
{text}
"#
    )
}

#[test]
fn nfc_and_nfd_name_the_same_file() {
    for (on_disk, typed) in [(NFD, NFC), (NFC, NFD), (NFD, NFD)] {
        let encoded: String = typed.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let text = format!(
            "[a](@/actors/{typed}.md) [b](../actors/{typed}.md) [c](@/actors/{encoded}.md) [d]({typed}.pdf) [e]({encoded}.pdf) \
             ![f]({typed}/{typed}.png) [g](img/{typed}.png) [h](#{typed}) [i](@/actors/{typed}.md#{encoded})\n\n## {on_disk}"
        );
        let site = Site::new()
            .event(
                "e",
                "2017-11-20",
                &format!(
                    r#"actors = ["{typed}"]
[[media]]
file = "{typed}/{typed}.png"
alt = "A"
"#
                ),
            )
            .file(&format!("content/events/{on_disk}/{on_disk}.png"), png())
            .file(
                &format!("content/actors/{on_disk}.md"),
                format!(
                    r#"+++
name = "R"
+++
## {on_disk}
"#
                ),
            )
            .file("content/pages/p.md", page(&text))
            .file(&format!("content/pages/{on_disk}.pdf"), "%PDF-1.7\n")
            .file(&format!("content/pages/{on_disk}/{on_disk}.png"), png())
            .file(&format!("static/img/{on_disk}.png"), png());
        site.build();
        assert_eq!(site.codes(), [""; 0], "{on_disk:?} {typed:?}");
        let paths: Vec<String> = site.output().into_iter().map(|(path, _)| path).collect();
        for path in ["actors/X.html", "pages/X.pdf", "pages/X/X.png", "img/X.png"] {
            assert!(paths.contains(&path.replace('X', NFC)), "no {path} in {paths:?}");
        }
        assert!(!paths.iter().any(|path| path.contains(NFD)), "{paths:?}");
        assert!(!site.page("p.html").contains("e%CC%81"), "links have the form that the files have");
    }
}

#[test]
fn templates_are_found_in_either_form() {
    for (on_disk, typed) in [(NFD, NFC), (NFC, NFD), (NFD, NFD)] {
        let site = Site::new()
            .event("e", "2017-11-20", "")
            .file(&format!("templates/{on_disk}.html"), "included")
            .file("templates/404.html", format!("{{% include \"{typed}.html\" %}}"));
        site.build();
        assert_eq!(site.page("404.html"), "included");
        assert_eq!(site.codes(), [""; 0]);
    }
}

#[test]
fn an_entry_in_nfd_is_pointed_into_by_its_name_on_disk() {
    let site = Site::new().file(
        &format!("content/events/{NFD}.md"),
        r#"+++
title = "A"
nothing = 1
date = 2017-01-01
+++
"#,
    );
    let run = site.run(&["check"]);
    assert!(run.stderr.contains("nothing = 1"), "the line is shown: {}", run.stderr);
    assert!(run.stderr.contains(NFD), "{}", run.stderr);
}

#[test]
fn two_files_of_one_name_in_two_forms_are_refused() {
    let files = |folder: &str, ending: &str| {
        Site::new().file(&format!("{folder}/{NFC}.{ending}"), "a").file(&format!("{folder}/{NFD}.{ending}"), "b")
    };
    for (folder, ending) in [("static", "txt"), ("content/pages", "pdf"), ("content/actors", "md")] {
        let site = files(folder, ending);
        let run = site.run(&["build"]);
        assert_eq!(run.code, 1, "{folder}: {}", run.stderr);
        assert!(
            run.stderr.contains("NFC there, NFD here") || run.stderr.contains("NFD there, NFC here"),
            "{}",
            run.stderr
        );
        assert!(!site.path("public").exists());
    }
}

#[test]
fn names_that_no_file_may_have_are_refused_before_anything_is_written() {
    for name in
        ["Icon\r", "a\nb.txt", "a\tb.txt", "a\u{1b}[31m.txt", "a\u{85}.txt", "a\u{202e}txt.exe", "report.", "report "]
    {
        for folder in ["static", "static/sub", "content", "content/events", "templates", "locales"] {
            let site = Site::new().event("e", "2017-11-20", "").file(&format!("{folder}/{name}"), "x");
            let run = site.run(&["build"]);
            assert_eq!(run.code, 1, "{folder}/{name:?}: {}", run.stderr);
            assert_eq!(site.codes(), ["invalid-name"], "{folder}/{name:?}");
            assert!(!site.path("public").exists());
            assert!(!run.stderr.contains(name) || !name.contains(char::is_control), "{name:?} reaches the terminal");
        }
    }
    let folder = Site::new().file("static/a\nb/c.txt", "x").file("static/a\nb/d.txt", "x");
    assert_eq!(folder.codes(), ["invalid-name"], "a folder is reported once");
    let help = Site::new().file("static/a\nb.txt", "x").run(&["check"]).stderr;
    assert!(help.contains("U+000A") && help.contains("rename it to `ab.txt`"), "{help}");
}

#[test]
fn names_that_some_systems_cannot_store_are_reported() {
    for name in ["con.txt", "COM1.pdf", "a:b", "x?", "a|b", "a\u{200b}b.txt"] {
        for folder in ["static", "static/sub"] {
            let site = Site::new().file(&format!("{folder}/{name}"), "%PDF-1.7");
            assert_eq!(site.codes(), ["unportable-name"], "{folder}/{name}");
            assert_eq!(site.run(&["build"]).code, 0, "it can be published");
        }
        let site = Site::new().file(&format!("static/{name}/a.txt"), "x");
        assert_eq!(site.codes(), ["unportable-name"], "a folder {name}");
    }
    for name in ["con", "a:b", "x?"] {
        assert_eq!(
            Site::new().event(name, "2017-01-01", "").codes()[..1],
            ["invalid-id"],
            "{name}: an id is checked as one"
        );
    }
    let folders = Site::new().file("static/img/a.txt", "x").file("static/IMG/b.txt", "x");
    assert_eq!(folders.codes(), ["unportable-name"]);
    let pictures = page("[a](Scan.pdf) [b](scan.pdf)");
    let linked = Site::new()
        .file("content/pages/p.md", pictures)
        .file("content/pages/Scan.pdf", "%PDF-1")
        .file("content/pages/scan.pdf", "%PDF-1");
    assert!(linked.codes().contains(&"unportable-name".to_owned()));
}

#[test]
fn what_desktops_leave_behind_is_ignored_everywhere() {
    let mut site = Site::new().event("e", "2017-11-20", "");
    for folder in ["content", "content/events", "static", "static/sub", "templates", "locales"] {
        for name in [".DS_Store", "._e.md", "._photo.jpg", "Thumbs.db", "desktop.ini", "Desktop.ini"] {
            site = site.file(&format!("{folder}/{name}"), "\0\r\n");
        }
    }
    site.build();
    assert_eq!(site.codes(), [""; 0]);
    let names = ["DS_Store", "._", "humbs", "esktop.ini"];
    assert!(!site.output().iter().any(|(path, _)| names.iter().any(|name| path.contains(name))));
    for name in [".DS_Store", "events/._e.html", "Thumbs.db", "events/desktop.ini"] {
        site.write(&format!("public/{name}"), "x");
    }
    site.event("f", "2017-11-21", "").build();
}

#[test]
fn a_word_of_persian_is_an_id_and_other_invisible_characters_are_named() {
    let site = Site::new()
        .event(PERSIAN, "2017-11-20", "")
        .file("content/pages/p.md", page(&format!("[x](@/events/{PERSIAN}.md)")));
    site.build();
    assert!(site.path(&format!("public/events/{PERSIAN}.html")).exists());
    for (id, named) in [
        ("a\u{200b}b", "U+200B"),
        ("a\u{200c}b", "U+200C"),
        ("a\u{feff}b", "U+FEFF"),
        ("a\u{a0}b", "U+00A0"),
        ("a\u{ad}b", "U+00AD"),
    ] {
        let run = Site::new().event(id, "2017-01-01", "").run(&["check"]);
        assert!(run.stderr.contains(named), "{id:?}: {}", run.stderr);
    }
}

#[test]
fn what_is_no_file_is_reported_and_not_waited_for() {
    let site = Site::new().event("e", "2017-11-20", "");
    for path in ["content/events/pipe.md", "static/pipe", "templates/pipe.html", "locales/pipe.ftl"] {
        fs::create_dir_all(site.path(path).parent().expect("it has a folder")).expect("folders can be made");
        let made = std::process::Command::new("mkfifo").arg(site.path(path)).status();
        assert!(made.expect("mkfifo can be run").success());
    }
    assert_eq!(site.codes(), ["unreadable-file"; 4]);
    let run = site.run(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("this is a named pipe, not a file"), "{}", run.stderr);
    let folder = Site::new().file("static", "not a folder");
    assert_eq!(folder.codes(), ["unreadable-file"]);
}

#[test]
fn a_file_that_may_not_be_read_is_reported_beside_everything_else() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = Site::new()
        .event("a", "2017-11-20", "follows = [\"b\"]\n")
        .event("b", "2017-11-19", "")
        .event("c", "2017-11-21", "colour = 1\n")
        .file("static/x.txt", "x");
    let mode = |path: &str, mode| {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(mode)).expect("permissions can be set");
    };
    mode("", 0o755);
    mode("content/events/b.md", 0);
    mode("static/x.txt", 0);
    let check = |arguments: &[&str]| {
        let mut command = annals();
        command.arg("--root").arg(site.root()).args(arguments);
        // The superuser can read everything, so the check runs as nobody.
        if fs::read(site.path("static/x.txt")).is_ok() {
            command.uid(65534).gid(65534);
        }
        run(&mut command)
    };
    let report = check(&["check"]);
    assert_eq!(report.code, 3, "{}", report.stderr);
    for part in ["content/events/b.md", "static/x.txt", "unreadable-file", "unknown-key", "3 errors"] {
        assert!(report.stderr.contains(part), "no {part} in {}", report.stderr);
    }
    mode("content/events", 0);
    let report = check(&["check"]);
    assert!(report.code == 3 && report.stderr.contains("--> content/events\n"), "{}", report.stderr);
    assert!(!report.stderr.contains("unknown-"), "nothing follows from what cannot be seen: {}", report.stderr);
    mode("content/events", 0o755);
}

#[test]
fn a_truncated_picture_is_refused_by_a_build() {
    let whole = png();
    for length in [20, whole.len() - 6] {
        let cut = &whole[..length];
        let site = Site::new().file("content/pages/p.md", page("![a](a.png)")).file("content/pages/a.png", cut);
        let run = site.run(&["build"]);
        assert!(run.code == 1 && run.stderr.contains("unreadable-picture"), "{length}: {}", run.stderr);
        let site = Site::new().file("static/a.png", cut);
        assert_eq!(site.run(&["build"]).code, 1, "{length}");
    }
}

#[test]
fn an_alias_is_written_where_hosts_look_for_it() {
    let site = Site::new().event(
        "e",
        "2017-11-20",
        "aliases = [\"%D0%BC%D0%B8%D1%80/\", \"2017/re%CC%81union\", \"%D1%81%D1%82%D0%B0%D1%80\"]\n",
    );
    site.build();
    for path in ["мир/index.html", "2017/r\u{e9}union/index.html", "events/стар.html"] {
        assert!(site.page(path).contains("http-equiv=\"refresh\""), "{path}");
    }
}

#[test]
fn backup_copies_are_reported_and_not_published() {
    let mut site = Site::new().event("e", "2017-11-20", "");
    let backups = ["a.txt~", "#a.html#", "a.orig", "a.md.bak", "page.html.BAK", "en.ftl.rej"];
    let locks = [".a.txt.swp", ".#a.txt", ".~lock.a.odt#", "~$a.docx"];
    let folders = ["content", "content/events", "content/pages", "static", "static/sub", "templates", "locales"];
    for folder in folders {
        for name in backups.iter().chain(&locks) {
            site = site.file(&format!("{folder}/{name}"), "x");
        }
    }
    site.build();
    assert_eq!(site.codes(), vec!["stray-file"; folders.len() * backups.len()], "locks go away by themselves");
    let names = || backups.iter().chain(&locks);
    assert!(!site.output().iter().any(|(path, _)| names().any(|name| path.ends_with(name))));
    let report = site.run(&["check"]).stderr;
    assert_eq!(report.matches("looks like an editor's backup copy").count(), folders.len() * backups.len(), "{report}");
    let site = Site::new().file("static/a.txt", "x").file("static/orig", "x").file("static/#1.txt", "x");
    site.build();
    assert_eq!((site.page("a.txt"), site.page("orig"), site.page("#1.txt")), ("x".into(), "x".into(), "x".into()));
}

#[test]
fn a_file_that_browsers_take_for_a_page_is_refused_whatever_its_name() {
    let pages: [&[u8]; 7] = [
        b"<!DOCTYPE html><title>x</title>",
        b"\n <script>alert(1)</script>",
        b"<P>caf\xE9</P>",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        b"<?xml version=\"1.0\"?><?xml-stylesheet href=\"x.xsl\" type=\"text/xsl\"?><a/>",
        b"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
        b"<!-- --><script>alert(1)</script>",
    ];
    let codes = |name: &str, bytes: &[u8]| {
        let site = Site::new().file("content/pages/p.md", page(&format!("[a]({name})")));
        site.file(&format!("content/pages/{name}"), bytes).codes()
    };
    for bytes in pages {
        for name in ["scan", "scan.unknown", "scan.2017", "scan.svg", "scan.HTML"] {
            assert_eq!(codes(name, bytes), ["refused-file"], "{name}: {}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(codes("scan.txt", bytes), [""; 0], "hosts send it as plain text");
    }
    for bytes in [&b"Words with <b>tags</b>"[..], b"%PDF-1.7\n", b"\0\x01", b"<someone@example.org>"] {
        assert_eq!(codes("scan", bytes), [""; 0], "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(codes("scan.html", b"x"), ["refused-file"], "the ending alone is enough");
}

#[test]
fn a_document_with_a_wrong_name_is_reported_once_and_not_where_it_is_named() {
    let event = "actors = [\"c\"]\n[[accounts]]\nby = \"c\"\nsays = \"X\"\n";
    let text = "[a](@/actors/c.md) [b](../actors/c.md) [[c]] [[actors/c]]";
    let actor = "+++\nname = \"C\"\nplaces_of_birth = 1\n+++\n";
    let site = |file: &str| {
        let site = Site::new().event("e", "2017-11-20", event).event("f", "2017-11-21", event);
        site.file("content/pages/p.md", page(text)).file(file, actor)
    };
    let files = ["actor/c.md", "Actors/c.md", "actors/c.markdown", "actors/c.txt", "actors/c", "c.md", "people/c.md"];
    for file in files {
        let site = site(&format!("content/{file}"));
        let run = site.run(&["check"]);
        assert_eq!(site.codes(), ["invalid-name"], "{file}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("--> content/{file}\n")), "{file}: {}", run.stderr);
    }
    let help = |file: &str| site(file).run(&["check"]).stderr;
    assert!(help("content/actors/c.markdown").contains("rename it to `c.md`"));
    assert!(help("content/actor/c.md").contains("move it: content/actors/c.md"));
    assert!(help("content/c.md").contains("entries belong in content/events"));
    // A place with this id does not define the actor.
    let other = site("content/place/c.md").codes();
    assert!(other.contains(&"unknown-actor".to_owned()), "{other:?}");
    let unnamed = Site::new().event("e", "2017-11-20", "").file("content/actor/c.md", actor);
    assert_eq!(unnamed.codes(), ["stray-file"], "a warning is enough where nothing is missing");
}

#[test]
fn a_mistake_in_site_toml_is_reported_once_and_not_in_each_entry() {
    let codes = |config: &str, entry: &str| {
        let site = Site::new().file("site.toml", format!("title = \"T\"\n{config}"));
        site.file("content/events/a.md", entry).file("content/events/b.md", entry).codes()
    };
    let raid = "+++\ntitle = \"A\"\ndate = 2017-11-20\nkind = \"raid\"\n+++\nText.\n";
    let table = "name = \"Raid\"\n";
    assert_eq!(codes(&format!("[kind.raid]\n{table}"), raid), ["unknown-key"]);
    assert_eq!(codes(&format!("[kinds.visit]\n{table}[kind.raid]\n{table}"), raid), ["unknown-key"]);
    assert_eq!(codes(&format!("[event_types.raid]\n{table}"), raid), ["unknown-key"]);
    assert_eq!(codes("kinds = [\"raid\"]\n", raid), ["wrong-type"]);
    assert_eq!(codes(&format!("[kinds.raid\n{table}"), raid)[0], "toml-syntax");
    assert!(!codes(&format!("[kinds.raid\n{table}"), raid).contains(&"unknown-kind".to_owned()));
    let merge = format!("<<<<<<< a\n[kinds.visit]\n=======\n[kinds.raid]\n>>>>>>> b\n{table}");
    assert_eq!(codes(&merge, raid), ["merge-conflict"]);
    let other = codes(&format!("[kind.rade]\n{table}"), raid);
    assert_eq!(other, ["unknown-kind", "unknown-kind", "unknown-key"], "that is a mistake of its own");
    let html = "+++\ntitle = \"A\"\ndate = 2017-11-20\nkind = \"visit\"\n+++\nA <b>bold</b> word.\n";
    assert_eq!(codes("[markdwn]\nraw_html = \"allow\"\n", html), ["unknown-key"]);
    let long = html.replace("<b>bold</b>", &"long ".repeat(300_000));
    assert_eq!(codes("[limit]\nentry_bytes = 2000000\n", &long), ["unknown-key"]);
    let contact = "base_url = \"https://example.org/\"\nconact = \"mailto:a@example.org\"\n";
    assert_eq!(codes(contact, &html.replace("<b>", "").replace("</b>", "")), ["unknown-key"]);
}

#[test]
fn a_theme_file_with_an_unfinished_merge_is_reported_for_that_alone() {
    let merge = |left: &str, right: &str| format!("<<<<<<< HEAD\n{left}\n=======\n{right}\n>>>>>>> other\n");
    let codes = |file: &str, text: String| Site::new().event("e", "2017-11-20", "").file(file, text).codes();
    for broken in ["{% if x %}", "{{ x", "{% include \"nothing.html\" %}", "{{ x | nothing }}", "\u{202e}"] {
        let text = merge("a", "b") + broken;
        assert_eq!(codes("templates/404.html", text), ["merge-conflict"], "{broken:?}");
        assert_eq!(codes("templates/404.html", merge(broken, "b")), ["merge-conflict"], "{broken:?}");
        assert_eq!(codes("templates/404.html", merge("a", broken)), ["merge-conflict"], "{broken:?}");
    }
    for broken in
        ["no message here", "skip-link = {", "a = { nothing }", "a = \\u0001", "a = {\"\\u0001\"}", "\u{202e}"]
    {
        for text in [merge("b = a", "b = c") + broken, merge(broken, "b = c"), merge("b = c", broken)] {
            assert_eq!(codes("locales/en.ftl", text), ["merge-conflict"], "{broken:?}");
        }
    }
    let site = Site::new().event("e", "2017-11-20", "").file("templates/part.html", "part");
    let site = site.file("templates/404.html", merge("a", "{% include \"part.html\" %}"));
    assert_eq!(site.codes(), ["merge-conflict"], "the other side may use the template");
}
