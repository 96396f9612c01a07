/** Rows of regional tables that are no region of the study: totals, groups of regions, what lies outside, parts. */
import { nameKey, namesByScript } from "./name-key.ts"

/** total: of all entities. region: of several. outside: a territory that the tables of the mainland have beside or below. undivided: what is not told by region. part: of an entity. */
export const NO_ENTITY_KINDS = ["total", "region", "outside", "undivided", "part"] as const
export type NoEntityKind = (typeof NO_ENTITY_KINDS)[number]

/** The kinds as a message calls one of them. */
export const KIND_IN_WORDS: Readonly<Record<NoEntityKind, string>> = {
  total: "a total",
  region: "a group of regions",
  outside: "outside of the mainland",
  undivided: "what is not told by region",
  part: "a part of a province"
}

const directions = [
  "东",
  "中",
  "西",
  "东北",
  "华北",
  "华东",
  "华中",
  "华南",
  "中南",
  "西南",
  "西北",
  "沿海",
  "内陆",
  "東北",
  "東",
  "華北",
  "華東",
  "華中",
  "華南"
]
const english = [
  "east",
  "eastern",
  "central",
  "middle",
  "west",
  "western",
  "northeast",
  "northeastern",
  "north",
  "northern",
  "south",
  "southern",
  "southeast",
  "southwest",
  "northwest"
]
const cities = ["大连", "宁波", "厦门", "青岛", "深圳", "Dalian", "Ningbo", "Xiamen", "Qingdao", "Shenzhen"]

const names: Readonly<Record<NoEntityKind, ReadonlyArray<string>>> = {
  total: [
    ..."全国 全國 全国合计 全国总计 全国平均 全国平均水平 全国总数 合计 合計 总计 總計 小计 总数 平均 平均值 中国 中國 中华人民共和国 各地区合计 地区合计 地方合计 31省合计".split(
      " "
    ),
    "Total",
    "Totals",
    "Grand Total",
    "Subtotal",
    "Sum",
    "National",
    "National Total",
    "National Average",
    "Nationwide",
    "Nation",
    "Country",
    "Whole Country",
    "All",
    "All Regions",
    "All Provinces",
    "Average",
    "Mean",
    "China",
    "P.R. China",
    "People's Republic of China",
    "United States",
    "United States of America",
    "U.S.",
    "USA",
    "U.S. Total"
  ],
  region: [
    ...directions.flatMap((one) => [`${one}部`, `${one}部地区`, `${one}地区`, `${one}区域`, `${one}地區`, one].filter((name) => Array.from(name).length > 1)),
    "东北三省",
    "长江三角洲",
    "长三角",
    "珠江三角洲",
    "珠三角",
    "京津冀",
    "环渤海",
    "长江经济带",
    "黄河流域",
    ...english.flatMap((one) => [one, `${one} region`, `${one} regions`, `${one} area`, `${one} China`, `${one} provinces`]),
    "Coastal Region",
    "Inland Region",
    "Midwest",
    "New England",
    "Yangtze River Delta",
    "Pearl River Delta"
  ],
  outside: [
    ..."香港 香港特别行政区 香港特別行政區 澳门 澳門 澳门特别行政区 澳門特別行政區 台湾 台灣 臺灣 台湾省 臺灣省 港澳台 港澳".split(" "),
    "Hong Kong",
    "Hong Kong SAR",
    "Hong Kong, China",
    "Macao",
    "Macau",
    "Macao SAR",
    "Macao, China",
    "Taiwan",
    "Taiwan, China",
    "Taiwan Province",
    "Chinese Taipei",
    ..."710000 810000 820000 CN-HK CN-MO CN-TW".split(" ")
  ],
  undivided: [
    ..."不分地区 未分地区 不分省 不分地區 其他 其它 其他地区 跨地区 跨省 部队 中央 中央单位 中央部门 军队".split(" "),
    "Others",
    "Other",
    "Other Regions",
    "Unallocated",
    "Not Classified by Region",
    "Unclassified",
    "Military"
  ],
  part: [
    ..."新疆生产建设兵团 新疆兵团 生产建设兵团 新疆建设兵团 兵团 黑龙江农垦总局 黑龙江农垦".split(" "),
    "Xinjiang Production and Construction Corps",
    "Xinjiang Production & Construction Corps",
    "Production and Construction Corps",
    "XPCC",
    ...cities.flatMap((one) => (/[a-z]/.test(one) ? [one] : [one, `${one}市`]))
  ]
}

const kinds = new Map(NO_ENTITY_KINDS.flatMap((kind) => names[kind].map((name) => [nameKey(name), kind] as const)))

const kindOf = (key: string): NoEntityKind | undefined =>
  // 东部地区小计, Eastern Region Subtotal.
  kinds.get(key) ?? kinds.get(key.replace(/(?:小计|小計|合计|合計|总计|總計|平均|subtotal|total|average)$/u, ""))

/** What kind of row a text probably names, where it is none of an entity; undefined where it is not known. An entity of a dictionary that has such a name is that entity. */
export const noEntityKind = (text: string): NoEntityKind | undefined => {
  const known = kindOf(nameKey(text))
  if (known !== undefined) return known
  // 全国 National Total: what one of its parts is, where no other is of another kind.
  const found = [...new Set(namesByScript(text).flatMap((part) => kindOf(nameKey(part)) ?? []))]
  return found.length === 1 ? found[0] : undefined
}
