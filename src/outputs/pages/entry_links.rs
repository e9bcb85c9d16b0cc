//! Links to edit an entry's file in its repository, to see the file's history, and to report an error, with the entry's title,
//! date and address filled in if the host or the mailbox allows it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

use crate::config::{CodeHost, Config, Contact};
use crate::date::EdtfDate;
use crate::id::SitePath;
use crate::theme::{Locale, unmarked};
use crate::timeline::{Entry, Timeline};

/// What is percent-encoded in a query value: all but the unreserved characters of RFC 3986, section 2.3. A space becomes
/// `%20`, because RFC 6068 (`mailto:`) does not read `+` as one.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A repository on a code host.
pub(super) struct Repository<'c> {
    /// Its address.
    url: &'c str,
    /// Its host; `None` if that is not known.
    host: Option<CodeHost>,
    /// The branch that readers edit; `None` for the default one.
    branch: Option<&'c str>,
}

impl<'c> Repository<'c> {
    /// Returns the repository of a site, if it has one.
    pub(super) fn of(config: &'c Config) -> Option<Self> {
        let url = config.repository.as_deref()?;
        let host = config.repository_host.or_else(|| host_of(url));
        Some(Self { url, host, branch: config.repository_branch.as_deref() })
    }

    /// Returns the address of a commit.
    pub(super) fn commit(&self, id: &str) -> String {
        let between = match self.shape() {
            CodeHost::GitHub | CodeHost::Forgejo | CodeHost::Gitea => "commit",
            CodeHost::GitLab => "-/commit",
            CodeHost::Bitbucket => "commits",
        };
        format!("{}/{between}/{id}", self.url)
    }

    /// Returns the address at which a file can be edited, or is shown with an edit button. Without a branch, GitLab,
    /// Forgejo and Gitea only show the file, because they edit branches and `HEAD` is none.
    fn edit(&self, file: &str) -> String {
        let url = self.url;
        let branch = self.branch.map(|branch| SitePath::new(branch).url());
        let on = branch.as_deref().unwrap_or("HEAD");
        match (self.shape(), &branch) {
            (CodeHost::GitHub, _) => format!("{url}/edit/{on}/{file}"),
            (CodeHost::GitLab, Some(_)) => format!("{url}/-/edit/{on}/{file}"),
            (CodeHost::GitLab, None) => format!("{url}/-/blob/{on}/{file}"),
            (CodeHost::Forgejo | CodeHost::Gitea, Some(_)) => format!("{url}/_edit/{on}/{file}"),
            (CodeHost::Forgejo | CodeHost::Gitea, None) => format!("{url}/src/commit/{on}/{file}"),
            (CodeHost::Bitbucket, _) => format!("{url}/src/{on}/{file}?mode=edit"),
        }
    }

    /// Returns the address of a file's history.
    fn history(&self, file: &str) -> String {
        let url = self.url;
        let branch = self.branch.map(|branch| SitePath::new(branch).url());
        let on = branch.as_deref().unwrap_or("HEAD");
        match (self.shape(), &branch) {
            (CodeHost::GitHub, _) => format!("{url}/commits/{on}/{file}"),
            (CodeHost::GitLab, _) => format!("{url}/-/commits/{on}/{file}"),
            (CodeHost::Forgejo | CodeHost::Gitea, Some(_)) => format!("{url}/commits/branch/{on}/{file}"),
            (CodeHost::Forgejo | CodeHost::Gitea, None) => format!("{url}/commits/commit/{on}/{file}"),
            (CodeHost::Bitbucket, _) => format!("{url}/history-node/{on}/{file}"),
        }
    }

    /// Returns the host whose form its addresses have. Unknown hosts are assumed to have those of GitHub.
    fn shape(&self) -> CodeHost {
        self.host.unwrap_or(CodeHost::GitHub)
    }

    /// Returns the address of the form for a new issue; `None` on unknown hosts.
    fn issues(&self) -> Option<String> {
        self.host.map(|host| format!("{}{}", self.url, new_issue(host)))
    }
}

/// Returns the code host of an address: a well-known one, or one named after its software (`gitlab.gnome.org`).
fn host_of(url: &str) -> Option<CodeHost> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let begins = |name: &str| host.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    if begins("codeberg") {
        return Some(CodeHost::Forgejo);
    }
    CodeHost::ALL.iter().find(|host| begins(host.name())).copied()
}

/// Returns the path of the new-issue form, below a repository's address.
const fn new_issue(host: CodeHost) -> &'static str {
    match host {
        CodeHost::GitLab => "/-/issues/new",
        CodeHost::GitHub | CodeHost::Forgejo | CodeHost::Gitea | CodeHost::Bitbucket => "/issues/new",
    }
}

/// Returns the form's parameters for a title and a text; `None` if it accepts neither.
const fn fields(host: CodeHost) -> Option<(&'static str, &'static str)> {
    match host {
        CodeHost::GitHub | CodeHost::Forgejo | CodeHost::Gitea => Some(("title", "body")),
        CodeHost::GitLab => Some(("issue[title]", "issue[description]")),
        CodeHost::Bitbucket => None,
    }
}

/// An entry's links for editing and reporting.
#[derive(Debug, Default)]
pub(super) struct EntryLinks {
    /// Where its file can be edited.
    pub edit: Option<String>,
    /// The history of its file.
    pub history: Option<String>,
    /// Where an error in it can be reported.
    pub report: Option<String>,
}

impl EntryLinks {
    /// Makes the links of an entry. `date` is that of its event, `root` the relative path from the page's folder to the
    /// site's root.
    pub(super) fn of(timeline: &Timeline, locale: &Locale, entry: &Entry, date: Option<&EdtfDate>, root: &str) -> Self {
        let config = &timeline.config;
        let text = || Report::of(config, locale, entry, date);
        let repository = Repository::of(config);
        let file = SitePath::new(format!("{}{}", timeline.past.folder, entry.file)).url();
        let report = match &config.contact {
            Some(Contact::Mail(mailbox)) => Some(mail(mailbox, &text())),
            Some(Contact::Page(url)) => Some(filled_in(url, repository.as_ref(), &text())),
            Some(Contact::OwnPage(url)) => Some(format!("{root}{url}")),
            None => {
                let issues = repository.as_ref().and_then(Repository::issues);
                issues.map(|url| filled_in(&url, repository.as_ref(), &text()))
            }
        };
        Self {
            edit: repository.as_ref().map(|repository| repository.edit(&file)),
            history: repository.map(|repository| repository.history(&file)),
            report,
        }
    }
}

/// The text that a reader's report begins with.
struct Report {
    subject: String,
    /// Lines of the text.
    lines: Vec<String>,
}

impl Report {
    fn of(config: &Config, locale: &Locale, entry: &Entry, date: Option<&EdtfDate>) -> Self {
        let (title, path) = (entry.title.as_str(), entry.path());
        let base = config.base_url.as_deref();
        let address = base.map_or_else(|| path.to_string(), |base| path.canonical(base));
        let subject = locale.text("report-subject", &[("title", title.into())]);
        let question = locale.text("report-question", &[]);
        let mut lines = vec![title.to_owned()];
        lines.extend(date.map(|date| unmarked(&date.words(locale)).into_owned()));
        lines.extend([address, String::new(), unmarked(&question).into_owned(), String::new()]);
        Self { subject: unmarked(&subject).into_owned(), lines }
    }
}

/// Returns a `mailto:` address with subject and text (RFC 6068, section 5: lines end with `%0D%0A`), unless it has its own.
fn mail(mailbox: &str, report: &Report) -> String {
    let text = report.lines.join("\r\n");
    with_query(&format!("mailto:{mailbox}"), &[("subject", &report.subject), ("body", &text)])
}

/// Returns the address of a page, with title and text filled in if it is the new-issue form of a known host, or of the host
/// that the repository is on.
fn filled_in(url: &str, repository: Option<&Repository<'_>>, report: &Report) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let origin = |url: &str| Url::parse(url).map(|url| url.origin()).ok();
    let own = repository.filter(|repository| origin(repository.url) == origin(url));
    let host = own.and_then(|own| own.host).or_else(|| host_of(url)).filter(|host| path.ends_with(new_issue(*host)));
    match host.and_then(fields) {
        Some((title, body)) => with_query(url, &[(title, &report.subject), (body, &report.lines.join("\n"))]),
        None => url.to_owned(),
    }
}

/// Adds values to the query of an address, before its fragment, except those whose name it already has, in whatever encoding.
fn with_query(url: &str, values: &[(&str, &str)]) -> String {
    let (url, anchor) = url.split_once('#').map_or((url, ""), |(url, anchor)| (url, anchor));
    let mut out = url.to_owned();
    let given: Vec<&str> = url.split_once('?').map_or("", |(_, query)| query).split('&').collect();
    for (name, value) in values {
        let is_name = |given: &str| percent_decode_str(given).decode_utf8_lossy().eq_ignore_ascii_case(name);
        if given.iter().any(|pair| pair.split('=').next().is_some_and(is_name)) {
            continue;
        }
        let name = utf8_percent_encode(name, VALUE).to_string();
        let joint = match out.find('?') {
            None => "?",
            Some(_) if out.ends_with(['?', '&']) => "",
            Some(_) => "&",
        };
        out.extend([joint, &name, "="]);
        out.extend(utf8_percent_encode(value, VALUE));
    }
    if !anchor.is_empty() {
        out.extend(["#", anchor]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{CodeHost, Report, Repository, filled_in, host_of, mail, with_query};

    fn report() -> Report {
        let lines = ["Ö & “x”", "https://example.org/a.html", "", "What?", ""].map(str::to_owned).to_vec();
        Report { subject: "Error in “Ö & x”".to_owned(), lines }
    }

    #[test]
    fn hosts_are_known_by_name() {
        for (url, host) in [
            ("https://github.com/o/r", Some(CodeHost::GitHub)),
            ("https://www.github.com/o/r", Some(CodeHost::GitHub)),
            ("https://gitlab.gnome.org/o/r", Some(CodeHost::GitLab)),
            ("https://codeberg.org/o/r", Some(CodeHost::Forgejo)),
            ("https://bitbucket.org/o/r", Some(CodeHost::Bitbucket)),
            ("https://githubbish.org/o/r", None),
            ("https://example.org/github.com", None),
        ] {
            assert_eq!(host_of(url), host, "{url}");
        }
    }

    #[test]
    fn a_named_branch_can_be_edited_on_every_host() {
        let on = |host, branch| Repository { url: "https://x.org/o/r", host: Some(host), branch };
        let gitlab = on(CodeHost::GitLab, Some("feature/b c"));
        assert_eq!(gitlab.edit("a.md"), "https://x.org/o/r/-/edit/feature/b%20c/a.md");
        assert_eq!(gitlab.commit("0123abcdef"), "https://x.org/o/r/-/commit/0123abcdef");
        let forgejo = on(CodeHost::Forgejo, Some("main"));
        assert_eq!(forgejo.edit("a.md"), "https://x.org/o/r/_edit/main/a.md");
        assert_eq!(forgejo.history("a.md"), "https://x.org/o/r/commits/branch/main/a.md");
        assert_eq!(on(CodeHost::Gitea, None).history("a.md"), "https://x.org/o/r/commits/commit/HEAD/a.md");
        assert_eq!(on(CodeHost::GitHub, Some("main")).edit("a.md"), "https://x.org/o/r/edit/main/a.md");
    }

    #[test]
    fn a_letter_has_subject_and_text() {
        assert_eq!(
            mail("a@b.org", &report()),
            "mailto:a@b.org?subject=Error%20in%20%E2%80%9C%C3%96%20%26%20x%E2%80%9D&body=%C3%96%20%26%20%E2%80%9Cx%E2%80%9D%0D%0Ahttps%3A%2F%2Fexample.org%2Fa.html%0D%0A%0D%0AWhat%3F%0D%0A"
        );
        assert!(mail("a@b.org?subject=S", &report()).starts_with("mailto:a@b.org?subject=S&body="));
    }

    #[test]
    fn only_forms_that_take_a_title_get_one() {
        let filled = filled_in("https://github.com/o/r/issues/new?labels=error", None, &report());
        assert!(filled.starts_with("https://github.com/o/r/issues/new?labels=error&title=Error%20in%20"), "{filled}");
        let filled = filled_in("https://gitlab.com/o/r/-/issues/new", None, &report());
        assert!(filled.contains("?issue%5Btitle%5D=Error"), "{filled}");
        for url in [
            "https://example.org/form",
            "https://github.com/o/r/issues/new/choose",
            "https://bitbucket.org/o/r/issues/new",
        ] {
            assert_eq!(filled_in(url, None, &report()), url);
        }
    }

    #[test]
    fn a_form_is_filled_in_on_the_host_of_the_repository_alone() {
        let own = Repository { url: "https://git.example.org/o/r", host: Some(CodeHost::Gitea), branch: None };
        for url in ["https://git.example.org/o/r/issues/new", "https://git.example.org/o/other/issues/new"] {
            assert!(filled_in(url, Some(&own), &report()).starts_with(&format!("{url}?title=Error")), "{url}");
        }
        for url in ["https://git.example.org.evil.org/o/r/issues/new", "https://example.org/o/r/issues/new"] {
            assert_eq!(filled_in(url, Some(&own), &report()), url);
        }
    }

    #[test]
    fn what_an_address_says_already_is_not_said_again() {
        for title in ["issue[title]", "issue%5Btitle%5D", "issue%5btitle%5d"] {
            let url = format!("https://gitlab.com/o/r/-/issues/new?{title}=Mine");
            let filled = filled_in(&url, None, &report());
            assert!(filled.starts_with(&format!("{url}&issue%5Bdescription%5D=")), "{filled}");
            assert_eq!(filled.matches("title").count(), 1, "{filled}");
        }
    }

    #[test]
    fn values_stand_before_an_anchor() {
        assert_eq!(with_query("https://x.org/a#b", &[("t", "1 2")]), "https://x.org/a?t=1%202#b");
        assert_eq!(with_query("https://x.org/a?", &[("t", "1")]), "https://x.org/a?t=1");
    }
}
