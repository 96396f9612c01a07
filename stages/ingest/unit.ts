/** Units of yearbooks in Chinese and English, as far as one is a multiple of another: 万元 and CNY, 10,000 persons and persons. */

/** Names of a unit that mean the same; the first stands for all. */
const bases: ReadonlyArray<ReadonlyArray<string>> = [
  ["CNY", "元", "人民币元", "yuan", "rmb", "rmb yuan", "cny yuan", "renminbi", "元人民币"],
  ["USD", "美元", "us dollar", "us dollars", "dollar", "dollars", "usd", "us$", "$"],
  ["persons", "人", "person", "people", "employees", "workers"],
  ["t", "吨", "ton", "tons", "tonne", "tonnes"],
  ["tce", "吨标准煤", "吨标煤", "tons of standard coal", "tonnes of standard coal", "tons of coal equivalent"],
  ["kWh", "千瓦时", "千瓦小时", "度", "kilowatt-hour", "kilowatt-hours", "kilowatt hours"],
  ["m2", "平方米", "sq.m", "sq m", "square metres", "square meters", "m²"],
  ["m3", "立方米", "cu.m", "cu m", "cubic metres", "cubic meters", "m³"],
  ["m", "米", "metre", "metres", "meter", "meters"],
  ["units", "个", "unit", "家", "户", "件", "项", "台", "辆", "套", "篇", "所", "处", "座", "艘", "条", "部"],
  ["times", "次", "人次", "person-times", "times a year"],
  ["kW", "千瓦", "kilowatt", "kilowatts"],
  ["t km", "吨公里", "ton-km", "ton-kilometers", "tonne-km"],
  ["person km", "人公里", "passenger-km", "person-km", "passenger-kilometers"],
  ["hours", "小时", "时", "hour"],
  ["years", "年", "year"],
  ["1", "share", "比例"]
]
/** Units that are a fixed multiple of another. */
const multiples: ReadonlyArray<readonly [names: ReadonlyArray<string>, base: string, factor: number]> = [
  [["%", "百分比", "percent", "per cent", "percentage"], "1", 0.01],
  [["‰", "千分比", "per mille", "per thousand"], "1", 0.001],
  [["公斤", "千克", "kg", "kilogram", "kilograms"], "t", 0.001],
  [["公顷", "hectare", "hectares", "ha"], "m2", 1e4],
  [["平方公里", "平方千米", "sq.km", "sq km", "square kilometres", "square kilometers", "km2", "km²"], "m2", 1e6],
  [["公里", "千米", "km", "kilometre", "kilometres", "kilometer", "kilometers"], "m", 1e3],
  [["亩", "mu"], "m2", 10000 / 15],
  [["mwh"], "kWh", 1e3],
  [["gwh"], "kWh", 1e6],
  [["twh"], "kWh", 1e9]
]
/** What stands before a unit; the longest first. */
const prefixes: ReadonlyArray<readonly [text: string, factor: number]> = [
  ["100 million", 1e8],
  ["hundred million", 1e8],
  ["hundred thousand", 1e5],
  ["100million", 1e8],
  ["10 thousand", 1e4],
  ["ten thousand", 1e4],
  ["10 000", 1e4],
  ["10,000", 1e4],
  ["100,000,000", 1e8],
  ["100 000 000", 1e8],
  ["1,000,000", 1e6],
  ["1 000 000", 1e6],
  ["1,000", 1e3],
  ["1 000", 1e3],
  ["1000", 1e3],
  ["10000", 1e4],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["百万", 1e6],
  ["千万", 1e7],
  ["十万", 1e5],
  ["百亿", 1e10],
  ["十亿", 1e9],
  ["亿", 1e8],
  ["万", 1e4],
  ["千", 1e3],
  ["百", 1e2]
]

interface Measure {
  readonly base: string
  readonly factor: number
}

/** On one line, without full-width characters; raised and circled digits stay what they are. */
const flat = (text: string): string =>
  text
    .replace(/\P{No}+/gu, (one) => one.normalize("NFKC"))
    .replace(/\s+/g, " ")
    .trim()
const plain = (text: string): string => flat(text).toLowerCase()

const simple = (text: string): Measure | undefined => {
  for (const names of bases) if (names.some((name) => plain(name) === text)) return { base: names[0]!, factor: 1 }
  for (const [names, base, factor] of multiples) if (names.some((name) => plain(name) === text)) return { base, factor }
  for (const [prefix, factor] of prefixes) {
    if (!text.startsWith(prefix) || text.length === prefix.length) continue
    const rest = simple(text.slice(prefix.length).trim())
    if (rest !== undefined) return { base: rest.base, factor: factor * rest.factor }
  }
  return undefined
}

/** A unit as a multiple of a base; a quotient (元/人, persons per sq km) of two such. Undefined where it is not known. */
const single = (text: string): Measure | undefined => {
  const whole = simple(text)
  if (whole !== undefined) return whole
  const parts = text.split(/\s*\/\s*|\s+per\s+/)
  if (parts.length !== 2) return undefined
  const [over, under] = parts.map(simple)
  return over === undefined || under === undefined ? undefined : { base: `${over.base}/${under.base}`, factor: over.factor / under.factor }
}

/** The two halves of a unit in two languages, or with a remark: `万人 (10 000 persons)`, `亿元 100 million yuan`, `元（当年价）`. */
const halves = /^([^()]+?)\s*\(([^()]+)\)$|^([\p{Script=Han}/]+)\s+([a-z\d].*)$/u

/** A unit as a multiple of a base. Of two that stand together the second may be a remark; if both are known they must be the same. */
const measure = (unit: string): Measure | undefined => {
  const text = plain(unit)
  const whole = single(text)
  if (whole !== undefined) return whole
  const found = halves.exec(text)
  if (found === null) return undefined
  const [first, second] = [single((found[1] ?? found[3])!), single((found[2] ?? found[4])!)]
  return first === undefined || (second !== undefined && (second.base !== first.base || Math.abs(second.factor / first.factor - 1) > 1e-12)) ? undefined : first
}

/** Whether the text is a unit that is known here, so that in a header's brackets it is no part of the name. */
export const isUnit = (text: string): boolean => measure(text) !== undefined

/** What values in `from` are multiplied by to be in `to`; undefined where the two are not known to be multiples of each other. */
export const conversion = (from: string, to: string): number | undefined => {
  if (plain(from) === plain(to)) return 1
  const a = measure(from)
  const b = measure(to)
  if (a === undefined || b === undefined || a.base !== b.base) return undefined
  const factor = a.factor / b.factor
  const power = Math.round(Math.log10(factor))
  return Math.abs(factor / 10 ** power - 1) < 1e-12 ? Number(`1e${power}`) : factor
}

/** A header without the unit at its end, and that unit: `工业增加值（亿元）`, `GDP (100 million yuan)`, `人口/万人`, `产值，万元`. */
export const splitUnit = (header: string): { readonly name: string; readonly unit: string | undefined } => {
  const text = flat(header)
  const bracket = /^(.*\S)\s*[([【〔]\s*(?:单位\s*[::]?|unit\s*:)?\s*([^()[\]【】〔〕]+?)\s*[)\]】〕]$/iu.exec(text)
  if (bracket !== null && isUnit(bracket[2]!)) return { name: bracket[1]!.trim(), unit: bracket[2]! }
  // A unit beside a remark, which stays part of the name: （亿元，当年价）.
  const among = bracket === null ? [] : bracket[2]!.split(/\s*[,;]\s*/).filter(isUnit)
  if (among.length === 1) return { name: text, unit: among[0]! }
  const tail = /^(.*\S)\s*[,/:]\s*([^,/:]+)$/u.exec(text)
  return tail !== null && isUnit(tail[2]!) && tail[1]!.trim() !== "" ? { name: tail[1]!.trim(), unit: tail[2]! } : { name: text, unit: undefined }
}

/** The unit in a note such as `单位：万元` or `(Unit: 10,000 persons)`; the text itself where it is nothing else. */
export const unitInNote = (note: string): string => {
  const text = flat(note)
  const found = /(?:计量单位|单位|\bunits?\b)\s*[:(]?\s*([^()\s][^()]*?)\s*(?:\s(?:单位|units?\b).*|\([^()]*\)?|\).*)?$/iu.exec(text)
  return (found?.[1] ?? text.replace(/^\((.*)\)$/u, "$1")).trim()
}
