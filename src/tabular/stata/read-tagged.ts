import { type Cursor, untilZero } from "./cursor.ts"
import { characteristic, fields, type LongText, labelSet, placeVariables, type RawCharacteristic, type RawDataset, type RawLabels } from "./dataset.ts"
import type { Layout } from "./layout.ts"

/**
 * Versions 117 to 119 (Stata 13 and later), from behind `<byteorder>…</byteorder>` on. Sections are read one after another, each between its tags; the map of
 * their places is passed over, since they follow from each other and programs are known that write it wrong.
 */
export const readTagged = (cursor: Cursor, layout: Layout): RawDataset => {
  const section = <T>(tag: string, read: () => T): T => {
    cursor.expect(`<${tag}>`)
    const content = read()
    cursor.expect(`</${tag}>`)
    return content
  }
  const count = section("K", () => cursor.unsigned(layout.variables, "the number of variables"))
  const observations = section("N", () => cursor.unsigned(layout.observations, "the number of observations"))
  const label = section("label", () => cursor.take(cursor.unsigned(layout.labelLength, "the dataset's label"), "the dataset's label"))
  section("timestamp", () => cursor.take(cursor.unsigned(1, "the time stamp"), "the time stamp"))
  cursor.expect("</header>")
  section("map", () => cursor.take(14 * 8, "the map"))
  const list = (tag: string, width: number, what: string) => section(tag, () => fields(cursor, count, width, what))
  const codes = section("variable_types", () => {
    const { at } = cursor
    cursor.take(count * 2, "the types of the variables")
    cursor.at = at
    return Array.from({ length: count }, () => cursor.unsigned(2, "the types of the variables"))
  })
  const names = list("varnames", layout.name, "the names of the variables")
  section("sortlist", () => cursor.take(layout.sort * (count + 1), "the sort order"))
  const formats = list("formats", layout.format, "the display formats")
  const labelNames = list("value_label_names", layout.name, "the names of the value labels")
  const labels = list("variable_labels", layout.label, "the variable labels")
  const characteristics = section("characteristics", () => readCharacteristics(cursor, layout))
  const { variables, width } = placeVariables(cursor, { codes, names, formats, labelNames, labels }, layout)
  const data = section("data", () => cursor.take(observations * width, `the data (${observations} observations of ${width} bytes)`))
  const longTexts = section("strls", () => readLongTexts(cursor, layout))
  const sets = section("value_labels", () => readLabels(cursor, layout))
  cursor.expect("</stata_dta>")
  return { layout, little: cursor.little, observations, width, label, variables, characteristics, data, longTexts, labels: sets }
}

const readCharacteristics = (cursor: Cursor, layout: Layout): ReadonlyArray<RawCharacteristic> => {
  const found: Array<RawCharacteristic> = []
  while (cursor.skip("<ch>")) {
    const length = cursor.unsigned(4, "a characteristic")
    const content = cursor.take(length, "a characteristic")
    found.push(characteristic(content, layout))
    cursor.expect("</ch>")
  }
  return found
}

const BINARY = 129

const readLongTexts = (cursor: Cursor, layout: Layout): RawDataset["longTexts"] => {
  const found = new Map<number, Map<number, LongText>>()
  while (cursor.skip("GSO")) {
    const variable = cursor.unsigned(4, "a long text")
    const observation = cursor.unsigned(layout.strlObservation, "a long text")
    const type = cursor.unsigned(1, "a long text")
    const content = cursor.take(cursor.unsigned(4, "a long text"), "a long text")
    const ofVariable = found.get(variable) ?? new Map<number, LongText>()
    if (ofVariable.size === 0) found.set(variable, ofVariable)
    ofVariable.set(observation, { binary: type === BINARY, bytes: type === BINARY ? content : untilZero(content) })
  }
  return found
}

const readLabels = (cursor: Cursor, layout: Layout): ReadonlyArray<RawLabels> => {
  const sets: Array<RawLabels> = []
  while (cursor.skip("<lbl>")) {
    sets.push(labelSet(cursor, layout))
    cursor.expect("</lbl>")
  }
  return sets
}
