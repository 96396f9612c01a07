import type { ComponentChildren } from "preact"
import { addressOf } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import type { ViewProps } from "../view-props.ts"
import { CurvePart } from "./curve/curve-part.tsx"
import { ModelsPart } from "./models/models-part.tsx"
import type { Outline } from "./outline.ts"
import { PlotPart } from "./plot/plot-part.tsx"
import { TablesPart } from "./tables/tables-part.tsx"

type Part = "tables" | "models" | "plot" | "curve"
const PARTS: ReadonlyArray<readonly [part: Part, title: string]> = [
  ["tables", "Tables"],
  ["models", "Models"],
  ["plot", "Coefficients"],
  ["curve", "Specification curve"]
]

/** Which part an address is of: that of its node, or the one that it names. */
const partOf = (outline: Outline, node: string | undefined, show: string | undefined): Part | undefined => {
  if (node === undefined) return PARTS.find(([part]) => part === show)?.[0] ?? "tables"
  if (outline.tables.some((one) => one.node === node)) return "tables"
  if (outline.curves.some((one) => one.node === node)) return "curve"
  return outline.models.includes(node) ? "models" : undefined
}

const Unknown = ({ node, study }: { readonly study: string; readonly node: string }) => (
  <p class="card">
    {node} has no estimates and is no printed table. <a href={addressOf(study, "node", [node])}>Its artifact</a> ·{" "}
    <a href={addressOf(study, "estimates", [], { show: "models" })}>all models</a>
  </p>
)

/** The study's tables beside what is published, its models, its coefficients side by side, its specification curve. */
export const EstimatesView = ({ route, study }: ViewProps) => {
  const { answer: outline, failure } = useAnswer("estimates-outline", { study })
  const node = route.rest[0]
  const part = outline && partOf(outline, node, route.query["show"])
  const shown = (): ComponentChildren => {
    if (outline === undefined) return failure === undefined ? <p class="soft">reading the tables and models…</p> : null
    if (part === undefined) return <Unknown study={study} node={node!} />
    if (part === "models") return <ModelsPart study={study} route={route} />
    if (part === "plot") return <PlotPart study={study} route={route} />
    if (part === "curve") return <CurvePart study={study} route={route} outline={outline} />
    return <TablesPart study={study} route={route} outline={outline} />
  }
  return (
    <div class="estimates">
      <header class="estimates-head">
        <h1>Estimates</h1>
        <nav aria-label="parts of the estimates">
          <ul>
            {PARTS.map(([one, title]) => (
              <li key={one}>
                <a href={addressOf(study, "estimates", [], one === "tables" ? {} : { show: one })} aria-current={one === part ? "page" : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {shown()}
    </div>
  )
}
