import { Legend } from "../../chart/legend.tsx"
import { counted, numberText } from "../../chart/number-text.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { Choice } from "../choices.tsx"
import type { PictureProps } from "../picture-props.ts"
import { SourceNote } from "../source-note.tsx"
import { BootstrapChart } from "./bootstrap-chart.tsx"
import { deviationOf, meanOf } from "./distribution.ts"
import { IntervalsChart, intervalsOf } from "./intervals-chart.tsx"

/** The distribution of a parameter over the replicates of a bootstrap, with the intervals that the study makes of them. */
export const BootstrapPicture = ({ query, study }: PictureProps) => {
  const bootstrap = query.get("bootstrap")
  const named = query.get("parameter")
  const { answer, failure } = useAnswer("bootstrapReplicates", {
    study,
    ...(bootstrap === undefined ? {} : { bootstrap }),
    ...(named === undefined ? {} : { parameter: named })
  })
  return (
    <section aria-label="bootstrap distribution">
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? null : (
        <>
          <div class="results-controls">
            <Choice
              label="Bootstrap"
              value={answer.bootstrap}
              options={answer.bootstraps.map((name) => ({ value: name, text: name }))}
              onChoose={(bootstrap) => query.set({ bootstrap, parameter: undefined })}
            />
            <Choice
              label="Parameter"
              value={answer.parameter}
              options={answer.parameters.map((name) => ({ value: name, text: name }))}
              onChoose={(parameter) => query.set({ parameter })}
            />
          </div>
          <h2 class="results-title">
            {answer.parameter} <span class="soft">{answer.scheme}</span>
          </h2>
          {answer.values.length < 2 ? (
            <p class="card">{counted(answer.values.length, "replicate")} of this parameter: a distribution needs two at least.</p>
          ) : (
            <>
              <dl class="results-facts">
                <div>
                  <dt>estimate</dt>
                  <dd>{numberText(answer.intervals[0]?.estimate) || "not told"}</dd>
                </div>
                <div>
                  <dt>replicates</dt>
                  <dd>
                    {numberText(answer.values.length)}
                    {answer.missing === 0 ? "" : `, and ${numberText(answer.missing)} with a singular design`}
                  </dd>
                </div>
                <div>
                  <dt>their mean</dt>
                  <dd>{numberText(meanOf(answer.values))}</dd>
                </div>
                <div>
                  <dt>their standard deviation</dt>
                  <dd>{numberText(deviationOf(answer.values))}</dd>
                </div>
              </dl>
              <Legend
                entries={[
                  { text: "replicates", look: "bootstrap-bar-key" },
                  { text: "density", look: "series-1", shape: "line" },
                  { text: "normal, with their mean and sd", look: "series-2", shape: "dash" },
                  { text: "estimate", look: "bootstrap-estimate-key", shape: "line" }
                ]}
              />
              <BootstrapChart replicates={answer} left={intervalsOf(answer).map(({ name }) => name)} />
              <h3>Intervals</h3>
              <IntervalsChart replicates={answer} />
              <SameNumbers
                caption={`Intervals of ${answer.parameter}`}
                columns={["interval", "of", "estimate", "low", "high"]}
                rows={() => intervalsOf(answer).map(({ high, low, name, point, where }) => [name, where, point, low, high])}
              />
            </>
          )}
          {[...new Map([...answer.sources.slice(0, 1), ...answer.intervals.map(({ source }) => source)].map((one) => [one.artifact, one])).values()].map(
            (source) => (
              <SourceNote key={source.artifact} study={study} source={source} notes={source === answer.sources[0] ? answer.notes : []} />
            )
          )}
          {answer.sources.length > 1 ? <p class="soft">{counted(answer.sources.length, "block")} of replicates, drawn together.</p> : null}
        </>
      )}
    </section>
  )
}
