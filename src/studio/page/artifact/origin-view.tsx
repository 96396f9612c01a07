import type { ArtifactHead } from "../../messages/artifact.ts"
import type { ArtifactOrigin } from "../../messages/artifact-origin.ts"
import { addressOf, type Route } from "../route.ts"
import { Facts } from "../shell/facts.tsx"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import { duration, moment } from "../wording.ts"
import { changed, lookedAt } from "./address.ts"
import { counted } from "./words.ts"

interface PartProps {
  readonly origin: ArtifactOrigin
  readonly study: string
}

/** Names that may be many: the first, and the others on asking. */
const Names = ({ names }: { readonly names: ReadonlyArray<string> }) => {
  const most = 12
  if (names.length <= most) return <>{names.join(", ")}</>
  return (
    <details>
      <summary>
        {names.slice(0, 4).join(", ")} and {names.length - 4} more
      </summary>
      {names.slice(4).join(", ")}
    </details>
  )
}

const Made = ({ origin, study }: PartProps) => {
  const { at, code, ms, others, run, seed, stage } = origin
  const facts: Array<readonly [string, preact.ComponentChildren]> = [
    ["stage", stage],
    ["when", `${moment(at)}, in ${duration(ms)}`],
    ["in the run", <a href={addressOf(study, "runs", [], { to: run })}>{run}</a>]
  ]
  if (seed !== undefined) facts.push(["seed", seed])
  if (others.length > 0) facts.push(["of the machine", others.join(", ")])
  facts.push([
    "code",
    <details>
      <summary>
        <code title={code}>{code.slice(0, 12)}</code>, {counted(origin.declarations.length, "declaration")}
      </summary>
      <ul class="artifact-code">
        {origin.declarations.map(({ declaration, file }) => (
          <li key={`${file} ${declaration}`}>
            <code>{declaration}</code> <span class="soft">{file}</span>
          </li>
        ))}
      </ul>
    </details>
  ])
  return <Facts class="artifact-origin-facts" facts={facts} />
}

const Parameters = ({ origin, study, node }: PartProps & { readonly node: string }) =>
  origin.params.length === 0 ? null : (
    <>
      <h3>Parameters</h3>
      <dl class="artifact-origin-facts">
        {origin.params.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value.length > 400 ? (
                <details>
                  <summary>
                    <code>{value.slice(0, 80)}…</code>
                  </summary>
                  <code class="artifact-whole-value">{value}</code>
                </details>
              ) : (
                <code>{value}</code>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={addressOf(study, "what-if", [], { node })}>What if they were other ones?</a>
      </p>
    </>
  )

const Inputs = ({ origin, study }: PartProps) => (
  <>
    <h3>Made of</h3>
    {origin.inputs.length === 0 ? <p class="soft">It reads nothing.</p> : null}
    <ul class="artifact-inputs">
      {origin.inputs.map(({ file, input, node, output, read }) => (
        <li key={input}>
          <strong>
            {node === undefined ? (
              <code>{file}</code>
            ) : (
              <a href={addressOf(study, "node", [node], output === undefined || output === "output" ? {} : { output })}>
                {output === "output" ? node : `${node}.${output}`}
              </a>
            )}
          </strong>{" "}
          <span class="soft">as {input}</span>
          {read.length === 0 ? null : (
            <div class="soft">
              <Names names={read} />
            </div>
          )}
        </li>
      ))}
    </ul>
  </>
)

const Readers = ({ origin, study }: PartProps) => (
  <>
    <h3>Read by</h3>
    {origin.readBy.length === 0 ? <p class="soft">No node reads it.</p> : null}
    <ul class="artifact-inputs">
      {origin.readBy.map(({ input, node, read }) => (
        <li key={`${node} ${input}`}>
          <strong>
            <a href={addressOf(study, "node", [node])}>{node}</a>
          </strong>{" "}
          <span class="soft">as {input}</span>
          <div class="soft">{read.length === 0 ? "not read yet" : <Names names={read} />}</div>
        </li>
      ))}
    </ul>
  </>
)

const HAD = { made: "made in it", same: "the same artifact", other: "another one", none: "none" } as const

const Runs = ({ origin, route, study }: PartProps & { readonly route: Route }) => (
  <>
    <h3>In the last runs</h3>
    <ul class="artifact-runs">
      {origin.runs.map(({ at, had, run, tag }) => (
        <li key={run}>
          {had === "none" ? <span class="soft">{moment(at)}</span> : <a href={changed(route, { run, row: "", column: "" })}>{moment(at)}</a>}
          {tag === undefined ? "" : ` ${tag}`}: {had === "other" ? <strong>{HAD[had]}</strong> : HAD[had]}
          {had === "other" ? (
            <>
              {" "}
              (<a href={addressOf(study, "runs", [], { from: run, to: origin.run })}>compare</a>)
            </>
          ) : null}
        </li>
      ))}
    </ul>
    {origin.elsewhere.length === 0 ? null : (
      <>
        <h3>The same content elsewhere</h3>
        <p>
          {origin.elsewhere.map(({ node, output }, i) => (
            <span key={`${node} ${output}`}>
              {i === 0 ? "" : ", "}
              <a href={addressOf(study, "node", [node], output === "output" ? {} : { output })}>{output === "output" ? node : `${node}.${output}`}</a>
            </span>
          ))}
        </p>
      </>
    )}
  </>
)

/** Where an artifact comes from, and what rests on it. */
export const OriginView = ({ head, route }: { readonly head: ArtifactHead; readonly route: Route }) => {
  const { output, run } = lookedAt(route)
  const { answer: origin, failure } = useAnswer("artifact-origin", {
    study: head.study,
    node: head.node,
    ...(output === undefined ? {} : { output }),
    ...(run === undefined ? {} : { run })
  })
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (origin === undefined) return <p class="soft">…</p>
  const { study } = head
  return (
    <div class="artifact-origin">
      <section class="card" aria-label="made by">
        <h2>Made by</h2>
        <Made origin={origin} study={study} />
        <Inputs origin={origin} study={study} />
        <Parameters origin={origin} study={study} node={head.node} />
      </section>
      <section class="card" aria-label="what rests on it">
        <h2>What rests on it</h2>
        <p>
          <a href={addressOf(study, "graph", [], { node: head.node })}>In the DAG</a>
        </p>
        <Readers origin={origin} study={study} />
        <Runs origin={origin} study={study} route={route} />
      </section>
      <section class="card" aria-label="the file">
        <h2>The file</h2>
        <dl class="artifact-origin-facts">
          <div>
            <dt>SHA-256</dt>
            <dd>
              <code>{head.sha256}</code>
            </dd>
          </div>
          <div>
            <dt>path</dt>
            <dd>
              <code>{head.path}</code>
            </dd>
          </div>
          <div>
            <dt>bytes</dt>
            <dd>{head.bytes}</dd>
          </div>
        </dl>
      </section>
    </div>
  )
}
