import { useMemo } from "preact/hooks"
import type { ListedArtifact } from "../../messages/artifact-origin.ts"
import { addressOf, type Route } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import { moment, size } from "../wording.ts"
import { change } from "./address.ts"
import { counted, countInWords } from "./words.ts"

/** Artifacts that are drawn; of more one asks by name. */
const MOST = 400

const COLUMNS = ["name", "type", "rows", "columns", "bytes", "made"] as const
type By = (typeof COLUMNS)[number]
const RIGHT: ReadonlySet<By> = new Set(["rows", "columns", "bytes"])

const nameOf = ({ node, output }: ListedArtifact): string => (output === "output" ? node : `${node}.${output}`)
const sortedValue = (one: ListedArtifact, by: By): string | number =>
  by === "name" ? nameOf(one) : by === "type" ? one.type : ((by === "made" ? one.at : one[by]) ?? -1)

const STATES = { fresh: "", stale: "not up to date", none: "not made yet" } as const

const Row = ({ one, study }: { readonly one: ListedArtifact; readonly study: string }) => (
  <tr>
    <th scope="row">
      <a href={addressOf(study, "node", [one.node], one.output === "output" ? {} : { output: one.output })}>{nameOf(one)}</a>
      {STATES[one.state] === "" ? null : <span class={`artifact-state artifact-state-${one.state}`}> {STATES[one.state]}</span>}
    </th>
    <td>{one.type}</td>
    <td class="artifact-right">{one.rows === undefined ? "" : countInWords(one.rows)}</td>
    <td class="artifact-right">{one.columns ?? ""}</td>
    <td class="artifact-right">{one.bytes === undefined ? "" : size(one.bytes)}</td>
    <td>{one.at === undefined ? "" : moment(one.at)}</td>
  </tr>
)

/** The artifacts of a study: each word of what is looked for stands in the name, the type or the stage. */
export const ArtifactList = ({ route, study }: { readonly route: Route; readonly study: string }) => {
  const { answer, failure } = useAnswer("artifacts", { study })
  const wanted = route.query["find"] ?? ""
  const order = route.query["sort"] ?? ""
  const shown = useMemo(() => {
    const words = wanted.toLowerCase().split(/\s+/)
    const found = (answer?.artifacts ?? []).filter((one) => {
      const text = `${nameOf(one)} ${one.type} ${one.stage}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    const descending = order.startsWith("-")
    const by = COLUMNS.find((column) => column === order.replace("-", ""))
    if (by === undefined) return found
    return found.sort((a, b) => {
      const [x, y] = [sortedValue(a, by), sortedValue(b, by)]
      return (x < y ? -1 : x > y ? 1 : 0) * (descending ? -1 : 1)
    })
  }, [answer, wanted, order])
  const sortBy = (by: By) => change({ sort: order === by ? `-${by}` : order === `-${by}` ? "" : by })
  return (
    <div class="artifact-list">
      <h1>Artifacts</h1>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      <div class="artifact-toolbar">
        <label class="artifact-filter">
          <span class="unseen">Find an artifact</span>
          <input
            type="search"
            placeholder="find by name, type or stage"
            value={wanted}
            onInput={(event) => change({ find: event.currentTarget.value }, "replace")}
          />
        </label>
        <p class="soft" role="status">
          {answer === undefined ? "…" : counted(shown.length, "artifact")}
          {shown.length > MOST ? `, the first ${MOST} of them shown` : ""}
        </p>
      </div>
      <section class="artifact-wide" aria-label="artifacts">
        <table class="artifact-schema">
          <thead>
            <tr>
              {COLUMNS.map((by) => (
                <th
                  key={by}
                  scope="col"
                  class={RIGHT.has(by) ? "artifact-right" : ""}
                  aria-sort={order === by ? "ascending" : order === `-${by}` ? "descending" : undefined}
                >
                  <button type="button" onClick={() => sortBy(by)}>
                    {by}
                    <span aria-hidden="true">{order === by ? " ▲" : order === `-${by}` ? " ▼" : ""}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, MOST).map((one) => (
              <Row key={nameOf(one)} one={one} study={study} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
