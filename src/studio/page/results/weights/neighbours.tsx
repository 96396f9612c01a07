import { useSignal } from "@preact/signals"
import type { Source, WeightsNeighbours } from "../../../messages/results.ts"
import { counted, numberText } from "../../chart/number-text.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { RankedList } from "../map/ranked-list.tsx"

interface NeighboursProps {
  readonly study: string
  readonly source: Source
  readonly entity: string
  readonly onPick: (entity: string) => void
}

/** The neighbours of an entity with their weights, the strongest first; and those that it is a neighbour of. */
export const Neighbours = ({ entity, onPick, source, study }: NeighboursProps) => {
  const { answer, failure } = useAnswer("weightsNeighbours", { study, node: source.node, output: source.output, entity })
  const pointed = useSignal<string | undefined>(undefined)
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (answer === undefined) return null
  const { neighbourOf, neighbours, sum } = answer
  const list = (label: string, links: WeightsNeighbours["neighbours"]) => (
    <RankedList
      label={label}
      ranked={links.map((one, place) => ({ entity: one.entity, value: one.weight, rank: place + 1 }))}
      extent={[0, links.reduce((most, { weight }) => Math.max(most, weight), 0)]}
      chosen={undefined}
      pointed={pointed}
      onPick={onPick}
    />
  )
  return (
    <section class="weights-neighbours" aria-label={`neighbours of ${entity}`}>
      <h3>
        {entity}{" "}
        <span class="soft">
          {counted(neighbours.length, "neighbour")}, weights sum to {numberText(sum)}
        </span>
      </h3>
      {neighbours.length === 0 ? <p>It is an island: no neighbour has a weight.</p> : list(`neighbours of ${entity}`, neighbours)}
      <details>
        <summary>{counted(neighbourOf.length, "entity has", "entities have")} it as a neighbour</summary>
        {list(`whose neighbour ${entity} is`, neighbourOf)}
      </details>
    </section>
  )
}
