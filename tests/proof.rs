//! `SHA256SUMS`, `build.json` and `annals verify`.

use std::fs;
use std::process::Command;

use image::ImageFormat;

use crate::common::{Run, Site, annals, files, run};
use crate::pictures::encoded;

/// A site of two events.
fn site() -> Site {
    Site::new().event("a", "2017-11-20", "").event("b", "2018-01-01", "")
}

/// A site that is in git, with one commit.
fn committed() -> Site {
    let site = site().file(".gitignore", "/public\n/.cache\n");
    git(&site, &["init", "--quiet", "--template="]);
    commit(&site);
    site
}

/// Runs git on a site's folder, without the configuration of the machine.
#[track_caller]
fn git(site: &Site, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").current_dir(site.root());
    git.args(["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]).args(arguments);
    let output = git.output().expect("git can be run");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

fn commit(site: &Site) -> String {
    git(site, &["add", "--all"]);
    git(site, &["commit", "--quiet", "--message", "Change"]);
    git(site, &["rev-parse", "HEAD"])[..12].to_owned()
}

/// Reads `build.json`.
fn recorded(site: &Site) -> serde_json::Value {
    serde_json::from_str(&site.page("build.json")).expect("build.json is JSON")
}

/// The paths that `SHA256SUMS` lists, as it writes them.
fn listed(site: &Site) -> Vec<String> {
    site.page("SHA256SUMS").lines().map(|line| line.split_once("  ").expect("two spaces").1.to_owned()).collect()
}

/// Asserts that `sha256sum --check` finds every listed file with its sum.
#[track_caller]
fn assert_sums_hold(site: &Site) {
    let check = ["--check", "--strict", "--quiet", "SHA256SUMS"];
    let output = Command::new("sha256sum").args(check).current_dir(site.path("public")).output();
    let output = output.expect("sha256sum can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[track_caller]
fn verify(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["verify"], arguments].concat())
}

#[track_caller]
fn assert_verified(site: &Site) -> Run {
    let run = verify(site, &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run
}

#[test]
fn the_sums_are_of_every_file_but_themselves_and_the_manifest() {
    let site = site().file("static/data/list.csv", "a,b\n").file("static/lower", "x").file("static/Upper", "y");
    site.build();
    assert_sums_hold(&site);
    let names: Vec<String> = site.output().into_iter().map(|(path, _)| path).collect();
    let mut expected: Vec<String> =
        names.into_iter().filter(|path| !matches!(path.as_str(), "SHA256SUMS" | ".annals")).collect();
    expected.sort();
    assert_eq!(listed(&site), expected);
    assert!(site.page(".annals").lines().any(|line| line == "SHA256SUMS"), "the manifest lists the sums");
}

#[test]
fn the_sums_hold_for_names_that_shells_and_lists_trip_over() {
    let names =
        ["a b", "-n", " leading", "*star", "quote'", "é", "e\u{301}tat", "日本", "#hash", "$HOME", "%41", "(x)"];
    let site = site();
    for name in names {
        site.write(&format!("static/{name}"), name);
    }
    #[cfg(unix)]
    site.write(r"static/back\slash", "x");
    let run = site.run(&["build"]);
    // Windows cannot store some of the names, which is reported.
    let refused = |name: &str| run.stderr.contains(&format!("`{name}`"));
    for name in names.into_iter().filter(|name| refused(name)) {
        fs::remove_file(site.path("static").join(name)).expect("it is there");
    }
    if run.code != 0 {
        fs::remove_file(site.path(r"static/back\slash")).expect("it is there");
    }
    site.build();
    assert_sums_hold(&site);
    assert!(listed(&site).contains(&"état".to_owned()), "names are in NFC");
    assert_verified(&site);
}

#[test]
fn a_file_of_a_site_cannot_replace_the_sums() {
    for name in ["SHA256SUMS", "sha256sums", "build.json"] {
        let site = site().file(&format!("static/{name}"), "mine");
        let run = site.run(&["build"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stderr.contains(&format!("output-collision]: static/{name}")), "{}", run.stderr);
    }
}

#[test]
fn an_incremental_build_has_the_sums_of_a_full_one() {
    let site = site();
    site.build();
    let first = site.page("SHA256SUMS");
    site.build();
    assert_eq!(site.page("SHA256SUMS"), first);
    let site = site.event("b", "2018-01-01", "summary = \"New.\"\n").file("static/x.txt", "x");
    fs::remove_file(site.path("content/events/a.md")).expect("the entry can be removed");
    site.build();
    assert_sums_hold(&site);
    let incremental = site.page("SHA256SUMS");
    assert_ne!(incremental, first);
    assert_eq!(site.run(&["build", "--no-cache", "--output", "full"]).code, 0);
    let full = fs::read_to_string(site.path("full/SHA256SUMS")).expect("there are sums");
    assert_eq!(incremental, full);
}

#[test]
fn sums_that_somebody_changed_are_written_again() {
    let site = site();
    site.build();
    let sums = site.page("SHA256SUMS");
    fs::write(site.path("public/SHA256SUMS"), "nothing\n").expect("it can be written");
    site.build();
    assert_eq!(site.page("SHA256SUMS"), sums);
}

#[test]
fn an_unchanged_build_ends_without_parsing_although_git_is_asked() {
    let site = committed();
    site.build();
    let run = site.run(&["build", "--timings"]);
    assert!(run.stdout.contains("nothing changed"), "{}", run.stdout);
    assert!(!run.stderr.contains("load"), "{}", run.stderr);
}

#[test]
fn timings_show_what_the_proof_costs() {
    let run = site().run(&["build", "--timings"]);
    for stage in ["git", "checksums"] {
        assert!(run.stderr.lines().any(|line| line.ends_with(&format!("ms  {stage}"))), "{}", run.stderr);
    }
}

#[test]
fn a_build_records_its_day_version_and_options_and_nothing_private() {
    let site = site();
    let build = ["build", "--drafts", "--future", "--base-url", "https://example.org/t/"];
    let run = run(annals().env("SOURCE_DATE_EPOCH", "1500000000").arg("--root").arg(site.root()).args(build));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        r#"{{
  "annals": "{version}",
  "day": "2017-07-14",
  "drafts": true,
  "future": true,
  "base_url": "https://example.org/t/"
}}
"#
    );
    assert_eq!(site.page("build.json"), expected);
}

#[test]
fn a_build_in_git_records_the_commit_and_whether_files_of_the_site_differ_from_it() {
    let site = committed();
    let head = git(&site, &["rev-parse", "HEAD"]);
    site.build();
    assert_eq!(recorded(&site)["commit"], head[..12]);
    assert!(recorded(&site)["modified"].is_null() && recorded(&site)["depth"].is_null());
    for text in ["Somebody", "example.org", "Change"] {
        assert!(!site.page("build.json").contains(text), "{text} is private");
    }
    site.write("notes.txt", "Not part of the site.");
    site.write("content/.DS_Store", "litter");
    site.build();
    assert!(recorded(&site)["modified"].is_null(), "only files that the site is read from count");
    let next = commit(&site);
    site.build();
    assert_eq!(recorded(&site)["commit"], next, "another commit is recorded, although the content is the same");
    site.write("content/events/c.md", "+++\ntitle = \"C\"\ndate = 2020-01-01\nkind = \"meeting\"\n+++\nText.\n");
    site.build();
    assert_eq!(recorded(&site)["modified"], true, "a new entry counts");
    site.write(".git/info/exclude", "c.md\n");
    site.build();
    assert_eq!(recorded(&site)["modified"], true, "so does one that git ignores");
}

#[test]
fn a_shallow_clone_records_its_depth() {
    let origin = committed();
    for id in ["c", "d", "e"] {
        origin.write(
            &format!("content/events/{id}.md"),
            "+++\ntitle = \"X\"\ndate = 2020-01-01\nkind = \"meeting\"\n+++\nX.\n",
        );
        commit(&origin);
    }
    let site = Site::empty();
    let url = format!("file://{}", origin.root().display());
    git(&site, &["clone", "--quiet", "--depth", "2", &url, "."]);
    site.build();
    assert_eq!(recorded(&site)["depth"], 2);
    assert_verified(&site);
    // The complete repository builds the same commit at the same depth.
    let copy = site.path("public");
    let run = verify(&origin, &[&copy.to_string_lossy()]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("the history here has another depth"), "{}", run.stderr);
}

#[test]
fn a_site_that_git_ignores_has_no_commit() {
    let outer = Site::empty().file(".gitignore", "/inner\n").file("readme", "x");
    git(&outer, &["init", "--quiet", "--template="]);
    commit(&outer);
    outer.write("inner/site.toml", "title = \"Test\"\n");
    outer.write("inner/content/events/a.md", "+++\ntitle = \"A\"\ndate = 2020-01-01\nkind = \"meeting\"\n+++\nText.\n");
    let run = run(annals().arg("--root").arg(outer.path("inner")).arg("build"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let recorded = fs::read_to_string(outer.path("inner/public/build.json")).expect("it is there");
    assert!(!recorded.contains("commit"), "{recorded}");
}

#[test]
fn an_untouched_copy_is_verified() {
    let site = committed();
    site.build();
    let before = files(site.root());
    let run = assert_verified(&site);
    assert!(run.stdout.starts_with("public: all ") && run.stdout.contains("of commit "), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    assert_eq!(files(site.root()), before, "verifying changed something");
    assert!(!site.path(".cache/annals/pictures").exists());
}

#[test]
fn a_changed_a_missing_and_an_extra_file_are_named() {
    let site = committed();
    site.build();
    let page = site.page("events/a.html");
    fs::write(site.path("public/events/a.html"), page.replacen("Event a", "Event x", 1)).expect("it can be written");
    fs::remove_file(site.path("public/assets/annals.css")).expect("it is there");
    site.write("public/data/more.txt", "x");
    site.write("public/.DS_Store", "litter");
    let run = verify(&site, &[]);
    assert_eq!(run.code, 1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("differs  events/a.html: it differs at line "), "{}", run.stdout);
    assert_eq!(lines[1..3], ["missing  assets/annals.css", "extra    data/more.txt"]);
    assert!(lines[3].contains("1 differs, 1 is missing, 1 is extra"), "{}", run.stdout);
    assert_eq!(lines.len(), 4);
    let json = verify(&site, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("it is JSON");
    assert_eq!(json["verified"], false);
    assert_eq!(json["differing"][0]["path"], "events/a.html");
    assert_eq!((&json["missing"][0], &json["extra"][0]), (&"assets/annals.css".into(), &"data/more.txt".into()));
    assert_eq!(json["build"]["commit"], recorded(&site)["commit"]);
}

/// A host shows 404.html for missing files, so a file with its bytes is taken for missing.
#[test]
fn an_empty_file_differs_even_if_the_page_for_missing_files_is_empty() {
    let site = site().file("templates/404.html", "{# nothing #}");
    site.build();
    assert_eq!(site.page("404.html"), "");
    fs::write(site.path("public/events/a.html"), "").expect("it can be written");
    let run = verify(&site, &[]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("differs  events/a.html: it is empty\n"), "{}", run.stdout);
}

/// The configuration of a repository may come from anybody; that of the user is trusted.
#[cfg(unix)]
#[test]
fn nothing_that_a_repository_configures_is_run_but_the_filters_of_the_user_are() {
    use std::os::unix::fs::PermissionsExt as _;

    let site = site().file(".gitignore", "/public\n/.cache\n").file(".gitattributes", "static/*.txt filter=lower\n");
    let site = site.file("static/a.txt", "lower").file("static/inner/b.txt", "b");
    let folder = site.root().parent().expect("a site is in a folder");
    let (ran, trap, user) = (folder.join("ran"), folder.join("hooks/post-checkout"), folder.join("user"));
    fs::create_dir(folder.join("hooks")).expect("folders can be made");
    fs::write(&trap, format!("#!/bin/sh\ntouch {}\ncat\n", ran.display())).expect("the file can be written");
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
    fs::write(&user, "[filter \"lower\"]\nclean = tr A-Z a-z\n").expect("the file can be written");
    let inner = site.path("static/inner");
    let inner = inner.to_str().expect("the path is UTF-8");
    git(&site, &["init", "--quiet", "--template="]);
    git(&site, &["-C", inner, "init", "--quiet", "--template="]);
    git(&site, &["-C", inner, "add", "--all"]);
    git(&site, &["-C", inner, "commit", "--quiet", "--message", "Inner"]);
    commit(&site);
    let annals_by_user =
        |command: &str| run(annals().arg("--root").arg(site.root()).arg(command).env("GIT_CONFIG_GLOBAL", &user));
    annals_by_user("build");
    let built = recorded(&site)["commit"].clone();
    git(&site, &["commit", "--quiet", "--allow-empty", "--message", "Other"]);
    let command = trap.to_str().expect("the path is UTF-8");
    for repository in [site.root().to_str().expect("the path is UTF-8"), inner] {
        for key in [
            "filter.x.clean",
            "filter.x.smudge",
            "filter.x=y.clean",
            "filter.y.process",
            "filter.lower.clean",
            "core.fsmonitor",
            "core.alternateRefsCommand",
            "core.sshCommand",
            "core.pager",
            "diff.x.textconv",
            "diff.external",
            "uploadpack.packObjectsHook",
        ] {
            git(&site, &["-C", repository, "config", key, command]);
        }
        git(&site, &["-C", repository, "config", "filter.x.required", "true"]);
        let hooks = folder.join("hooks");
        git(&site, &["-C", repository, "config", "core.hooksPath", hooks.to_str().expect("the path is UTF-8")]);
        let attributes = "*.md filter=x diff=x\nsite.toml filter=x=y\nb.txt filter=y\n";
        fs::create_dir_all(site.path(&format!("{repository}/.git/info"))).expect("folders can be made");
        fs::write(site.path(&format!("{repository}/.git/info/attributes")), attributes).expect("it can be written");
    }
    // Files that look changed are passed through filters.
    for path in ["content/events/a.md", "site.toml", "static/inner/b.txt"] {
        let text = fs::read_to_string(site.path(path)).expect("it is there");
        fs::remove_file(site.path(path)).expect("it is there");
        site.write(path, text);
    }
    site.write("static/a.txt", "LOWER");
    let verified = annals_by_user("verify");
    let note = format!("commit {} was built in a temporary clone", built.as_str().expect("it is an id"));
    assert!(verified.stderr.contains(&note), "{}{}", verified.stdout, verified.stderr);
    assert!(!verified.stderr.contains("were changed since"), "{}", verified.stderr);
    annals_by_user("build");
    assert_eq!(recorded(&site).get("modified"), None);
    assert!(!ran.exists(), "something was run");
    site.write("static/inner/b.txt", "c");
    annals_by_user("build");
    assert_eq!(recorded(&site)["modified"], true);
    assert!(!ran.exists(), "something was run");
}

#[test]
fn a_change_to_the_sums_alone_is_found() {
    let site = site();
    site.build();
    let sums = site.page("SHA256SUMS");
    fs::write(site.path("public/SHA256SUMS"), sums.lines().rev().collect::<Vec<_>>().join("\n")).expect("written");
    let run = verify(&site, &[]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("differs  SHA256SUMS: "), "{}", run.stdout);
}

#[test]
fn line_ends_and_added_text_are_recognised() {
    let site = site();
    site.build();
    let (a, b) = (site.page("events/a.html"), site.page("events/b.html"));
    fs::write(site.path("public/events/a.html"), a.replace('\n', "\r\n")).expect("written");
    fs::write(site.path("public/events/b.html"), b.replace("</body>", "<script></script></body>")).expect("written");
    let run = verify(&site, &[]);
    assert!(run.stdout.contains("differs  events/a.html: its line ends were changed\n"), "{}", run.stdout);
    assert!(run.stdout.contains("differs  events/b.html: 17 bytes were added at line "), "{}", run.stdout);
}

#[test]
fn another_day_and_other_options_are_taken_from_the_copy() {
    let site = committed().event("later", "2019-01-01", "embargo = 2030-01-01\n").event(
        "draft",
        "2019-05-05",
        "draft = true\n",
    );
    commit(&site);
    for (epoch, options) in [("1500000000", &[][..]), ("1900000000", &["--drafts", "--base-url", "https://a.org/b/"])] {
        let mut command = annals();
        command.env("SOURCE_DATE_EPOCH", epoch).arg("--root").arg(site.root()).arg("build").args(options);
        assert_eq!(run(&mut command).code, 0);
        assert_verified(&site);
    }
    assert!(site.path("public/events/later.html").exists() && site.path("public/events/draft.html").exists());
}

#[test]
fn another_commit_is_built_in_a_clone_and_the_folder_stays_as_it_is() {
    let site = committed();
    site.build();
    let built = recorded(&site)["commit"].as_str().expect("a commit").to_owned();
    let site = site.event("a", "2017-11-20", "summary = \"Changed.\"\n");
    let run = assert_verified(&site);
    let note =
        format!("commit {built} was built in a temporary clone, because here files of the site were changed since");
    assert!(run.stderr.contains(&note), "{}", run.stderr);
    let head = commit(&site);
    let before = files(site.root());
    let run = assert_verified(&site);
    assert!(run.stderr.contains(&format!("because here {head} is checked out")), "{}", run.stderr);
    assert_eq!(files(site.root()), before, "the repository or the site changed");
    let run = verify(&site, &["--as-is"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("differs  events/a.html"), "{}", run.stdout);
}

#[test]
fn a_site_in_a_folder_of_its_repository_is_verified() {
    let outer = Site::empty().file("readme", "x").file("sites/one/site.toml", "title = \"Test\"\n");
    outer.write(
        "sites/one/content/events/a.md",
        "+++\ntitle = \"A\"\ndate = 2020-01-01\nkind = \"meeting\"\n+++\nText.\n",
    );
    outer.write(".gitignore", "public\n.cache\n");
    git(&outer, &["init", "--quiet", "--template="]);
    commit(&outer);
    let inner = |arguments: &[&str]| run(annals().arg("--root").arg(outer.path("sites/one")).args(arguments));
    assert_eq!(inner(&["build"]).code, 0);
    outer.write("readme", "y");
    commit(&outer);
    let run = inner(&["verify"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("in a temporary clone"), "{}", run.stderr);
}

#[test]
fn a_copy_of_files_that_were_not_committed_is_compared_with_the_folder() {
    let site = committed().event("c", "2020-01-01", "");
    site.build();
    let run = assert_verified(&site);
    assert!(run.stderr.contains("was built from files that were not committed"), "{}", run.stderr);
}

#[test]
fn a_commit_that_is_not_here_is_an_error_with_help() {
    let site = committed();
    site.build();
    let text = site.page("build.json");
    for (commit, expected) in [
        ("0123456789ab", "commit 0123456789ab, from which the copy was built, cannot be checked out"),
        ("HEAD", "`commit` is not the id of a commit"),
        ("--upload-pack=x", "`commit` is not the id of a commit"),
    ] {
        let of = recorded(&site)["commit"].as_str().expect("a commit").to_owned();
        fs::write(site.path("public/build.json"), text.replace(&of, commit)).expect("it can be written");
        let run = verify(&site, &[]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
        fs::write(site.path("public/build.json"), &text).expect("it can be written");
    }
}

#[test]
fn what_cannot_be_verified_is_refused_with_help() {
    let site = site();
    let run = verify(&site, &["nowhere"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no folder") && run.stderr.contains("build the site first"), "{}", run.stderr);
    let run = verify(&site, &["content"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("has no build.json"), "{}", run.stderr);
    let run = verify(&site, &["ftp://example.org/"]);
    assert_eq!(run.code, 2);
    let run = verify(&site, &["http://127.0.0.1:9/"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("http://127.0.0.1:9/build.json: "), "{}", run.stderr);
}

#[test]
fn a_site_that_no_longer_builds_cannot_be_compared() {
    let site = site();
    site.build();
    let site = site.file("content/events/a.md", "+++\ntitle = \n+++\n");
    let run = verify(&site, &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("error[") && run.stderr.contains("no build to compare with"), "{}", run.stderr);
}

#[test]
fn pictures_are_made_afresh_and_no_cache_is_touched() {
    let media =
        "[[media]]\nfile = \"p.jpg\"\nalt = \"A picture.\"\ncaption = \"C\"\ncredit = \"D\"\nlicence = \"CC0-1.0\"\n";
    let site = site().event("c", "2020-01-01", media);
    site.write("content/events/p.jpg", encoded(700, 400, ImageFormat::Jpeg));
    site.build();
    let cache = site.path(".cache/annals/pictures");
    let kept = fs::read_dir(&cache).expect("pictures are kept").map(|entry| entry.expect("it can be read").path());
    // Damages every copy in the cache, because a proof must not rely on them.
    for file in kept.filter(|file| file.extension().is_some()) {
        let mut bytes = fs::read(&file).expect("it can be read");
        *bytes.last_mut().expect("it has bytes") ^= 1;
        fs::write(&file, bytes).expect("it can be written");
    }
    let before = files(&site.path(".cache"));
    assert_verified(&site);
    assert_eq!(files(&site.path(".cache")), before);
}
