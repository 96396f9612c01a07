import type { SqlRun } from "../../messages/sql.ts"
import { addressOf, goTo } from "../route.ts"

const when = (at: number): string => new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })

/** Whose artifacts are asked about: today's, or those of a run. */
export const RunChoice = ({
  query,
  run,
  runs,
  study
}: {
  readonly study: string
  readonly run: string | null
  readonly runs: ReadonlyArray<SqlRun>
  readonly query: string
}) => (
  <label class="sql-run">
    <span>Artifacts</span>
    <select
      value={run ?? ""}
      onChange={({ currentTarget: { value } }) =>
        goTo(addressOf(study, "sql", [], { ...(query === "" ? {} : { query }), ...(value === "" ? {} : { run: value }) }))
      }
    >
      <option value="">of today</option>
      {run !== null && runs.every((one) => one.run !== run) ? <option value={run}>of {run}</option> : null}
      {runs.map(({ at, ok, run: name, tag }) => (
        <option key={name} value={name}>
          of {tag ?? when(at)}
          {tag === null ? "" : ` (${when(at)})`}
          {ok === false ? ", which failed" : ""}
        </option>
      ))}
    </select>
  </label>
)
