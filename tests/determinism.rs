//! The same content gives the same bytes, whatever the machine is set to.

use crate::common::{Site, annals, files, run};

#[test]
fn threads_time_zone_and_locale_change_nothing() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = Site::empty();
    let settings =
        [("1", "UTC", "C"), ("4", "Pacific/Kiritimati", "ar_EG.UTF-8"), ("7", "America/St_Johns", "tr_TR.UTF-8")];
    let outputs: Vec<_> = settings
        .iter()
        .map(|(threads, zone, locale)| {
            let target = out.path(threads);
            let mut command = annals();
            command.env("RAYON_NUM_THREADS", threads).env("TZ", zone).env("LANG", locale).env("LC_ALL", locale);
            command.arg("build").arg("--root").arg(root).arg("--output").arg(&target);
            let built = run(&mut command);
            assert_eq!(built.code, 0, "{}", built.stderr);
            assert_eq!(built.stderr, "", "the shipped timeline builds without a warning");
            files(&target)
        })
        .collect();
    assert!(outputs[0].len() > 100);
    for other in &outputs[1..] {
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&outputs[0]), names(other));
        for (a, b) in outputs[0].iter().zip(other) {
            assert!(a == b, "{} differs", a.0);
        }
    }
}

#[test]
fn the_order_of_files_on_disk_changes_nothing() {
    let ids = ["m", "b", "z", "a", "k"];
    let build = |order: &[&str]| {
        let site = order.iter().fold(Site::new(), |site, id| site.event(id, "2017-11-20", ""));
        site.build();
        site.output()
    };
    let mut backwards = ids;
    backwards.reverse();
    assert_eq!(build(&ids), build(&backwards));
}
