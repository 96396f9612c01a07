import type { RefObject } from "preact"
import { useRef } from "preact/hooks"
import { tokens } from "./tokens.ts"

interface EditorProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly onRun: () => void
  readonly field: RefObject<HTMLTextAreaElement | null>
  /** Where something is wrong: the index of a character. */
  readonly wrong: number | null
}

/** Writes into the field in a way that can be undone. */
export const insertText = (field: HTMLTextAreaElement, text: string): void => {
  field.focus()
  // The only way of writing that a browser's undo knows of.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

const INDENT = "  "

/** The beginning of the line that the caret is in. */
const lineStart = ({ selectionStart, value }: HTMLTextAreaElement): number => value.lastIndexOf("\n", selectionStart - 1) + 1

const outdent = (field: HTMLTextAreaElement): void => {
  const start = lineStart(field)
  const spaces = /^ {0,2}/.exec(field.value.slice(start))![0].length
  if (spaces === 0) return
  const caret = Math.max(start, field.selectionStart - spaces)
  field.setSelectionRange(start, start + spaces)
  insertText(field, "")
  field.setSelectionRange(caret, caret)
}

const Coloured = ({ text, wrong }: { readonly text: string; readonly wrong: number | null }) => (
  <pre class="sql-coloured" aria-hidden="true">
    {tokens(text).map(({ at, is, text: part }) => (
      <span key={at} class={`sql-is-${is}${wrong !== null && wrong >= at && wrong < at + part.length ? " sql-wrong" : ""}`}>
        {part}
      </span>
    ))}
    {/* The last line has a height although nothing stands in it. */}
    {"\n"}
  </pre>
)

/** Where a query is written: a field as any other, with the text in colours behind it. */
export const Editor = ({ field, onRun, onText, text, wrong }: EditorProps) => {
  const leaves = useRef(false)
  const onKeyDown = (event: KeyboardEvent) => {
    const own = field.current!
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      return onRun()
    }
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "Enter" && !event.shiftKey) {
      const indent = /^[ \t]*/.exec(own.value.slice(lineStart(own), own.selectionStart))![0]
      if (indent === "") return
      event.preventDefault()
      insertText(own, `\n${indent}`)
    } else if (event.key === "Tab" && !leaves.current) {
      event.preventDefault()
      if (event.shiftKey) outdent(own)
      else insertText(own, INDENT)
    }
    leaves.current = event.key === "Escape"
  }
  return (
    <div class="sql-editor">
      <Coloured text={text} wrong={wrong} />
      <textarea
        ref={field}
        value={text}
        aria-label="query"
        aria-describedby="sql-keys"
        aria-invalid={wrong !== null}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        placeholder={"SELECT * FROM a node's name: pick a table, or an example"}
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          leaves.current = false
        }}
      />
    </div>
  )
}
