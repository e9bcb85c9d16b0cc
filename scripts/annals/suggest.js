// Loads what suggests pages when the search field of the header is about to be used (find/search/suggest.js).
//
// It needs nothing on the page. Without this script the form leads to the search page.
(() => {
'use strict';
const { one, load } = annals;
const field = one('#_site-search');
if (field) field.onfocus = field.oninput = () => one('script[src$="/find.js"]') ?? load('assets/find.js');
})();
