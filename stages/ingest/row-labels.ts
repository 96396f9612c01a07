/** Labels of rows that name variables: `地区生产总值（亿元）`, `  #工业`, `就业人员①`. */
import { labelOf } from "./fields.ts"
import { squeezed } from "./heads.ts"
import { withoutMarks } from "./marks.ts"
import type { Layout } from "./sheet-plan.ts"
import { splitUnit } from "./unit.ts"

export interface RowLabel {
  readonly variable: string
  /** The unit in brackets behind the label. */
  readonly unit: string | undefined
}

/** What a row's label names of the declared variables, which it may have as it stands, or without a footnote's sign or a unit behind it; undefined where it names none. */
export const rowLabels = ({ marks, variables }: Pick<Layout, "marks" | "variables">): ((label: string) => RowLabel | undefined) => {
  const nameOf = new Map(Object.entries(variables).map(([name, variable]) => [squeezed(labelOf(name, variable)), name]))
  const known = new Map<string, RowLabel | undefined>()
  return (label) => {
    if (known.has(label)) return known.get(label)
    const bare = withoutMarks(label, marks)
    const { name, unit } = splitUnit(bare)
    const variable = nameOf.get(squeezed(label)) ?? nameOf.get(squeezed(bare)) ?? nameOf.get(squeezed(withoutMarks(name, marks)))
    const found = variable === undefined ? undefined : { variable, unit }
    known.set(label, found)
    return found
  }
}
