// Copying: a button `.copy` has the id of the element to copy in `data-copy`, and a status after it, which finds its
// words in its own `data-done` and `data-failed` or in those of an element around it. Citations get the day of access
// when they are unfolded, or at once if they always are. take.js copies lists. Without this script the reader selects
// the text, and citations have no day of access.
(() => {
'use strict';
const { one, all } = annals;

for (const button of all('button.copy')) {
  const [source, status] = [one(`#${button.dataset.copy}`), button.nextElementSibling];
  if (!source || !status) continue;
  const { done, failed } = status.closest('[data-done]').dataset;
  button.onclick = async () => {
    const text = source.dataset.address ?? source.href ?? source.textContent;
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = done;
    } catch {
      // The browser does not let scripts copy, so the text is selected for the reader to copy.
      source.textContent = text;
      source.className = 'is-shown';
      getSelection()?.selectAllChildren(source);
      status.textContent = failed;
    }
  };
}

const cite = one('.cite');
const fillDays = () => {
  for (const span of all('[data-accessed]')) {
    // Swedish writes a day as ISO 8601 does.
    span.textContent = span.dataset.accessed.replace('%1', new Date().toLocaleDateString('sv'));
  }
};
if (cite?.matches('details')) cite.ontoggle = fillDays;
else fillDays();
})();
