import { useSignal } from "@preact/signals"
import type { LineageCell } from "../../../messages/time/lineage.ts"
import { addressOf } from "../../route.ts"
import { outputName, significant } from "../words.ts"
import { type CellChain, chainsOf } from "./cell-chains.ts"

type Place = NonNullable<LineageCell["place"]>

interface Shared {
  readonly study: string
  readonly show: (place: Place) => string
  /** The cell of a file that is shown beside. */
  readonly shown: Place extends infer P ? Pick<P & Place, "file" | "sheet" | "cell"> | undefined : never
}

const inWords = ({ value }: LineageCell): string => {
  if (value === null) return "missing"
  const number = Number(value)
  return value !== "" && value.length > 9 && Number.isFinite(number) ? significant(number, 7) : value
}

const sameCell = (place: Place, shown: Shared["shown"]): boolean =>
  shown !== undefined && place.file === shown.file && place.sheet === shown.sheet && place.cell === shown.cell

/** A cell that its only part passes on as it is stands in one line with it. */
const Line = ({ chain, show, shown, study, year }: Shared & { readonly chain: CellChain; readonly year: number }) => {
  const first = chain.cells[0]!
  const last = chain.cells.at(-1)!
  const { place, source } = last
  return (
    <>
      <span class="time-cell-name">
        <strong>{first.column}</strong>
        {first.year === year ? "" : ` (${first.year})`}{" "}
        <span class="soft">
          {chain.cells.map((cell, i) => (
            <span key={`${cell.node} ${cell.output}`}>
              {i === 0 ? "" : " ← "}
              <a href={addressOf(study, "node", [cell.node], { ...(cell.output === "output" ? {} : { output: cell.output }), column: cell.column })}>
                {outputName(cell.node, cell.output)}
              </a>
            </span>
          ))}
        </span>
      </span>
      <span class="time-cell-value" title={first.value ?? "missing"}>
        {inWords(first)}
        {first.unit === "" ? null : <span class="time-unit"> {first.unit}</span>}
      </span>
      {first.weight === undefined ? null : (
        <span class="time-cell-weight" title={`weight ${first.weight.weight}, of ${first.weight.node}`}>
          weight {significant(first.weight.weight, 3)}
        </span>
      )}
      {last.how === undefined ? null : <span class="time-filled">filled: {last.how}</span>}
      {last.again ? <span class="soft">as above</span> : null}
      {place === undefined ? (
        source === undefined ? null : (
          <span class="soft">← {source}</span>
        )
      ) : (
        <a class="time-place" href={show(place)} aria-current={sameCell(place, shown) ? "true" : undefined}>
          {place.file === shown?.file ? "" : `${place.file.replace(/^.*\//, "")} `}
          {place.sheet === "" ? "" : `${place.sheet} `}
          {place.cell}
        </a>
      )}
      {place === undefined || place.note === "" ? null : <span class="soft">{place.note}</span>}
    </>
  )
}

const Branch = ({ chain, depth, ...shared }: Shared & { readonly chain: CellChain; readonly year: number; readonly depth: number }) => {
  const { besides } = chain.cells.at(-1)!
  const open = useSignal(true)
  const inner = chain.parts.length > 0
  return (
    <li>
      <div class="time-cell">
        {inner ? (
          <button
            type="button"
            class="time-fold"
            aria-expanded={open.value}
            aria-label={`${open.value ? "hide" : "show"} what ${chain.cells[0]!.column} is made of`}
            onClick={() => (open.value = !open.value)}
          >
            {open.value ? "▾" : "▸"}
          </button>
        ) : (
          <span class="time-fold soft" aria-hidden="true">
            ·
          </span>
        )}
        <div class="time-cell-line">
          <Line chain={chain} {...shared} />
        </div>
      </div>
      {inner && open.value ? (
        <ul>
          {chain.parts.map((part, i) => (
            <Branch key={i} chain={part} depth={depth + 1} {...shared} year={chain.cells[0]!.year} />
          ))}
          {besides.length === 0 ? null : <li class="soft time-besides">with {besides.join(", ")}</li>}
        </ul>
      ) : null}
    </li>
  )
}

/** Cells and what they are made of. */
export const CellTree = ({ cells, ...shared }: Shared & { readonly cells: ReadonlyArray<LineageCell> }) => (
  <ul class="time-cells-tree">
    {chainsOf(cells).map((chain, i) => (
      <Branch key={i} chain={chain} depth={0} {...shared} year={chain.cells[0]!.year} />
    ))}
  </ul>
)
