// Writes the names of countries and languages in a language of the interface, as the Unicode CLDR has them:
//
//     node xtask/names.mjs en > locales/names/en.ftl

const [locale] = process.argv.slice(2);
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const pairs = letters.flatMap((first) => letters.map((second) => first + second));
// Languages without a code of two letters that sources on conflicts are written in.
const LONGER = ['ceb', 'ckb', 'fil', 'fuv', 'kmr', 'pap', 'pt-BR', 'rhg', 'sat', 'shu', 'syr', 'tig', 'tpi', 'tzm', 'wal', 'yue', 'zgh', 'zh-Hans', 'zh-Hant'];

const named = (type, codes) => {
  const names = new Intl.DisplayNames([locale], { type, fallback: 'none' });
  return codes.flatMap((code) => (names.of(code) ? [`${type === 'region' ? 'country' : type}-${code} = ${names.of(code)}`] : []));
};
// Codes that are no longer in use have the names of what came after: the Soviet Union is not Russia.
const isCurrent = (tag) => Intl.getCanonicalLocales(tag)[0] === tag;
const NO_COUNTRIES = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'];
const countries = pairs.map((pair) => pair.toUpperCase()).filter((code) => !NO_COUNTRIES.includes(code) && isCurrent(`und-${code}`));
const languages = [...pairs.filter(isCurrent), ...LONGER].toSorted();

console.log(`# Names of countries and languages, from the Unicode CLDR ${process.versions.cldr}: node xtask/names.mjs ${locale}

## Countries, by ISO 3166-1 alpha-2 code
${named('region', countries).join('\n')}

## Languages, by BCP 47 tag
${named('language', languages).join('\n')}`);
