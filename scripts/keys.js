// "/" goes to the search field; the search page has a switch to turn it off (WCAG 2.2, 2.1.4).
//
// On the page it needs a field named `q`, and for the switch a checkbox with the id `_shortcut`. Without this script
// Tab goes to the search field.
(() => {
'use strict';
const { one, isPlain } = annals;
const TYPED_INTO = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
const STORED = 'annals-keys';

let isOn = true;
try {
  isOn = localStorage.getItem(STORED) !== 'off';
} catch {} // nothing can be stored: the switch is for this page only
const shortcut = one('#_shortcut');
if (shortcut) {
  shortcut.checked = isOn;
  shortcut.onchange = () => {
    isOn = shortcut.checked;
    try {
      localStorage.setItem(STORED, isOn ? 'on' : 'off');
    } catch {}
  };
}
addEventListener('keydown', (event) => {
  const field = one('input[name=q]');
  const isTyping = event.target instanceof Element && event.target.matches(TYPED_INTO);
  if (!isOn || !field || isTyping || event.key !== '/' || !isPlain(event)) return;
  event.preventDefault();
  field.focus();
  field.select();
});
})();
