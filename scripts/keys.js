// "/" goes to the search field; the search page has a switch to turn it off (WCAG 2.2, 2.1.4).
(() => {
'use strict';
let on = true;
try {
  on = localStorage.getItem('annals-keys') !== 'off';
} catch {
  // no store: the switch serves this page
}
const shortcut = annals.one('#_shortcut');
if (shortcut) {
  shortcut.checked = on;
  shortcut.onchange = () => {
    on = shortcut.checked;
    try {
      localStorage.setItem('annals-keys', on ? 'on' : 'off');
    } catch {}
  };
}
addEventListener('keydown', (event) => {
  const field = annals.one('input[name=q]');
  const isTyping = event.target instanceof Element && event.target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');
  if (!on || !field || isTyping || event.key !== '/' || !annals.isPlain(event)) return;
  event.preventDefault();
  field.focus();
  field.select();
});
})();
