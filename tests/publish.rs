//! The output folder is the old site or the new one, and nobody else's files are touched.

mod common;

use std::fs;

use common::Site;

fn modified(site: &Site, path: &str) -> std::time::SystemTime {
    let metadata = fs::metadata(site.path("public").join(path)).expect("the file is there");
    metadata.modified().expect("the disk keeps times")
}

fn wait_for_the_clock() {
    std::thread::sleep(std::time::Duration::from_millis(20));
}

#[test]
fn an_unchanged_build_writes_nothing() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    let before: Vec<_> = site.output().into_iter().map(|(path, _)| modified(&site, &path)).collect();
    let folder = fs::metadata(site.path("public")).and_then(|m| m.modified()).expect("the folder is there");
    wait_for_the_clock();
    let run = site.run(&["build"]);
    assert!(run.stdout.contains("nothing changed"), "{}", run.stdout);
    let after: Vec<_> = site.output().into_iter().map(|(path, _)| modified(&site, &path)).collect();
    assert_eq!(before, after);
    assert_eq!(folder, fs::metadata(site.path("public")).and_then(|m| m.modified()).expect("the folder is there"));
}

#[test]
fn only_changed_files_get_a_new_time() {
    let site = Site::new().event("a", "2017-11-20", "").event("b", "2019-01-01", "");
    site.build();
    let (about_a, about_b) = (modified(&site, "events/a.html"), modified(&site, "assets/annals.css"));
    wait_for_the_clock();
    let site = site.event("a", "2017-11-20", "summary = \"New.\"\n");
    site.build();
    assert!(modified(&site, "events/a.html") > about_a);
    assert_eq!(modified(&site, "assets/annals.css"), about_b);
}

#[test]
fn stale_files_are_gone() {
    let site = Site::new().event("a", "2017-11-20", "").event("b", "2017-11-21", "");
    site.build();
    assert!(site.path("public/events/b.html").exists());
    fs::remove_file(site.path("content/events/b.md")).expect("the entry can be removed");
    site.build();
    assert!(!site.path("public/events/b.html").exists());
    assert!(site.path("public/events/a.html").exists());
}

#[test]
fn a_failed_build_leaves_the_old_site() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    let before = site.output();
    for (file, text) in [
        ("content/events/a.md", "+++\ntitle = \n+++\n"),
        ("templates/event.html", "{{ nothing.like.this }}"),
        ("templates/event.html", "{% if %}"),
    ] {
        let kept = fs::read(site.path(file)).ok();
        site.write(file, text);
        let run = site.run(&["build"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert_eq!(site.output(), before, "{file} broke the site");
        match kept {
            Some(bytes) => site.write(file, bytes),
            None => fs::remove_file(site.path(file)).expect("the template can be removed"),
        }
    }
    let left: Vec<_> = fs::read_dir(site.root())
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").file_name())
        .filter(|name| name.to_string_lossy().contains("annals-"))
        .collect();
    assert!(left.is_empty(), "staging folders are left: {left:?}");
}

#[test]
fn a_folder_that_annals_did_not_make_is_refused() {
    let site = Site::new().event("a", "2017-11-20", "").file("public/precious.txt", "mine");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("was not made by annals"), "{}", run.stderr);
    assert_eq!(site.output(), [("precious.txt".to_owned(), b"mine".to_vec())]);
}

#[test]
fn a_file_put_into_the_output_by_hand_is_not_deleted() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    site.write("public/CNAME", "example.org");
    let site = site.event("b", "2017-11-21", "");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("CNAME") && run.stderr.contains("static/"), "{}", run.stderr);
    assert!(site.path("public/CNAME").exists());
    fs::remove_file(site.path("public/CNAME")).expect("the file can be removed");
    let site = site.file("static/CNAME", "example.org");
    site.build();
    assert_eq!(site.page("CNAME"), "example.org");
}

#[test]
fn the_site_is_whole_at_every_moment_and_after_a_kill() {
    let mut site = Site::new();
    for number in 0..400 {
        site = site.event(&format!("e{number}"), "2017-11-20", "");
    }
    let titled = |title: &str| site.write("site.toml", format!("title = \"{title}\"\n"));
    titled("Old");
    site.build();
    let old = site.output();
    titled("New");
    site.build();
    let new = site.output();
    let files = [site.path("public/index.html"), site.path("public/timeline/2017.html")];
    // A look-up that began in the old folder may end after it was removed: the next one must find the new.
    let is_there = |file: &std::path::PathBuf| file.exists() || file.exists();
    for round in 0..12 {
        titled(if site.output() == old { "New" } else { "Old" });
        let mut build = common::annals();
        build.arg("build").arg("--root").arg(site.root()).stdout(std::process::Stdio::null());
        let mut build = build.spawn().expect("annals can be run");
        let start = std::time::Instant::now();
        // Every other build is killed, each a little later than the one before.
        let patience = std::time::Duration::from_millis(if round % 2 == 0 { 10 * round } else { 60_000 });
        while build.try_wait().expect("the build can be asked").is_none() && start.elapsed() < patience {
            assert!(files.iter().all(is_there), "the site was not there while it was built");
        }
        let _ = build.kill();
        let _ = build.wait();
        let output = site.output();
        assert!(output == old || output == new, "the site is neither the old nor the new one");
    }
    site.build();
}

#[test]
fn the_staging_folder_of_a_killed_build_is_swept_and_others_are_not() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.write(".public.annals-1/.annals", "");
    site.write(".public.annals-1/index.html", "half");
    site.write(".public.annals-2/notes.txt", "somebody's");
    site.build();
    assert!(!site.path(".public.annals-1").exists());
    assert!(site.path(".public.annals-2/notes.txt").exists());
}

#[cfg(unix)]
#[test]
fn a_disk_that_refuses_is_exit_3_and_the_old_site_stays() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    let before = site.output();
    site.write(
        "content/events/a.md",
        fs::read_to_string(site.path("content/events/a.md")).expect("it is there") + "More.\n",
    );
    // A file where the staging folder's parent should be: refused even for the superuser.
    let output = site.path("site.toml").join("public");
    let run = site.run(&["build", "--output", &output.to_string_lossy()]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert_eq!(site.output(), before);
}
