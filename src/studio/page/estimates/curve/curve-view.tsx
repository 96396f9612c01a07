import { useMemo } from "preact/hooks"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { addressOf, goTo, type Route } from "../../route.ts"
import { CurveChart } from "./curve-chart.tsx"
import { type Kept, keptIn, keptText, shownOrder, toggled } from "./curve-choosing.ts"
import type { CurveData } from "./curve-data.ts"
import { CurveLegend } from "./curve-legend.tsx"
import { CurvePanel } from "./curve-panel.tsx"
import { CurveSummary } from "./curve-summary.tsx"

interface ViewProps {
  readonly study: string
  readonly route: Route
  readonly data: CurveData
}

/** A specification curve with its choices, what is shown of it and in which order being in the address. */
export const CurveView = ({ data, route, study }: ViewProps) => {
  const { only, sort = "", spec, ...query } = route.query
  const kept = useMemo(() => keptIn(only, data), [only, data])
  const order = useMemo(() => shownOrder(data, kept, sort), [data, kept, sort])
  const chosen = spec === undefined ? -1 : data.specifications.findIndex(({ name }) => name === spec)
  const address = (change: { readonly kept?: Kept; readonly sort?: string; readonly spec?: string | undefined }) => {
    const next = { kept, sort, spec, ...change }
    const filter = keptText(next.kept, data)
    return addressOf(study, "estimates", route.rest, {
      ...query,
      ...(filter === "" ? {} : { only: filter }),
      ...(next.sort === "" ? {} : { sort: next.sort }),
      ...(next.spec === undefined ? {} : { spec: next.spec })
    })
  }
  const close = () => {
    goTo(address({ spec: undefined }))
    document.querySelector<HTMLElement>(".estimates-curve-slider")?.focus()
  }
  const rows = () =>
    order.map((i) => {
      const { estimate, high, low, name, nobs, options, p, stdError } = data.specifications[i]!
      return [name, estimate, stdError, p, low, high, nobs, ...data.choices.map(({ options: of }, c) => of[options[c]!] ?? "")]
    })
  return (
    <div class={`estimates-page ${chosen === -1 ? "" : "estimates-with-panel"}`}>
      <section aria-label="specification curve">
        <CurveSummary data={data} order={order} />
        <div class="estimates-curve-controls">
          <CurveLegend data={data} order={order} />
          <label>
            sort by{" "}
            <select value={sort} onChange={(event) => goTo(address({ sort: event.currentTarget.value }), "replace")}>
              <option value="">estimate</option>
              {data.choices.map(({ choice }) => (
                <option key={choice} value={choice}>
                  {choice}
                </option>
              ))}
            </select>
          </label>
          {kept.size === 0 ? null : (
            <button type="button" onClick={() => goTo(address({ kept: new Map() }), "replace")}>
              show all
            </button>
          )}
        </div>
        <CurveChart
          data={data}
          order={order}
          kept={kept}
          sort={sort}
          chosen={chosen === -1 ? undefined : chosen}
          onChoose={({ name }) => goTo(address({ spec: name }))}
          onToggle={(choice, option) => goTo(address({ kept: toggled(kept, choice, option) }), "replace")}
          onSort={(by) => goTo(address({ sort: by }), "replace")}
        />
        <SameNumbers
          caption="The specifications, their estimates and choices"
          columns={["specification", "estimate", "std. error", "p", "low", "high", "N", ...data.choices.map(({ choice }) => choice)]}
          rows={rows}
        />
      </section>
      {chosen === -1 ? null : <CurvePanel study={study} data={data} one={data.specifications[chosen]!} onClose={close} />}
    </div>
  )
}
