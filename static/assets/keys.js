// "/" leads to the field for searching; the search page has a switch for it (WCAG 2.2, 2.1.4).
(() => {
  'use strict';
  let on = true;
  try {
    on = localStorage.getItem('annals-keys') !== 'off';
  } catch {
    // no store: the switch serves this page
  }
  const button = document.getElementById('_shortcut');
  if (button instanceof HTMLInputElement) {
    button.checked = on;
    button.addEventListener('change', () => {
      on = button.checked;
      try {
        localStorage.setItem('annals-keys', on ? 'on' : 'off');
      } catch {}
    });
  }
  addEventListener('keydown', (event) => {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector('input[name=q]'));
    const typing = event.target instanceof Element && event.target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');
    if (!on || !field || typing || event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
