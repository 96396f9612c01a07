/** The names of each province, put together from the facts of provinces.ts and the columns of provinces.csv. */
import { NAME_SEPARATOR, nameKey } from "../../stages/ingest/name-key.ts"
import { PROVINCE_NAMES, type ProvinceNames } from "./provinces.ts"

/** A row of provinces.csv. */
export type Row = Readonly<Record<string, string>>

const autonomous = ["Autonomous Region", "AR", "Zizhiqu"]
const kindWords = { municipality: ["Municipality", "City", "Shi", "Shih"], province: ["Province", "Prov.", "Sheng"] } as const
const kindCharacters = { municipality: ["市", "直辖市", "直轄市"], province: ["省"] } as const

const chinese = ({ name_zh, short_zh }: Row, { characters, kind, traditional }: ProvinceNames): ReadonlyArray<string> => {
  const shorts = [short_zh!, ...(traditional === undefined ? [] : [traditional])]
  const words = typeof kind === "string" ? kindCharacters[kind] : [`${kind.zh}自治区`, "自治区", "区", "自治區", `${kind.zh}自治區`]
  const peoples = typeof kind === "string" || kind.zh === "" ? [] : shorts.map((short) => `${short}${kind.zh}`)
  return [name_zh!, ...shorts, ...peoples, ...shorts.flatMap((short) => words.map((word) => `${short}${word}`)), ...characters]
}

const latin = ({ entity, pinyin }: Row, { kind, latin: older = [], tones }: ProvinceNames): ReadonlyArray<string> => {
  const words = typeof kind === "string" ? kindWords[kind] : ["", ...kind.en].flatMap((people) => ["", ...autonomous].map((word) => `${people} ${word}`.trim()))
  const usual = [entity!, pinyin!].flatMap((stem) => [stem, ...words.map((word) => `${stem} ${word}`)])
  const formal = typeof kind === "string" ? kindWords[kind][0] : "Autonomous Region"
  return [...usual, tones, ...older.flatMap((stem) => [stem, `${stem} ${formal}`])]
}

const codes = ({ code }: Row, { letters }: ProvinceNames): ReadonlyArray<string> => [
  code!,
  code!.slice(0, 2),
  letters,
  `CN-${letters}`,
  `CN-${code!.slice(0, 2)}`
]

/** The names by which a file may call a province, beside the one that the study has for it: of those that are compared as one, the first. */
export const variantsOf = (row: Row): ReadonlyArray<string> => {
  const names = PROVINCE_NAMES[row["entity"]!]!
  const all = [...chinese(row, names), ...latin(row, names), ...codes(row, names), ...(names.also ?? [])]
  const seen = new Set([nameKey(row["entity"]!)])
  return all.filter((name) => {
    const key = nameKey(name)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const MADE = ["iso", "variants", "from", "to"]

/** provinces.csv with its last columns made anew. No cell of it needs quotes. */
export const withVariants = (rows: ReadonlyArray<Row>): string => {
  const kept = Object.keys(rows[0]!).filter((header) => !MADE.includes(header))
  const lines = rows.map((row) => {
    const { from, letters } = PROVINCE_NAMES[row["entity"]!]!
    return [...kept.map((header) => row[header]!), `CN-${letters}`, variantsOf(row).join(NAME_SEPARATOR), from === undefined ? "" : String(from), ""].join(",")
  })
  return `${[[...kept, ...MADE].join(","), ...lines].join("\n")}\n`
}
