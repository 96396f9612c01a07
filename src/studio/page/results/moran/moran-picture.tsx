import { useSignal } from "@preact/signals"
import type { GlobalMoran, MoranPoints } from "../../../messages/results.ts"
import { Legend } from "../../chart/legend.tsx"
import { numberText, pValueText } from "../../chart/number-text.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { addressOf } from "../../route.ts"
import { Facts } from "../../shell/facts.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { SourceChoice, VariableChoice } from "../choices.tsx"
import { EntityCard } from "../entity-card.tsx"
import type { PictureProps } from "../picture-props.ts"
import { chosenSource } from "../pictures.ts"
import { chosenIn } from "../query.ts"
import { Reading } from "../reading.tsx"
import { SourceNote } from "../source-note.tsx"
import { YearSlider } from "../year-slider.tsx"
import { MoranScatter, pointsOf } from "./moran-scatter.tsx"
import { MoranYears } from "./moran-years.tsx"
import { quadrantOf, slopeOf, weightsOf } from "./quadrants.ts"

/** Beyond rounding, the slope is another number than Moran's I. */
const SAME = 1e-6

/** The slope, and what makes I another number. */
const slopeInWords = (slope: number, test: GlobalMoran): string => {
  const sum = weightsOf(slope, test)
  return Number.isFinite(sum) ? `${numberText(slope)}: all weights together are ${numberText(sum)}, not N` : numberText(slope)
}

/** Moran's I of a year with its test; and the slope, where it is another number. */
const Statistic = ({ moran, test, year }: { readonly moran: MoranPoints; readonly test: GlobalMoran | undefined; readonly year: number }) => {
  const slope = slopeOf(pointsOf(moran, year))
  const facts: ReadonlyArray<readonly [string, string]> =
    test === undefined
      ? [["slope", numberText(slope)]]
      : [
          ["Moran's I", numberText(test.statistic)],
          ["expected", numberText(test.expected)],
          ["z", numberText(test.z)],
          [`p, ${test.alternative}`, pValueText(test.p)],
          ...(test.pNormality === null ? [] : ([["p under normality", pValueText(test.pNormality)]] as const)),
          ...(test.pPermutation === null ? [] : ([["p by permutation", pValueText(test.pPermutation)]] as const)),
          ["N", numberText(test.entities)],
          ...(Math.abs(slope - test.statistic) < SAME ? [] : ([["slope", slopeInWords(slope, test)]] as const))
        ]
  return <Facts class="results-facts" facts={facts} />
}

/** The Moran scatter plot of a variable in a year, and Moran's I over the years. */
export const MoranPicture = ({ query, sources, study }: PictureProps) => {
  const source = chosenSource(sources, query.get("table"))!
  const variable = query.get("variable")
  const { answer: moran, failure } = useAnswer("moranPoints", {
    study,
    node: source.node,
    output: source.output,
    ...(variable === undefined ? {} : { variable })
  })
  const pointed = useSignal<number | undefined>(undefined)
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (moran === undefined) return <Reading />
  const { entity, setEntity, setYear, year } = chosenIn(query, moran.entities, moran.years)
  const chosen = pointsOf(moran, year).find((point) => point.entity === entity)
  return (
    <section aria-label="Moran scatter plot">
      <div class="results-controls">
        <SourceChoice sources={sources} source={source} onChoose={(table) => query.set({ table, variable: undefined })} />
        <VariableChoice value={moran.variable} names={moran.variables} onChoose={(variable) => query.set({ variable })} />
        <YearSlider years={moran.years} year={year} onYear={setYear} />
      </div>
      <h2 class="results-title">
        Moran scatter plot of {moran.variable}, {year}{" "}
        {moran.weights === "" ? null : (
          <span class="soft">
            weights: <a href={addressOf(study, "results", ["weights"], { table: moran.weights })}>{moran.weights}</a>
          </span>
        )}
      </h2>
      <Statistic moran={moran} year={year} test={moran.global.find((one) => one.year === year)} />
      {entity === undefined ? null : (
        <EntityCard
          study={study}
          name={moran.entities[entity]!}
          facts={
            chosen === undefined
              ? [[`in ${year}`, "no value"]]
              : [
                  [`in ${year}`, quadrantOf(chosen.z, chosen.lag)],
                  ["z", numberText(chosen.z)],
                  ["Wz", numberText(chosen.lag)]
                ]
          }
          cell={{ node: source.node, output: source.output, row: moran.rows[entity * moran.years.length + moran.years.indexOf(year)] ?? -1, column: "z" }}
          onClose={() => setEntity(undefined)}
        />
      )}
      <div class="moran-beside">
        <MoranScatter moran={moran} year={year} entity={entity} pointed={pointed} onEntity={setEntity} />
        {moran.global.length < 2 ? null : (
          <div>
            <MoranYears global={moran.global} year={year} onYear={setYear} />
            <Legend
              entries={[
                { text: "p < 0.05", look: "series-1", shape: "dot" },
                { text: "not", look: "series-1", shape: "ring" },
                { text: "expected without autocorrelation", look: "moran-expected-key", shape: "dash" }
              ]}
            />
          </div>
        )}
      </div>
      <SameNumbers
        caption={`Moran scatter plot of ${moran.variable} in ${year}`}
        columns={["entity", "z", "Wz", "quadrant"]}
        rows={() => pointsOf(moran, year).map(({ entity: one, lag, z }) => [moran.entities[one]!, z, lag, quadrantOf(z, lag)])}
      />
      {moran.global.length === 0 ? null : (
        <SameNumbers
          caption={`Moran's I of ${moran.variable}`}
          title="Moran's I of each year as a table"
          columns={["year", "N", "I", "expected", "z", "p"]}
          rows={() => moran.global.map((one) => [String(one.year), one.entities, one.statistic, one.expected, one.z, one.p])}
        />
      )}
      <SourceNote study={study} source={moran.source} notes={moran.notes} />
    </section>
  )
}
