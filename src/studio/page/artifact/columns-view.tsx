import type { ArtifactHead } from "../../messages/artifact.ts"
import type { Route } from "../route.ts"
import { useAnswer } from "../use-answer.ts"
import { changed, lookedAt } from "./address.ts"
import { countInWords } from "./words.ts"

/** What the columns of an artifact are. */
export const ColumnsView = ({ head, route }: { readonly head: ArtifactHead; readonly route: Route }) => {
  const { output, run } = lookedAt(route)
  const { answer } = useAnswer("artifact-origin", {
    study: head.study,
    node: head.node,
    ...(output === undefined ? {} : { output }),
    ...(run === undefined ? {} : { run })
  })
  return (
    <section class="artifact-wide" aria-label="columns">
      <table class="artifact-schema">
        <thead>
          <tr>
            <th scope="col">column</th>
            <th scope="col">type</th>
            <th scope="col">unit</th>
            <th scope="col">description</th>
            <th scope="col" class="artifact-right">
              missing
            </th>
            <th scope="col">told of its cells</th>
            <th scope="col">data, SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {head.columns.map(({ description, filled, kind, missing, name, source, unit }) => (
            <tr key={name}>
              <th scope="row">
                <a href={changed(route, { show: "table", column: name, row: "" })}>{name}</a>
              </th>
              <td>{kind}</td>
              <td>{unit}</td>
              <td>{description}</td>
              <td class="artifact-right">{countInWords(missing)}</td>
              <td>{[filled ? "filled in" : "", source ? "where from" : ""].filter((one) => one !== "").join(", ")}</td>
              <td>
                <code title={answer?.hashes[name]}>{answer?.hashes[name]?.slice(0, 12) ?? ""}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
