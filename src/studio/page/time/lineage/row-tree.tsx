import { useSignal } from "@preact/signals"
import type { LineageCell } from "../../../messages/time/lineage.ts"
import { addressOf, goTo } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { count } from "../../wording.ts"
import { CellTree } from "./cell-tree.tsx"
import { SourceCell } from "./source-cell.tsx"

interface Props {
  readonly study: string
  readonly query: Readonly<Record<string, string>>
  readonly entity: string
  readonly year: number
}

const summaryOf = (cells: ReadonlyArray<LineageCell>): string => {
  const places = new Set(cells.flatMap(({ place, source }) => (place === undefined ? [] : [source])))
  const files = new Set(cells.flatMap(({ place }) => (place === undefined ? [] : [place.file])))
  const filled = cells.filter(({ again, how }) => how !== undefined && !again)
  const names = [...new Set(filled.map(({ column }) => column))]
  if (places.size === 0) return "No cell of a file is told on this way."
  return `${count(places.size, "cell")} of ${count(files.size, "file")}. ${
    filled.length === 0 ? "None was filled in." : `${filled.length} ${filled.length === 1 ? "was" : "were"} filled in: ${names.join(", ")}.`
  }`
}

/** An entity's year as a tree of cells, down to those of the files; one of these is shown in its file. */
export const RowTree = ({ entity, query, study, year }: Props) => {
  const { column, node = "", output } = query
  const whole = useSignal(false)
  const asked = { study, node, ...(output === undefined ? {} : { output }), entity, year, columns: whole.value || column === undefined ? [] : [column] }
  const { answer, failure } = useAnswer("lineage", asked)
  const [file, sheet, cell] = [query["file"], query["sheet"] ?? "", query["cell"]]
  const before = answer?.cells.find(
    ({ node: of, place }) => place?.file === file && place?.sheet === sheet && place?.cell === cell && answer.stale.includes(of)
  )?.value
  const show = (place: NonNullable<LineageCell["place"]>) =>
    addressOf(study, "runs", ["trace"], { ...query, file: place.file, ...(place.sheet === "" ? {} : { sheet: place.sheet }), cell: place.cell })
  return (
    <div class={file === undefined ? undefined : "time-tree-and-file"}>
      <div>
        <h1 id="time-title">
          {entity}, {year}
        </h1>
        {failure === undefined ? null : <FailureNote failure={failure} />}
        {answer === undefined ? null : (
          <>
            <p>
              {answer.isPanel ? `What ${node} has of it` : `What ${node} read of it`}
              {column === undefined || whole.value ? "" : `, ${column} alone`}: {summaryOf(answer.cells)}{" "}
              {column === undefined ? null : (
                <button type="button" onClick={() => (whole.value = !whole.value)}>
                  {whole.value ? `${column} alone` : "all variables"}
                </button>
              )}
            </p>
            <CellTree study={study} cells={answer.cells} show={show} shown={file === undefined || cell === undefined ? undefined : { file, sheet, cell }} />
            {answer.besides.length === 0 ? null : <p class="soft">It read besides: {answer.besides.join(", ")}.</p>}
          </>
        )}
      </div>
      {file === undefined || cell === undefined ? null : (
        <SourceCell
          study={study}
          file={file}
          sheet={sheet}
          cell={cell}
          before={before ?? undefined}
          close={() => {
            // Who goes on by the keyboard goes on where the file was opened.
            document.querySelector<HTMLElement>(".time-place[aria-current]")?.focus()
            const { cell: _, file: __, sheet: ___, ...rest } = query
            goTo(addressOf(study, "runs", ["trace"], rest))
          }}
        />
      )}
    </div>
  )
}
