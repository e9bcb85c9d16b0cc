// Copying: buttons `.copy`, with the id of what to copy in `data-copy` and a status after them. Lists to take away are
// copied by find/take.js. Without this script the reader selects the text.
(() => {
'use strict';
const { one, all, load } = annals;

for (const button of all('button.copy')) {
  const [source, status] = [one(`#${button.dataset.copy}`), button.nextElementSibling];
  if (!source || !status) continue;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(source.dataset.address ?? source.href ?? source.textContent);
      status.textContent = status.dataset.done;
    } catch {
      // The browser does not let scripts copy, so the text is selected for the reader to copy.
      getSelection()?.selectAllChildren(source);
      status.textContent = status.dataset.failed;
    }
  };
}
// Where the page has take.js, it replaces this.
for (const button of all('.take-away button')) button.onclick = () => load('assets/find.js').then(() => button.click());
})();
