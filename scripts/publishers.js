// Finds publishers while the reader types a name.
//
// It needs fold.js, and on the page of all sources the field `#_publishers` and lists `.publishers`. Without this
// script the list shows all.
(() => {
'use strict';
const { one, all } = annals;
const field = one('#_publishers');
if (!field) return;
field.oninput = () => {
  const wanted = annalsText.fold(field.value.trim());
  for (const item of all('.publishers li')) item.hidden = !annalsText.fold(item.textContent).includes(wanted);
};
if (field.value) field.oninput();
})();
