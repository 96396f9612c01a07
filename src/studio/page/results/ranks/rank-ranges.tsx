import { useMemo } from "preact/hooks"
import type { RankRanges as Ranges, Source } from "../../../messages/results.ts"
import { Frame, type Plot } from "../../chart/frame.tsx"
import { Interval } from "../../chart/interval.tsx"
import { Legend } from "../../chart/legend.tsx"
import { counted, numberText, percentText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { Reading } from "../reading.tsx"
import { SourceNote } from "../source-note.tsx"

const ROW = 22

interface MarksProps {
  readonly ranges: Ranges
  /** The places of entities, by the rank in the reference. */
  readonly order: ReadonlyArray<number>
  readonly plot: Plot
}

const Marks = ({ order, plot, ranges }: MarksProps) => {
  const { tips, width, x, y } = plot
  const roving = useRoving(order.length)
  const at = (value: number | null | undefined) => (value === null || value === undefined ? undefined : x.at(value))
  return (
    <>
      {order.map((one, row) => {
        const number = (values: ReadonlyArray<number | null>) => numberText(values[one])
        const share = ranges.unchanged[one]
        const tip = {
          title: ranges.entities[one]!,
          facts: [
            ["in the reference", number(ranges.reference)],
            ["median", number(ranges.median)],
            ["most of its ranks", `${number(ranges.low)} to ${number(ranges.high)}`],
            ["all", `${number(ranges.best)} to ${number(ranges.worst)}`],
            ["rank unchanged", share === null || share === undefined ? "" : percentText(share)]
          ] as const
        }
        const [low, high] = [at(ranges.low[one]), at(ranges.high[one])]
        return (
          <g key={one} {...tips.of(tip, { x: at(ranges.reference[one]) ?? 0, y: y.at(row) })} {...roving(row)}>
            <rect class="results-catch" width={width} y={y.at(row) - y.step / 2} height={y.step} />
            <Interval
              low={at(ranges.best[one])}
              high={at(ranges.worst[one])}
              {...(low === undefined || high === undefined ? {} : { inner: [low, high] as const })}
              point={at(ranges.reference[one])}
              across={y.at(row)}
            />
          </g>
        )
      })}
    </>
  )
}

/** How firm the ranks are: for each entity where they are over all ways to make the index, from the first of the reference to the last. */
export const RankRanges = ({ source, study }: { readonly study: string; readonly source: Source }) => {
  const { answer: ranges, failure } = useAnswer("rankRanges", { study, node: source.node, output: source.output })
  const order = useMemo(
    () => (ranges === undefined ? [] : [...ranges.entities.keys()].sort((a, b) => (ranges.reference[a] ?? Infinity) - (ranges.reference[b] ?? Infinity))),
    [ranges]
  )
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (ranges === undefined) return <Reading />
  const last = ranges.worst.reduce<number>((most, rank) => Math.max(most, rank ?? 1), 1)
  return (
    <>
      <h2 class="results-title">
        How firm the ranks are <span class="soft">over all ways in which the study makes the index</span>
      </h2>
      <Legend
        entries={[
          { text: "rank in the reference", look: "series-1", shape: "dot" },
          { text: "most of its ranks (thick), all of them (thin)", look: "series-1", shape: "line" }
        ]}
      />
      <Frame
        label={`Ranges of ranks of ${counted(order.length, "entity", "entities")}`}
        height={46 + ROW * order.length}
        x={{ kind: "number", whole: true, domain: [1, last], label: "rank" }}
        y={{ kind: "names", names: order.map((one) => ranges.entities[one]!) }}
        grid="x"
        marks={(plot) => <Marks plot={plot} ranges={ranges} order={order} />}
      />
      <SameNumbers
        caption="Ranges of ranks"
        columns={["entity", "reference", "median", "low", "high", "best", "worst", "unchanged"]}
        rows={() =>
          order.map((one) => [
            ranges.entities[one]!,
            ...[ranges.reference, ranges.median, ranges.low, ranges.high, ranges.best, ranges.worst, ranges.unchanged].map((values) => values[one] ?? null)
          ])
        }
      />
      <SourceNote study={study} source={ranges.source} notes={ranges.notes} />
    </>
  )
}
