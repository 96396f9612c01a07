import { useSignal } from "@preact/signals"
import { Mark } from "./mark.tsx"
import { inWords, type State } from "./states.ts"

export interface Match {
  readonly name: string
  readonly stage: string
  readonly state: State
}
interface SearchBoxProps {
  readonly search: string
  readonly matches: ReadonlyArray<Match> | undefined
  readonly onSearch: (text: string) => void
  readonly onGo: (name: string) => void
}

/** So many are listed; of more one types more. */
const TOLD = 100

/** Search by name, stage and state: the arrow keys choose among what is found, Enter goes there. */
export const SearchBox = ({ matches, onGo, onSearch, search }: SearchBoxProps) => {
  const active = useSignal(0)
  const open = useSignal(false)
  const told = matches?.slice(0, TOLD) ?? []
  const at = Math.min(active.value, Math.max(0, told.length - 1))
  const go = (name: string) => {
    open.value = false
    onGo(name)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      open.value = true
      active.value = Math.max(0, Math.min(told.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))
    } else if (event.key === "Enter" && told[at] !== undefined) go(told[at].name)
    else if (event.key === "Escape") {
      open.value = false
      onSearch("")
    }
  }
  const isOpen = open.value && matches !== undefined
  return (
    <div class="graph-search">
      <input
        id="graph-search"
        type="text"
        list={undefined}
        // biome-ignore lint/a11y/noRedundantRoles: without a list of the browser's own it is a textbox
        role="combobox"
        aria-label="search nodes"
        aria-expanded={isOpen}
        aria-controls="graph-found"
        aria-autocomplete="list"
        aria-activedescendant={isOpen && told.length > 0 ? `graph-found-${at}` : undefined}
        placeholder="Search: name, stage, state"
        autocomplete="off"
        spellcheck={false}
        value={search}
        onInput={(event) => {
          active.value = 0
          open.value = true
          onSearch(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => (open.value = false)}
      />
      <span class="graph-hits" role="status">
        {matches === undefined ? "" : matches.length > TOLD ? `${TOLD} of ${matches.length} found` : `${matches.length} found`}
      </span>
      <div id="graph-found" class="graph-found" role="listbox" aria-label="found" hidden={!isOpen}>
        {told.map(({ name, stage, state }, i) => (
          <div
            key={name}
            ref={(option) => {
              if (i === at) option?.scrollIntoView({ block: "nearest" })
            }}
            id={`graph-found-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onMouseDown={(event) => {
              event.preventDefault()
              go(name)
            }}
          >
            <Mark state={state} />
            <span class="graph-found-name">{name}</span>
            <span class="graph-found-more">
              {stage === name ? "" : `${stage} · `}
              {inWords(state)}
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}
