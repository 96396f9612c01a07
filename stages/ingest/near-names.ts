/** Names that a text, which is none of them, was probably meant for: for messages only. */
import { nearMatches } from "@sediment/sediment"
import { isDottedCode, nameKey } from "./name-key.ts"

// Characters that scanned tables and typing confuse, each group by its first. Letters as Unicode's confusables have them; Chinese ones that provinces' names have.
const alike: ReadonlyArray<readonly [plain: string, ...others: ReadonlyArray<string>]> = [
  ["o", "0", "〇", "○"],
  ["i", "l", "1", "j", "!"],
  ["s", "5"],
  ["b", "8", "6"],
  ["z", "2"],
  ["g", "9", "q"],
  ["m", "rn"],
  ["w", "vv"],
  ["d", "cl"],
  ["u", "v", "ü"],
  ["浙", "淅"],
  ["陕", "峡", "陜", "夹"],
  ["川", "州", "洲"],
  ["云", "去", "雲"],
  ["甘", "廿"],
  ["肃", "萧", "粛"],
  ["疆", "彊", "缰"],
  ["藏", "臧"],
  ["徽", "微", "薇"],
  ["宁", "宇", "寧"],
  ["夏", "厦"],
  ["海", "梅", "每"],
  ["津", "律"],
  ["京", "亰", "凉"],
  ["西", "四", "酉"],
  ["龙", "尤", "龍"],
  ["林", "材"],
  ["苏", "办", "蘇"],
  ["建", "健"],
  ["贵", "责", "贲"],
  ["重", "童"],
  ["庆", "床", "慶"],
  ["古", "占", "吉"],
  ["内", "肉", "內"],
  ["北", "比"],
  ["东", "车", "東"],
  ["广", "厂", "廣"],
  ["湖", "潮", "糊"],
  ["青", "靑", "请"]
]
const plainOf = new Map(alike.flatMap(([plain, ...others]) => others.map((other) => [other, plain] as const)))
const several = /rn|vv|cl/g

/** A name's key with characters that look alike made the same. */
const skeleton = (key: string): string =>
  Array.from(
    key.replace(several, (pair) => plainOf.get(pair)!),
    (one) => plainOf.get(one) ?? one
  ).join("")

const isChinese = (key: string): boolean => /[\u3400-\u9fff]/u.test(key)

/** A key with what the rules ask of it, found out once. */
interface Look {
  readonly key: string
  readonly letters: ReadonlyArray<string>
  readonly skeleton: string
  readonly chinese: boolean
}
const lookAt = (key: string): Look => ({ key, letters: Array.from(key), skeleton: skeleton(key), chinese: isChinese(key) })

/** Whether one is the other with its beginning put at the end: Dongguang and Guangdong, 京北 and 北京. */
const isTurned = (a: Look, b: Look): boolean =>
  a.letters.length === b.letters.length && a.letters.length > 1 && a.key !== b.key && (a.key + a.key).includes(b.key)

/** Whether the one has the other at its beginning, or the name somewhere within: 黑龙 and 黑龙江, "Xinjiang Uyg. Region" and Xinjiang, 01北京 and 北京. A lone Chinese character may stand anywhere in a name. */
const overlaps = (text: Look, name: Look): boolean => {
  if (text.chinese && text.letters.length === 1) return name.key.includes(text.key)
  if (text.letters.length >= (text.chinese ? 2 : 4) && name.key.startsWith(text.key)) return true
  // Long enough to say something by itself.
  return name.letters.length >= (name.chinese ? 2 : 5) && text.key.includes(name.key)
}

/** Whether so few edits may make one of the other: each puts in, takes out or replaces one letter, wherever it stands. */
const mayBeWithin = (a: Look, b: Look, most: number): boolean => {
  const longer = Math.max(a.letters.length, b.letters.length)
  if (longer - Math.min(a.letters.length, b.letters.length) > most) return false
  const left = [...b.letters]
  let common = 0
  for (const letter of a.letters) {
    const at = left.indexOf(letter)
    if (at === -1) continue
    left.splice(at, 1)
    common++
  }
  return longer - common <= most
}

const LISTED = 6
/** A longer text is no name, whatever is in it. */
const LONGEST = 120

/** Names of one entity by their keys. */
export interface NamedEntity {
  readonly entity: string
  readonly names: ReadonlyMap<string, string>
}
export interface NearName {
  readonly entity: string
  /** The name that is resembled. */
  readonly name: string
}

/**
 * What gives the entities that a text probably means, each with the name that it resembles, the likeliest first and six at most. Of these rules the first that finds any
 * decides: a name looks the same; it is the same with its parts turned round; it is a few letters away (a third of them); it overlaps with the text.
 */
export const nearOwners = (owners: ReadonlyArray<NamedEntity>): ((text: string) => ReadonlyArray<NearName>) => {
  const looked = owners.map(({ entity, names }) => ({ entity, names: [...names].map(([key, name]) => ({ ...lookAt(key), name })) }))
  const where = (fits: (name: Look) => boolean) =>
    looked.flatMap(({ entity, names }): ReadonlyArray<NearName> => {
      const found = names.find(fits)
      return found === undefined ? [] : [{ entity, name: found.name }]
    })
  const closest = (text: Look): ReadonlyArray<NearName> => {
    if (text.letters.length < (text.chinese ? 2 : 4)) return []
    const most = Math.max(1, Math.floor(text.letters.length / 3))
    // Of one character all that is left after an edit may be another.
    const near = looked.flatMap(({ entity, names }) =>
      names.filter((name) => name.letters.length > 1 && mayBeWithin(text, name, most)).map(({ key, name }) => ({ entity, key, name }))
    )
    const best = [...Map.groupBy(near, ({ entity }) => entity).values()].flatMap((own) =>
      nearMatches(
        text.key,
        own.map(({ key }) => key)
      )
        .slice(0, 1)
        .map((key) => own.find((one) => one.key === key)!)
    )
    return nearMatches(
      text.key,
      best.map(({ key }) => key)
    ).flatMap((key) => best.filter((one) => one.key === key).map(({ entity, name }) => ({ entity, name })))
  }
  const known = new Map<string, ReadonlyArray<NearName>>()
  const find = (key: string): ReadonlyArray<NearName> => {
    // Its letters are another scheme's.
    if (isDottedCode(key)) return []
    const text = lookAt(key)
    for (const rule of [
      () => where((name) => name.skeleton === text.skeleton),
      () => where((name) => isTurned(text, name)),
      () => closest(text),
      () => where((name) => overlaps(text, name))
    ]) {
      const found = rule()
      if (found.length > 0) return found.slice(0, LISTED)
    }
    return []
  }
  return (text) => {
    const key = text.length > LONGEST ? "" : nameKey(text)
    if (key === "") return []
    const before = known.get(key)
    if (before !== undefined) return before
    const found = find(key)
    known.set(key, found)
    return found
  }
}
