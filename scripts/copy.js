// Copying: buttons `.copy`, with the id of what to copy in `data-copy` and a status after them; what the status says is
// in the `data-done` and `data-failed` of it or of what contains it. Citations get the day on which they are read, once
// they are unfolded. Lists to take away are copied by take.js. Without this script the reader selects the text,
// and citations have no such day.
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
if (cite) cite.ontoggle = () => {
  for (const span of all('[data-accessed]')) {
    // Swedish writes a day as ISO 8601 does.
    span.textContent = span.dataset.accessed.replace('%1', new Date().toLocaleDateString('sv'));
  }
};
})();
