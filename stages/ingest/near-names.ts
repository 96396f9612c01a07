/** Names that a text, which is none of them, was probably meant for: for messages only. */
import { nearMatches } from "@sediment/sediment"
import { nameKey } from "./name-key.ts"

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

/** Whether one is the other with its beginning put at the end: Dongguang and Guangdong, 京北 and 北京. */
const isTurned = (a: string, b: string): boolean => a.length === b.length && a.length > 1 && a !== b && (a + a).includes(b)

const isChinese = (key: string): boolean => /[\u3400-\u9fff]/u.test(key)
const lengthOf = (key: string): number => Array.from(key).length
/** Whether a key is long enough for a part of it to say something. */
const isTelling = (key: string): boolean => lengthOf(key) >= (isChinese(key) ? 2 : 5)

/** Whether the one has the other at its beginning, or the name somewhere within: 黑龙 and 黑龙江, "Xinjiang Uyg. Region" and Xinjiang, 01北京 and 北京. A lone Chinese character may stand anywhere in a name. */
const overlaps = (key: string, name: string): boolean => {
  if (isChinese(key) && lengthOf(key) === 1) return name.includes(key)
  return (lengthOf(key) >= (isChinese(key) ? 2 : 4) && name.startsWith(key)) || (isTelling(name) && key.includes(name))
}

const LISTED = 6

/** Names of one entity by their keys. */
export interface NamedEntity {
  readonly entity: string
  readonly names: ReadonlyMap<string, string>
}

/**
 * The entities that a text probably means, each with the name that it resembles, the likeliest first and six at most. Of these rules the first that finds any decides: a name
 * looks the same; it is the same with its parts turned round; it is a few letters away (a third of them); it overlaps with the text.
 */
export const nearOwners = (text: string, owners: ReadonlyArray<NamedEntity>): ReadonlyArray<{ readonly entity: string; readonly name: string }> => {
  const key = nameKey(text)
  if (key === "") return []
  const like = skeleton(key)
  const where = (fits: (name: string) => boolean) =>
    owners.flatMap(({ entity, names }) => {
      const found = [...names.keys()].find(fits)
      return found === undefined ? [] : [{ entity, name: names.get(found)! }]
    })
  const closest = () => {
    if (lengthOf(key) < (isChinese(key) ? 2 : 4)) return []
    // Of one character all that is left after an edit may be another.
    const long = (names: NamedEntity["names"]) => [...names.keys()].filter((name) => lengthOf(name) > 1)
    const best = owners.flatMap(({ entity, names }) =>
      nearMatches(key, long(names))
        .slice(0, 1)
        .map((found) => ({ entity, found, name: names.get(found)! }))
    )
    return nearMatches(
      key,
      best.map(({ found }) => found)
    ).flatMap((near) => best.filter(({ found }) => found === near).map(({ entity, name }) => ({ entity, name })))
  }
  for (const rule of [
    () => where((name) => skeleton(name) === like),
    () => where((name) => isTurned(key, name)),
    closest,
    () => where((name) => overlaps(key, name))
  ]) {
    const found = rule()
    if (found.length > 0) return found.slice(0, LISTED)
  }
  return []
}
