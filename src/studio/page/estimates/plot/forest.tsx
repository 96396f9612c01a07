import type { TermEstimate } from "../../../messages/estimates/models.ts"
import { Frame, type Plot } from "../../chart/frame.tsx"
import { Interval } from "../../chart/interval.tsx"
import { numberText, pInWords, pValueText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import type { Tip } from "../../chart/tip.tsx"
import { addressOf } from "../../route.ts"
import { useNarrow } from "../use-narrow.ts"
import { labelOf } from "./plot-choosing.ts"

interface ForestProps {
  readonly study: string
  readonly term: string
  readonly rows: ReadonlyArray<TermEstimate>
}

const written = ({ estimate, high, low }: TermEstimate, narrow: boolean): string =>
  `${numberText(estimate, 3)}${narrow || low === null || high === null ? "" : ` [${numberText(low, 3)}, ${numberText(high, 3)}]`}`

const tipOf = (row: TermEstimate, label: string): Tip => ({
  title: label,
  facts: [
    ["estimate", numberText(row.estimate, 4)],
    ["standard error", numberText(row.stdError, 4)],
    ["p", pValueText(row.p) || "not told"],
    ...(row.low === null || row.high === null
      ? []
      : [[row.level === null ? "interval" : `${row.level} % interval`, `${numberText(row.low, 4)} to ${numberText(row.high, 4)}`] as const]),
    ...(row.nobs === null ? [] : [["N", numberText(row.nobs)] as const])
  ],
  note: [row.dependent === "" ? "" : `of ${row.dependent}`, row.model, row.variance, row.sample === "all" ? "" : row.sample]
    .filter((text) => text !== "")
    .join("; ")
})

/** What a row is coloured by: whether its interval tells it from zero. */
const lookOf = ({ estimate, high, low }: TermEstimate): string =>
  low === null || high === null || (low <= 0 && high >= 0) ? "estimates-unsure" : estimate! < 0 ? "estimates-negative" : "estimates-positive"

const Rows = ({
  labels,
  narrow,
  plot,
  rows,
  study
}: {
  readonly plot: Plot
  readonly rows: ReadonlyArray<TermEstimate>
  readonly labels: ReadonlyArray<string>
  readonly narrow: boolean
  readonly study: string
}) => {
  const roving = useRoving(rows.length)
  const { tips, width, x, y } = plot
  return (
    <>
      <line class="chart-zero" x1={x.at(0)} x2={x.at(0)} y1={0} y2={plot.height} />
      {rows.map((row, i) => {
        const across = y.at(i)
        const at = (value: number | null) => (value === null ? undefined : x.at(value))
        const { role: _, ...tip } = tips.of(tipOf(row, labels[i]!), { x: x.at(row.estimate!), y: across })
        return (
          <a
            key={`${row.node} ${row.output} ${row.row}`}
            href={addressOf(study, "estimates", [row.node])}
            class="estimates-forest-row"
            {...roving(i)}
            {...tip}
            aria-label={`${labels[i]}: ${written(row, false)}, ${pInWords(row.p)}; to the model`}
          >
            <rect class="estimates-forest-ground" x={0} y={across - y.step / 2} width={width} height={y.step} />
            <Interval
              look={lookOf(row)}
              across={across}
              low={at(row.low)}
              high={at(row.high)}
              point={at(row.estimate)}
              {...(row.inner === null ? {} : { inner: [x.at(row.inner[0]), x.at(row.inner[1])] as const })}
            />
            <text class="estimates-forest-label" x={width + 8} y={across} dy="0.32em">
              {written(row, narrow)}
            </text>
          </a>
        )
      })}
    </>
  )
}

/** A term's estimates in several models: a dot each, with its interval and, thick, its 90 % interval. */
export const Forest = ({ rows, study, term }: ForestProps) => {
  const narrow = useNarrow()
  const shown = rows.filter(({ estimate }) => estimate !== null)
  const labels = shown.map((row) => labelOf(row, shown))
  const ends = shown.flatMap(({ estimate, high, low }) => [estimate!, ...(low === null ? [] : [low]), ...(high === null ? [] : [high])])
  const domain = [Math.min(0, ...ends), Math.max(0, ...ends)] as const
  return (
    <section class="estimates-forest">
      <h2>{term}</h2>
      <Frame
        label={`${term} in ${shown.length} models`}
        height={(narrow ? 42 : 26) * shown.length + 60}
        x={{ kind: "number", domain, label: "estimate" }}
        y={{ kind: "names", names: labels }}
        right={shown.map((row) => written(row, narrow))}
        grid="x"
        marks={(plot) => <Rows plot={plot} rows={shown} labels={labels} study={study} narrow={narrow} />}
      />
      <SameNumbers
        caption={`${term}: estimates and intervals`}
        columns={["model", "of", "outcome", "estimate", "std. error", "p", "low", "high", "low, 90 %", "high, 90 %", "N"]}
        rows={() =>
          shown.map(({ dependent, estimate, high, inner, low, node, nobs, of, p, stdError }) => [
            node,
            of,
            dependent,
            estimate,
            stdError,
            p,
            low,
            high,
            inner?.[0] ?? null,
            inner?.[1] ?? null,
            nobs
          ])
        }
      />
    </section>
  )
}
