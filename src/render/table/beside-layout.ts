import type { PrintedCell, PrintedLayout, PrintedRow } from "./printed-layout.ts"

/** Keys as they come, told apart where they repeat. */
const distinct = (keys: ReadonlyArray<string>): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  return keys.map((key) => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return `${key}\u0000${count}`
  })
}

/** A row is known by its label, and a line without one by the label above it and how far it stands below. */
const rowKeys = (rows: ReadonlyArray<PrintedRow>): ReadonlyArray<string> => {
  let label = ""
  let below = 0
  return distinct(
    rows.map((row) => {
      below = row.label === "" ? below + 1 : 0
      if (row.label !== "") label = row.label
      return `${label}\u0000${below}`
    })
  )
}

/** The first keys, and each of the others after the one that it follows. */
const merged = (keys: ReadonlyArray<string>, others: ReadonlyArray<string>): ReadonlyArray<string> => {
  const all = [...keys]
  others.forEach((key, i) => {
    if (!all.includes(key)) all.splice(i === 0 ? 0 : all.indexOf(others[i - 1]!) + 1, 0, key)
  })
  return all
}

/**
 * A table with the same table of another run beside it, in the place of the paper's numbers: rows and columns are matched by their labels, what only one of the runs has is
 * shown, and a note says how many cells differ.
 */
export const besideLayout = (layout: PrintedLayout, other: PrintedLayout, label: string): PrintedLayout => {
  const rowsHere = rowKeys(layout.rows)
  const rowsThere = rowKeys(other.rows)
  const columnsHere = distinct(layout.columns.map((column) => `${column.group}\u0000${column.label}`))
  const columnsThere = distinct(other.columns.map((column) => `${column.group}\u0000${column.label}`))
  const columns = merged(columnsHere, columnsThere).map((key) => [columnsHere.indexOf(key), columnsThere.indexOf(key)] as const)
  let cells = 0
  let differing = 0
  const rows = merged(rowsHere, rowsThere).map((key): PrintedRow => {
    const here = layout.rows[rowsHere.indexOf(key)]
    const there = other.rows[rowsThere.indexOf(key)]
    return {
      label: (here ?? there)!.label,
      ruled: (here ?? there)!.ruled,
      cells: columns.map(([a, b]): PrintedCell => {
        const mine = here?.cells[a]
        const its = there?.cells[b]
        const text = mine?.text ?? ""
        const published = its?.text ?? ""
        if (text !== "" || published !== "") cells++
        if (text !== published) differing++
        return { text, value: mine?.value ?? Number.NaN, published, publishedValue: its?.value ?? Number.NaN, differs: text !== published }
      })
    }
  })
  const told =
    differing === 0
      ? `Beside each column, as it was in ${label}: no cell differs.`
      : `Beside each column, as it was in ${label}: ${differing} of ${cells} cells ${differing === 1 ? "differs" : "differ"}.`
  return {
    ...layout,
    notes: [...layout.notes, told],
    besideLabel: label,
    columns: columns.map(([a, b]) => {
      const mine = layout.columns[a]
      const its = other.columns[b]
      return { ...(mine ?? its)!, numeric: mine?.numeric === true || its?.numeric === true, published: true }
    }),
    rows
  }
}
