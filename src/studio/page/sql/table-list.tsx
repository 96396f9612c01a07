import { useSignal } from "@preact/signals"
import { useMemo } from "preact/hooks"
import type { Answer } from "../../messages/questions.ts"
import type { SqlColumn } from "../../messages/sql.ts"
import { counted, numberText } from "../chart/number-text.ts"
import { NotMade } from "../shell/not-made.tsx"
import { groupTables, type TableGroup } from "./groups.ts"
import { columnInSql, tableInSql } from "./tokens.ts"

interface TableListProps {
  readonly study: string
  readonly known: Answer<"sql-tables">
  readonly onInsert: (text: string) => void
}

/** Of the columns of a table, and of a map's items. */
const MOST_SHOWN = 60

const Column = ({ column: { description, kind, name, unit }, onInsert }: { readonly column: SqlColumn; readonly onInsert: (text: string) => void }) => (
  <li>
    <button type="button" class="sql-insert sql-column" title={description === "" ? undefined : description} onClick={() => onInsert(columnInSql(name))}>
      <span class="sql-name">{name}</span>
      <span class="sql-kind">{unit === "" ? kind : unit}</span>
    </button>
  </li>
)

const Group = ({
  group: { columns, stale, tables, title },
  onInsert,
  opened
}: {
  readonly group: TableGroup
  readonly onInsert: (text: string) => void
  readonly opened: boolean
}) => {
  const toggled = useSignal<boolean | undefined>(undefined)
  const open = toggled.value ?? opened
  const [first] = tables
  const items = tables.length > 1
  return (
    <li class="sql-table">
      <div class="sql-table-head">
        <button type="button" class="sql-toggle" aria-expanded={open} aria-label={`columns of ${title}`} onClick={() => (toggled.value = !open)}>
          <span aria-hidden="true">{open ? "▾" : "▸"}</span>
        </button>
        <button type="button" class="sql-insert" onClick={() => onInsert(tableInSql(first!))}>
          <span class="sql-name">{title}</span>
          {stale ? <span class="sql-stale">stale</span> : null}
          <span class="sql-kind">{items ? counted(tables.length, "item") : counted(first!.rows, "row")}</span>
        </button>
      </div>
      {open ? (
        <>
          {items ? (
            <ul class="sql-items" aria-label={`items of ${title}`}>
              {tables.slice(0, MOST_SHOWN).map((table) => (
                <li key={table.name}>
                  <button type="button" class="sql-insert" onClick={() => onInsert(tableInSql(table))}>
                    <span class="sql-name">{table.name}</span>
                    <span class="sql-kind">{numberText(table.rows)}</span>
                  </button>
                </li>
              ))}
              {tables.length > MOST_SHOWN ? <li class="soft">and {numberText(tables.length - MOST_SHOWN)} more</li> : null}
            </ul>
          ) : null}
          <ul class="sql-columns" aria-label={`columns of ${title}`}>
            {columns.map((column) => (
              <Column key={column.name} column={column} onInsert={onInsert} />
            ))}
          </ul>
        </>
      ) : null}
    </li>
  )
}

/** The tables that a query can name, with their columns; a click writes a name into the query. */
export const TableList = ({ known: { columns, tables, without }, onInsert, study }: TableListProps) => {
  const sought = useSignal("")
  const groups = useMemo(() => groupTables(tables, columns, sought.value), [tables, columns, sought.value])
  return (
    <>
      <input
        type="search"
        class="sql-search"
        aria-label="look for a table or a column"
        placeholder="table or column"
        value={sought.value}
        onInput={(event) => (sought.value = event.currentTarget.value)}
      />
      {tables.length === 0 ? (
        <NotMade study={study} nodes={[]}>
          No node has an artifact yet.
        </NotMade>
      ) : groups.length === 0 ? (
        <p class="soft">No table has that in its name or columns.</p>
      ) : null}
      <ul class="sql-tables">
        {groups.map((group) => (
          <Group key={`${group.title} ${group.tables[0]!.columns}`} group={group} onInsert={onInsert} opened={groups.length === 1} />
        ))}
      </ul>
      {without.length > 0 && tables.length > 0 ? <p class="soft sql-without">{counted(without.length, "node has", "nodes have")} no artifact yet.</p> : null}
    </>
  )
}
