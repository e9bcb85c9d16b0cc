// What the measuring scripts share: how results are printed.

/** Returns the quantile of some numbers at `part`, 0 to 1, interpolated between neighbours; at 0.5 it is the median. */
export function quantile(numbers, part = 0.5) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at % 1);
}

/** Prints a result for `cargo xtask bench`: name, number, unit and the wanted maximum, if any, separated by tabs. */
export const print = (name, value, unit, limit = '') => console.log([name, value.toFixed(2), unit, limit].join('\t'));

export const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
