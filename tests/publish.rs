//! The output folder is either the old site or the new one, and other people's files are never touched.

use std::fs;

use crate::common::Site;

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
    // A look-up that began in the old folder may end after its removal; the next one must find the new one.
    let is_there = |file: &std::path::PathBuf| file.exists() || file.exists();
    for round in 0..12 {
        titled(if site.output() == old { "New" } else { "Old" });
        let mut build = crate::common::annals();
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

/// What is in a folder, by name.
fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_makes_the_output_a_working_tree_of_git_is_kept() {
    for (git, text) in [(".git", "gitdir: /elsewhere\n"), (".git/HEAD", "ref: refs/heads/gh-pages\n")] {
        let site = Site::new().event("a", "2017-11-20", "").event("b", "2017-11-21", "");
        site.write(&format!("public/{git}"), text);
        site.write("public/.gitattributes", "* -text\n");
        site.build();
        fs::remove_file(site.path("content/events/b.md")).expect("the entry can be removed");
        site.build();
        assert!(site.path("public/events/a.html").exists() && !site.path("public/events/b.html").exists());
        assert_eq!(site.page(git), text);
        assert_eq!(site.page(".gitattributes"), "* -text\n");
        assert!(site.run(&["build"]).stdout.contains("nothing changed"));
        assert!(!names(site.root()).iter().any(|name| name.contains("annals-")), "{:?}", names(site.root()));
        // A build that fails midway keeps it too.
        let site = site.file("templates/event.html", "{{ nothing.like.this }}");
        assert_eq!(site.run(&["build"]).code, 1);
        assert_eq!(site.page(git), text);
    }
}

#[test]
fn a_process_that_died_has_not_taken_git_along() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    site.write(".public.annals-1/.annals", "");
    site.write(".public.annals-1/.git/HEAD", "ref: refs/heads/gh-pages\n");
    let site = site.event("b", "2017-11-21", "");
    site.build();
    assert_eq!(site.page(".git/HEAD"), "ref: refs/heads/gh-pages\n");
    assert!(!site.path(".public.annals-1").exists());
    // Where there are two, neither is deleted.
    site.write(".public.annals-2/.annals", "");
    site.write(".public.annals-2/.git/HEAD", "another\n");
    let site = site.event("c", "2017-11-22", "");
    site.build();
    assert_eq!(site.page(".git/HEAD"), "ref: refs/heads/gh-pages\n");
    assert!(site.path(".public.annals-2/.git/HEAD").exists());
}

#[test]
fn a_process_that_died_between_two_steps_has_not_taken_the_site_along() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    let before = modified(&site, "events/a.html");
    fs::rename(site.path("public"), site.path(".public.annals-1-old")).expect("the site can be put aside");
    site.write(".public.annals-1/.annals", "");
    wait_for_the_clock();
    assert!(site.run(&["build"]).stdout.contains("nothing changed"), "the old site came back");
    assert_eq!(modified(&site, "events/a.html"), before);
    assert!(!names(site.root()).iter().any(|name| name.contains("annals-")), "{:?}", names(site.root()));
}

#[test]
fn a_site_that_was_left_half_way_is_made_whole() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    let whole = site.output();
    let list = site.page(".annals");
    let files = list.split_once('\n').expect("it has a first line").1;
    let header =
        "# annals was interrupted while it replaced these files: they come from two builds. Build again. Its files:";
    site.write("public/.annals", format!("{header}\nevents/gone.html\n{files}"));
    site.write("public/events/gone.html", "of another build");
    site.write("public/events/a.html", "of another build");
    site.write("public/.annals-1/.annals", "");
    site.write("public/.annals-1/index.html", "not yet moved");
    site.build();
    assert_eq!(site.output(), whole);
}

#[test]
fn a_folder_that_an_earlier_version_locked_opens_again() {
    let site = Site::new().event("a", "2017-11-20", "");
    site.build();
    let list = site.page(".annals");
    site.write("public/.annals", format!("{list}Icon\r\na\nb.txt\n"));
    site.write("public/Icon\r", "");
    site.write("public/a\nb.txt", "x");
    site.build();
    assert!(!site.path("public/Icon\r").exists() && !site.path("public/a\nb.txt").exists());
    // A manifest that git checked out with Windows line ends is still valid.
    let list = site.page(".annals").replace('\n', "\r\n");
    site.write("public/.annals", list);
    site.build();
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_followed_and_never_into_the_site() {
    use std::os::unix::fs::symlink;
    let site = Site::new().event("a", "2017-11-20", "");
    symlink("elsewhere/site", site.path("public")).expect("links can be made");
    site.build().build();
    assert!(site.path("elsewhere/site/index.html").exists() && site.path("public").is_symlink());
    symlink("content", site.path("inside")).expect("links can be made");
    for output in [".", "..", "inside", "inside/x", "none/../static", "content/x", "templates"] {
        let run = site.run(&["build", "--output", output]);
        assert_eq!(run.code, 2, "{output}: {}", run.stderr);
        assert!(run.stderr.contains("--output"), "{output}: {}", run.stderr);
    }
}

/// Runs a shell script that may mount; `None` if this machine does not allow it.
#[cfg(target_os = "linux")]
fn mounting(site: &Site, script: &str) -> Option<crate::common::Run> {
    let shell = |user: &str, script: &str| {
        let mut command = std::process::Command::new("unshare");
        command.args([user, "-m", "sh", "-ec", script]);
        command.env("ANNALS", env!("CARGO_BIN_EXE_annals")).env("S", site.root()).env_remove("SOURCE_DATE_EPOCH");
        crate::common::run(&mut command)
    };
    fs::create_dir_all(site.path("public")).expect("the folder can be made");
    let user = ["-f", "-r"].into_iter().find(|user| shell(user, "mount -t tmpfs none \"$S/public\"").code == 0);
    if user.is_none() {
        eprintln!("not tried: nothing can be mounted here");
    }
    user.map(|user| shell(user, script))
}

#[cfg(target_os = "linux")]
#[test]
fn a_mount_point_is_built_into() {
    for mount in ["mount -t tmpfs none \"$S/public\"", "mkdir \"$S/volume\"; mount --bind \"$S/volume\" \"$S/public\""]
    {
        let site = Site::new().event("a", "2017-11-20", "").event("b", "2017-11-21", "aliases = [\"old/\"]\n");
        let script = format!(
            "{mount}; cd \"$S\"; mkdir public/lost+found; \"$ANNALS\" build
             stat -c %i public/assets/annals.css; \"$ANNALS\" build
             rm content/events/b.md; printf x > static.txt; mkdir static; printf x > static/old
             \"$ANNALS\" build; stat -c %i public/assets/annals.css
             test ! -e public/events/b.html; test -f public/old; find public -name '.annals-*'
             mkdir static/new; rm static/old; mkdir static/old; printf y > static/old/x; \"$ANNALS\" build; test -f public/old/x
             printf mine > public/mine; \"$ANNALS\" build || echo refused; rm public/mine
             head -1 public/.annals; cp -r public \"$S/copy\""
        );
        let Some(run) = mounting(&site, &script) else { return };
        assert_eq!(run.code, 0, "{mount}: {}{}", run.stdout, run.stderr);
        let lines: Vec<&str> = run.stdout.lines().collect();
        assert!(lines[2].contains("nothing changed"), "{}", run.stdout);
        assert_eq!(lines[1], lines[4], "a file that did not change is the same file: {}", run.stdout);
        assert!(!run.stdout.contains(".annals-") && run.stdout.contains("refused"), "{}", run.stdout);
        assert!(run.stderr.contains("mine; move them to static/"), "{}", run.stderr);
        assert!(lines.last().is_some_and(|line| line.starts_with("# annals wrote this folder")), "{}", run.stdout);
        site.build();
        let plain = site.output();
        let mounted = crate::common::files(&site.path("copy"));
        assert_eq!(plain, mounted, "the same site as anywhere else");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site_in_a_mount_point() {
    let mut site = Site::new();
    for number in 0..20 {
        site = site.event(&format!("e{number}"), "2017-11-20", "");
    }
    let script = "mount -t tmpfs -o size=4m none \"$S/public\"; cd \"$S\"; \"$ANNALS\" build; cp -r public before
        mkdir static; head -c 5000000 /dev/zero > static/large; \"$ANNALS\" build && exit 9
        diff -r before public; find public -name '.annals-*'";
    let Some(run) = mounting(&site, script) else { return };
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains(".annals-"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn a_folder_beside_which_nothing_may_be_written_is_built_into() {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    let site = Site::new().event("a", "2017-11-20", "");
    fs::create_dir(site.path("public")).expect("the folder can be made");
    if chown(site.path("public"), Some(65534), Some(65534)).is_err() {
        eprintln!("not tried: only the superuser can give folders away");
        return;
    }
    fs::set_permissions(site.root(), fs::Permissions::from_mode(0o755)).expect("permissions can be set");
    for title in ["One", "Two"] {
        site.write("site.toml", format!("title = \"{title}\"\n"));
        let run = crate::common::run(
            crate::common::annals().args(["build", "--root"]).arg(site.root()).uid(65534).gid(65534),
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(site.page("index.html").contains(title));
        assert!(!names(&site.path("public")).iter().any(|name| name.starts_with(".annals-")));
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_a_folder_is_refused_with_what_to_do() {
    let site = Site::new().event("a", "2017-11-20", "");
    fs::write(site.path("plain"), "mine").expect("the disk takes it");
    std::os::unix::fs::symlink("loop", site.path("loop")).expect("the disk takes it");
    for output in ["plain", "site.toml", "loop"] {
        let run = site.run(&["build", "--output", output]);
        assert_eq!(run.code, 2, "{output}: {}", run.stderr);
        assert!(run.stderr.contains("or name another folder with --output DIR"), "{output}: {}", run.stderr);
    }
    assert_eq!(fs::read_to_string(site.path("plain")).expect("it is still there"), "mine");
}
