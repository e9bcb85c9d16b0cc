// Days by number, and whether an event is in a period: the same answers for filters, search and embed.html. Days are
// numbered from 1 March of year 0, and months from January of year 0, as in the build.
//
// It needs nothing, neither on the page nor of other scripts.
var annalsDays = (() => {
'use strict';
const EPOCH = 719468; // the day of 1 January 1970
const DAY = 864e5; // milliseconds

const dateOf = (day) => new Date((day - EPOCH) * DAY);
const monthOf = (day) => {
  const date = dateOf(day);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const firstDay = (month) => new Date(0).setUTCFullYear(0, month, 1) / DAY + EPOCH;

/** Returns the first and last day of a part of a year, given as its first month (January is 0) and number of months, or
 *  of a day of a month. They are the only item of a list, which is empty if there is no such day. */
const daysOf = (year, [first, months], day) => {
  const start = firstDay(Number(year) * 12 + first);
  const end = firstDay(Number(year) * 12 + first + months) - 1;
  const at = start + Number(day) - 1;
  if (!day) return start <= end ? [[start, end]] : [];
  return months === 1 && at >= start && at <= end ? [[at, at]] : [];
};

/** Returns 2 if an event is certainly in a period, because all of its possible days or one of its certain days are; 1
 *  if it is possibly; 0 if it is not. An approximate or uncertain date may mean another day than it says. */
const within = ({ earliest, latest, certain, isDoubtful }, start, end) => {
  if (!(latest >= start && earliest <= end)) return 0;
  if (start === -Infinity && end === Infinity) return 2;
  if (isDoubtful) return 1;
  const isAll = earliest >= start && latest <= end;
  return isAll || certain.some(([first, last]) => first <= end && last >= start) ? 2 : 1;
};

return { dateOf, monthOf, firstDay, daysOf, within };
})();
