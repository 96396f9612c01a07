/** How wide the fields of a .dta file are, by the version of its format: from Stata's help files dta_108, dta_110, dta_113, dta_114, dta_115, dta_117, dta (118) and dta_119. */
export interface Layout {
  readonly version: number
  /** 117 and later: sections between tags such as `<header>`. */
  readonly tagged: boolean
  /** Types of numbers are letters, those of texts their lengths and 127: before 111. */
  readonly lettered: boolean
  /** There is but one missing code, the largest number of each type: before 113. */
  readonly oneMissing: boolean
  /** Bytes of the length of a characteristic in a file without tags. */
  readonly characteristicLength: 2 | 4
  /** Bytes of a name of a variable, of a characteristic, of a set of value labels. */
  readonly name: number
  readonly format: number
  readonly label: number
  /** Bytes of the number of variables. */
  readonly variables: 2 | 4
  /** Bytes of the number of observations. */
  readonly observations: 4 | 8
  /** Bytes of the length of the dataset's label. */
  readonly labelLength: 1 | 2
  /** Bytes of an entry of the sort order. */
  readonly sort: 2 | 4
  /** Bytes of the number of the variable in a cell of a strL; those of the observation are the rest of 8. */
  readonly strlVariable: 2 | 3 | 4
  /** Bytes of the number of the observation before a strL's text. */
  readonly strlObservation: 4 | 8
  readonly utf8: boolean
}

const old = (version: number, format: number): Layout => ({
  version,
  tagged: false,
  lettered: false,
  oneMissing: false,
  characteristicLength: 4,
  name: 33,
  format,
  label: 81,
  variables: 2,
  observations: 4,
  labelLength: 1,
  sort: 2,
  strlVariable: 4,
  strlObservation: 4,
  utf8: false
})
const stata7: Layout = { ...old(111, 12), oneMissing: true }
const stata6: Layout = { ...stata7, version: 108, lettered: true, characteristicLength: 2, name: 9 }
const stata13: Layout = { ...old(117, 49), tagged: true }
const stata14: Layout = {
  ...stata13,
  version: 118,
  name: 129,
  format: 57,
  label: 321,
  observations: 8,
  labelLength: 2,
  strlVariable: 2,
  strlObservation: 8,
  utf8: true
}
const stata15: Layout = { ...stata14, version: 119, variables: 4, sort: 4, strlVariable: 3 }

export const LAYOUTS: ReadonlyMap<number, Layout> = new Map(
  [
    stata6,
    { ...stata7, version: 110, lettered: true },
    stata7,
    { ...stata7, version: 112 },
    old(113, 12),
    old(114, 49),
    old(115, 49),
    stata13,
    stata14,
    stata15
  ].map((layout) => [layout.version, layout])
)
