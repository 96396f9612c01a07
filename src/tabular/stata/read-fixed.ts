import type { Cursor } from "./cursor.ts"
import { characteristic, fields, labelSet, placeVariables, type RawCharacteristic, type RawDataset, type RawLabels } from "./dataset.ts"
import type { Layout } from "./layout.ts"

/** Versions 108 to 115 (Stata 6 to 12), from behind version and byte order on: sections one after another, of widths that follow from the counts. */
export const readFixed = (cursor: Cursor, layout: Layout): RawDataset => {
  cursor.take(2, "the header")
  const count = cursor.unsigned(2, "the number of variables")
  const observations = cursor.unsigned(4, "the number of observations")
  const label = cursor.field(81, "the dataset's label")
  cursor.take(18, "the time stamp")
  const codes = [...cursor.take(count, "the types of the variables")]
  const names = fields(cursor, count, layout.name, "the names of the variables")
  cursor.take(layout.sort * (count + 1), "the sort order")
  const formats = fields(cursor, count, layout.format, "the display formats")
  const labelNames = fields(cursor, count, layout.name, "the names of the value labels")
  const labels = fields(cursor, count, layout.label, "the variable labels")
  const characteristics = readExpansionFields(cursor, layout)
  const { variables, width } = placeVariables(cursor, { codes, names, formats, labelNames, labels }, layout)
  const data = cursor.take(observations * width, `the data (${observations} observations of ${width} bytes)`)
  const sets: Array<RawLabels> = []
  // Zeros at the end, which some programs leave there, are no labels.
  while (cursor.bytes.subarray(cursor.at).some((byte) => byte !== 0)) sets.push(labelSet(cursor, layout))
  return { layout, little: cursor.little, observations, width, label, variables, characteristics, data, longTexts: new Map(), labels: sets }
}

/** Fields of a type and a length each, until both are zero; those of type 1 are characteristics. */
const readExpansionFields = (cursor: Cursor, layout: Layout): ReadonlyArray<RawCharacteristic> => {
  const characteristics: Array<RawCharacteristic> = []
  for (;;) {
    const type = cursor.unsigned(1, "the characteristics")
    const length = cursor.unsigned(layout.characteristicLength, "the characteristics")
    if (type === 0 && length === 0) return characteristics
    const content = cursor.take(length, "a characteristic")
    if (type === 1) characteristics.push(characteristic(content, layout))
  }
}
