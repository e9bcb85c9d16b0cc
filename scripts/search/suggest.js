// Suggestions below the search field of the header: pages whose titles or names have what is typed. The pattern is a
// combobox with a list (WAI-ARIA 1.2).
//
// It needs ranking.js and rows.js, and on the page the field `_site-search` with a label. Without this script its form
// goes to the search page.
(() => {
'use strict';
const MOST = 8; // suggestions
const TYPING = 120; // milliseconds without a keystroke before pages are suggested
const { one, make, isPlain, facts } = annals;

const field = one('#_site-search');
if (!field) return;
const ariaLabel = field.labels[0].textContent;
const list = make('div', 'suggestions');
Object.assign(list, { id: '_suggestions', role: 'listbox', ariaLabel, hidden: true });
field.after(list);
Object.assign(field, { role: 'combobox', ariaAutoComplete: 'list', ariaExpanded: 'false' });
field.setAttribute('aria-controls', list.id);

let turn = 0; // the number of what was typed last
let timer = 0;

const chosen = () => one('[aria-selected]', list);
function choose(option) {
  chosen()?.removeAttribute('aria-selected');
  option?.setAttribute('aria-selected', 'true');
  option?.scrollIntoView({ block: 'nearest' });
  field.setAttribute('aria-activedescendant', option?.id ?? '');
}

function show(...options) {
  turn++;
  list.replaceChildren(...options);
  list.hidden = !options[0];
  field.ariaExpanded = `${!list.hidden}`;
  choose();
}

async function suggest() {
  const mine = ++turn;
  const q = field.value;
  const answer = await annalsRanking.search({ q }, -Infinity, Infinity);
  const pages = q.trim() ? answer.pages.filter(answer.isNamed).slice(0, MOST) : [];
  const options = await Promise.all(pages.map(async (page, at) => {
    const { href, title, known } = await annalsRows.about(answer, page);
    const option = make('a', '', make('span', '', ...title), facts(known));
    return Object.assign(option, { id: `_suggestion${at}`, role: 'option', tabIndex: -1, href });
  }));
  if (mine === turn) show(...options);
}

field.oninput = () => {
  clearTimeout(timer);
  timer = setTimeout(() => suggest().catch(() => show()), TYPING);
};
field.onblur = () => show();
list.onmousedown = () => false; // the field keeps the focus
field.onkeydown = (event) => {
  const option = chosen();
  const { key } = event;
  const act = {
    ArrowDown: () => choose(option ? option.nextSibling : list.firstChild),
    ArrowUp: () => choose(option ? option.previousSibling : list.lastChild),
    Enter: option && (() => option.click()),
    Escape: () => show(),
  }[key];
  if (list.hidden || !act || !isPlain(event)) return;
  event.preventDefault();
  act();
};
if (field.matches(':focus')) field.oninput();
})();
