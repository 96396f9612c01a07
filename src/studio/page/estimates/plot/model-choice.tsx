import { useSignal } from "@preact/signals"

interface ChoiceProps {
  /** All that may be chosen. */
  readonly names: ReadonlyArray<string>
  readonly chosen: ReadonlyArray<string>
  readonly onChange: (chosen: ReadonlyArray<string>) => void
}

/** Which models are shown: boxes to tick, to be found by a word. */
export const ModelChoice = ({ chosen, names, onChange }: ChoiceProps) => {
  const words = useSignal("")
  const found = names.filter((name) =>
    words.value
      .toLowerCase()
      .split(/\s+/)
      .every((part) => name.toLowerCase().includes(part))
  )
  const all = found.every((name) => chosen.includes(name))
  return (
    <details class="estimates-model-choice">
      <summary>
        models: {chosen.length} of {names.length}
      </summary>
      <div class="card">
        <div class="estimates-find">
          <input
            type="search"
            aria-label="find a model to show"
            placeholder="find a model"
            value={words.value}
            onInput={(event) => (words.value = event.currentTarget.value)}
          />
          <button type="button" onClick={() => onChange(all ? chosen.filter((name) => !found.includes(name)) : [...new Set([...chosen, ...found])])}>
            {all ? "none of these" : "all of these"}
          </button>
        </div>
        <ul>
          {found.map((name) => (
            <li key={name}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.includes(name)}
                  onChange={() => onChange(names.filter((one) => (one === name ? !chosen.includes(one) : chosen.includes(one))))}
                />
                {name}
              </label>
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
