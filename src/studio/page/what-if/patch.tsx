import { useSignal } from "@preact/signals"
import type { Patch as Made } from "../../messages/what-if.ts"

/** Copies a text; where the browser refuses, it is selected, for Ctrl-C. */
const copy = async (text: string, shown: HTMLElement | null): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (shown !== null) getSelection()?.selectAllChildren(shown)
    return false
  }
}

const lookOf = (line: string): string =>
  line.startsWith("@@") ? "what-if-hunk" : line.startsWith("+") ? "what-if-put" : line.startsWith("-") ? "what-if-taken" : ""

const Lines = ({ diff }: { readonly diff: string }) => (
  <>
    {diff.split("\n").map((line, i) => (
      <span key={i} class={lookOf(line)}>
        {line}
        {"\n"}
      </span>
    ))}
  </>
)

const SHOWN = 6
const namesInShort = (names: ReadonlyArray<string>): string =>
  `${names.slice(0, SHOWN).join(", ")}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ""}`

/** What to change for a what-if to be what the study says: a diff for `git apply`, and in words what no diff can be sure of. Nothing is written. */
export const Patch = ({ patch: { beside, parts } }: { readonly patch: Made }) => {
  const told = useSignal("")
  const diff = parts.map((part) => part.diff ?? "").join("")
  const words = parts.filter((part) => part.words.length > 0)
  return (
    <div class="what-if-patch">
      {diff === "" ? null : (
        <>
          <p class="what-if-choose">
            <button
              type="button"
              class="primary"
              onClick={async () => {
                const done = await copy(diff, document.getElementById("what-if-diff"))
                told.value = done ? "copied" : "it is selected: copy it with Ctrl-C"
              }}
            >
              Copy the patch
            </button>
            <span role="status">{told.value}</span>
            <span class="soft">
              Nothing is written here. <code>git apply</code> or <code>patch -p1</code> takes it, in the folder of the study's package; it was tested: with it
              the study has the branch's DAG{beside.length === 0 ? "" : ", but for what is said below"}.
            </span>
          </p>
          {beside.length === 0 ? null : (
            <p class="what-if-stale">
              The same line places {namesInShort(beside)}: with this patch {beside.length === 1 ? "it is" : "they are"} changed too, in the same way. To leave{" "}
              {beside.length === 1 ? "it" : "them"} as {beside.length === 1 ? "it is" : "they are"}, place {beside.length === 1 ? "it" : "them"} by another
              line.
            </p>
          )}
          <section aria-label="the patch">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
            <pre id="what-if-diff" tabIndex={0}>
              <Lines diff={diff} />
            </pre>
          </section>
        </>
      )}
      {words.map(({ file, words: sentences }) => (
        <div key={file}>
          <p>
            What to write in <code>{file}</code> cannot be told for certain{diff === "" ? "" : ", as far as it is this"}:
          </p>
          <ul>
            {sentences.map((one) => (
              <li key={one}>
                <code>{one}</code>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
