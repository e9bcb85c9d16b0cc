// Lists to take away: copies events or votes as text, Markdown, CSV or BibTeX.
//
// It needs filter/data.js, and on the page what `take_away` of templates/components.html writes: buttons with the
// form of a line in `data-row`, where `$1` is the second part of an event, and the text before all lines in
// `data-head`. Without this script the reader selects the list.
(() => {
'use strict';
const { one, all, make } = annals;
const { FACETS, shown, nameOf } = annalsFilterData;

// Spreadsheets take a text that begins with one of these signs for a formula.
const harmless = (text) => text.replace(/^[-=+@]/, "'$&");
const ESCAPED = {
  text: harmless,
  markdown: (text) => text.replace(/[\\\x60*_[\]<>|~&]/g, '\\$&'),
  csv: (text) => harmless(text).replace(/"/g, '""'),
  bibtex: (text) => text.replace(/[\\{}~^]/g, (sign) => `\\symbol{${sign.charCodeAt(0)}}`).replace(/[%&_#$]/g, '\\$&'),
};
/** Returns lines with tabs as an HTML table. */
const tableOf = (text) => make('table', '', ...text.trim().split('\n').map((line) => (
  make('tr', '', ...line.split('\t').map((cell) => make('td', '', cell)))))).outerHTML;

for (const button of all('.take-away button')) {
  const { parentElement: area, value, dataset: { head, row: form, done } } = button;
  const { parentElement: part, dataset: { base, failed, site } } = area;
  const [status, field] = all('[role], textarea', area);
  /** Returns the events or, where there are any, the votes that are shown: the address, then the parts in the order of
   *  their numbers: date in EDTF, date in words, title, further facts. */
  const rowsOf = async () => {
    const votes = all('[data-vote]', part);
    if (votes[0]) return votes.filter((row) => row.offsetParent).map((row) => (
      [one('a', row).href, row.dataset.vote, ...[...row.cells].map((cell) => cell.textContent)]));
    return (await shown(part)).map(({ url, edtf, when, title, values }) => {
      const facts = FACETS.map((_, facet) => values[facet].map(nameOf(facet)).join('; '));
      return [annals.root + url, edtf, when, title, ...facts];
    });
  };
  const lineOf = ([href, ...parts]) => {
    const address = href.replace(annals.root, base || annals.root);
    const plain = {
      address,
      key: address.replace(/.*\/|\.html$|[^\w-]/g, ''),
      year: /-?\d*/.exec(parts[0]),
      today: new Date().toLocaleDateString('sv'), // as ISO 8601
    };
    return form.replace(/\$(\w+)/g, (_, name) => (
      plain[name] ?? ESCAPED[value]((parts[name] ?? site).replace(/\s+/g, ' ').trim())));
  };
  button.onclick = async () => {
    const made = rowsOf().then((rows) => [head + rows.map(lineOf).join(''), rows.length]);
    // WebKit lets a script copy only during the click, but accepts promises of the content.
    const copy = (type, textOf) => ({ [type]: made.then(([text]) => new Blob([textOf(text)], { type })) });
    const copies = { ...copy('text/plain', String), ...(value === 'text' && copy('text/html', tableOf)) };
    try {
      await navigator.clipboard.write([new ClipboardItem(copies)]);
      field.hidden = true;
      status.textContent = done.replace('%1', (await made)[1]);
    } catch {
      [field.value] = await made;
      field.hidden = false;
      field.select();
      status.textContent = failed;
    }
  };
}
})();
