/** What a picture can be asked to show, as fields above it. */
import { useId } from "preact/hooks"
import type { Source } from "../../messages/results.ts"
import { nameOf } from "./pictures.ts"

interface Option {
  readonly value: string
  readonly text: string
  /** Under which heading it stands in a list. */
  readonly group?: string
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: ReadonlyArray<Option>
  readonly onChoose: (value: string) => void
}

const asOptions = (options: ReadonlyArray<Option>) =>
  options.map((one) => (
    <option key={one.value} value={one.value}>
      {one.text}
    </option>
  ))

/** One of several, from a list: those without a heading first. */
export const Choice = ({ label, onChoose, options, value }: ChoiceProps) => (
  <label class="results-choice">
    <span>{label}</span>
    <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
      {asOptions(options.filter(({ group }) => group === undefined))}
      {[...Map.groupBy(options, ({ group }) => group)].map(([group, own]) =>
        group === undefined ? null : (
          <optgroup key={group} label={group}>
            {asOptions(own)}
          </optgroup>
        )
      )}
    </select>
  </label>
)

/** One of a few, all of them seen. */
export const Segments = ({ label, onChoose, options, value }: ChoiceProps) => {
  const name = useId()
  return (
    <fieldset class="results-segments">
      <legend>{label}</legend>
      <div>
        {options.map((one) => (
          <label key={one.value}>
            <input type="radio" name={name} checked={one.value === value} onChange={() => onChoose(one.value)} />
            <span>{one.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface VariableChoiceProps {
  readonly value: string
  readonly names: ReadonlyArray<string>
  readonly onChoose: (name: string) => void
}

/** Which variable of a table. */
export const VariableChoice = ({ names, onChoose, value }: VariableChoiceProps) => (
  <Choice label="Variable" value={value} options={names.map((name) => ({ value: name, text: name }))} onChoose={onChoose} />
)

/** What the nodes of one map have alike in their names. */
const mapOf = (node: string): string | undefined => /^(.*?)\[.*\]$/s.exec(node)?.[1]

interface SourceChoiceProps {
  readonly sources: ReadonlyArray<Source>
  readonly source: Source
  readonly onChoose: (name: string) => void
}

/** Which of the tables that a picture can be made of, those of a map of nodes together; nothing where there is one only. */
export const SourceChoice = ({ onChoose, source, sources }: SourceChoiceProps) =>
  sources.length < 2 ? null : (
    <Choice
      label="Table"
      value={nameOf(source)}
      options={sources.map((one) => {
        const group = mapOf(one.node)
        return { value: nameOf(one), text: `${nameOf(one)}${one.stale === null ? "" : " (stale)"}`, ...(group === undefined ? {} : { group }) }
      })}
      onChoose={onChoose}
    />
  )
