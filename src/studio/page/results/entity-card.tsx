import { addressOf } from "../route.ts"
import { Facts } from "../shell/facts.tsx"

interface EntityCardProps {
  readonly study: string
  readonly name: string
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>
  /** The cell of an artifact that it is told of; its row is -1 where there is none. */
  readonly cell: { readonly node: string; readonly output: string; readonly row: number; readonly column: string }
  /** The year of the cell, where it can be followed back to the files. */
  readonly traced?: number
  readonly onClose: () => void
}

/** What is known of a chosen entity, with the ways to its row and to where its value comes from. */
export const EntityCard = ({ cell, facts, name, onClose, study, traced }: EntityCardProps) => (
  <section class="results-entity" aria-label={`about ${name}`}>
    <h2>{name}</h2>
    <Facts facts={facts} />
    <p>
      {cell.row < 0 ? null : <a href={addressOf(study, "node", [cell.node], { output: cell.output, row: String(cell.row), column: cell.column })}>its row</a>}
      {cell.row < 0 || traced === undefined ? null : (
        <a href={addressOf(study, "runs", ["trace"], { node: cell.node, entity: name, year: String(traced), column: cell.column })}>where it comes from</a>
      )}
      <button type="button" onClick={onClose}>
        let go
      </button>
    </p>
  </section>
)
