import type { Source } from "../../messages/results.ts"
import { addressOf } from "../route.ts"
import { moment } from "../wording.ts"
import { nameOf } from "./pictures.ts"

interface SourceNoteProps {
  readonly study: string
  readonly source: Source
  /** What its sources carry along, said of every table that rests on them. */
  readonly notes?: ReadonlyArray<string>
}

/** Which node and run a picture is of, and whether that is still so; with the ways to the artifact and to its place in the DAG. */
export const SourceNote = ({ notes = [], source, study }: SourceNoteProps) => (
  <footer class="results-source">
    <p>
      <a href={addressOf(study, "node", [source.node], { output: source.output })}>{nameOf(source)}</a>
      <span class="soft">
        {" "}
        ({source.stage}), made {moment(source.made.at)} in run{" "}
      </span>
      <a href={addressOf(study, "runs", [], { to: source.made.run })} class="mono">
        {source.made.run}
      </a>
      <span class="soft"> · </span>
      <a href={addressOf(study, "graph", [], { node: source.node })}>in the DAG</a>
    </p>
    {source.stale === null ? null : (
      <p class="results-stale" role="status">
        <strong>stale</strong> {source.stale}
      </p>
    )}
    {notes.map((note) => (
      <p key={note} class="soft">
        {note}
      </p>
    ))}
  </footer>
)
