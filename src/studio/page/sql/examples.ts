import type { SqlColumn, SqlTable } from "../../messages/sql.ts"
import { columnInSql, tableInSql } from "./tokens.ts"

export interface Example {
  readonly title: string
  readonly query: string
}

interface Known {
  readonly table: SqlTable
  readonly columns: ReadonlyArray<SqlColumn>
  readonly numbers: ReadonlyArray<string>
}

const isPanel = ({ columns }: Known): boolean => ["entity", "year"].every((key) => columns.some(({ name }) => name === key))

/** Queries that run on the tables of this study: on a panel of it, two panels together, and the coefficients of its models. */
export const examplesFor = (tables: ReadonlyArray<SqlTable>, lists: ReadonlyArray<ReadonlyArray<SqlColumn>>): ReadonlyArray<Example> => {
  const known: ReadonlyArray<Known> = tables.map((table) => {
    const columns = lists[table.columns]!
    return { table, columns, numbers: columns.flatMap(({ kind, name }) => (kind === "number" && name !== "year" ? [name] : [])) }
  })
  const panels = known.filter((one) => isPanel(one) && one.numbers.length > 0 && one.table.rows > 0)
  const named = (name: string) => panels.find(({ table }) => table.name === name)
  const panel =
    named("panel") ?? panels.reduce<Known | undefined>((best, one) => (best === undefined || one.table.rows > best.table.rows ? one : best), undefined)
  const other = named("index") ?? panels.find(({ table }) => table.node !== panel?.table.node)
  const out: Array<Example> = []
  const first = panel ?? known.find(({ numbers, table }) => numbers.length > 0 && table.rows > 0) ?? known[0]
  if (first === undefined) return out
  const whole = tableInSql(first.table)
  out.push({ title: `The first rows of ${first.table.name}`, query: `SELECT *\nFROM ${whole}\nLIMIT 20` })
  out.push({ title: `Every column of ${first.table.name}, summed up`, query: `SUMMARIZE ${whole}` })
  if (panel !== undefined) {
    const x = columnInSql(panel.numbers[0]!)
    out.push(
      {
        title: "A group by: each entity over its years",
        query: `SELECT entity, count(${x}) AS years, avg(${x}) AS mean, stddev(${x}) AS sd\nFROM ${whole}\nGROUP BY entity\nORDER BY mean DESC`
      },
      {
        title: "Means and quartiles by year",
        query: `SELECT year, avg(${x}) AS mean, quantile_cont(${x}, [0.25, 0.5, 0.75]) AS quartiles\nFROM ${whole}\nGROUP BY year\nORDER BY year`
      },
      {
        title: "The largest changes from one year to the next",
        query: `SELECT entity, year, ${x}, ${x} - lag(${x}) OVER (PARTITION BY entity ORDER BY year) AS change\nFROM ${whole}\nORDER BY abs(change) DESC NULLS LAST\nLIMIT 20`
      },
      { title: "Years as columns", query: `PIVOT ${whole}\nON year\nUSING first(${x})\nGROUP BY entity\nORDER BY entity` }
    )
    const filled = panel.columns.find(({ name }) => name.endsWith("__filled"))
    if (filled !== undefined) {
      const value = columnInSql(filled.name.slice(0, -"__filled".length))
      out.push({
        title: "Cells that were filled in",
        query: `SELECT entity, year, ${value}\nFROM ${whole}\nWHERE ${columnInSql(filled.name)}\nORDER BY entity, year`
      })
    }
    const y = other?.numbers[0]
    // Rather a variable of the panel's own than one of the other table's, or a mark.
    const has = ({ columns }: Known, name: string) => columns.some((column) => column.name === name)
    const own = panel.numbers.filter((name) => name !== y && other !== undefined && !has(other, name))
    const outcome = own.find((name) => has(panel, `${name}__filled`)) ?? own[0] ?? panel.numbers.find((name) => name !== y)
    if (other !== undefined && y !== undefined && outcome !== undefined) {
      const [ranked, beside] = [columnInSql(y), columnInSql(outcome)]
      out.push({
        title: `Ranks by ${y} of ${other.table.name} beside ${outcome} of ${panel.table.name}`,
        query: `WITH ranks AS (\n  SELECT entity, year, ${ranked}, rank() OVER (PARTITION BY year ORDER BY ${ranked} DESC) AS rank\n  FROM ${tableInSql(other.table)}\n)\nSELECT year, corr(ranks.${ranked}, outcomes.${beside}) AS correlation, avg(outcomes.${beside}) FILTER (rank <= 10) AS first_ten, avg(outcomes.${beside}) FILTER (rank > 10) AS others\nFROM ranks\nJOIN ${whole} AS outcomes USING (entity, year)\nGROUP BY year\nORDER BY year`
      })
    }
  }
  const models = known
    .filter(({ columns }) => ["term", "estimate", "std_error"].every((key) => columns.some(({ name }) => name === key)))
    .filter(({ table }, i, all) => all.findIndex((one) => one.table.node === table.node) === i)
    .slice(0, 4)
  if (models.length > 0)
    out.push({
      title: "Coefficients of several models under each other",
      query: `${models.map(({ table }) => `SELECT '${table.node.replaceAll("'", "''")}' AS model, term, estimate, std_error\nFROM ${tableInSql(table)}`).join("\nUNION ALL\n")}\nORDER BY term, model`
    })
  return out
}
