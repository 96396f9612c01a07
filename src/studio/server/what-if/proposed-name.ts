import { basename, extname } from "node:path"
import { type ParamEdit, writeParamEdit } from "../../../dag/param-edits.ts"
import type { Study } from "../../../engine/study.ts"
import { isSameBranch, type KeptBranch, keptName } from "../../../workspace/kept-branches.ts"
import type { ReadDraft } from "./read-draft.ts"

/** Letters of a name that nobody has thought of. */
const LONGEST = 32

const sayable = (text: string): string => text.replace(/[^\p{L}\p{N}=.,_~-]+/gu, "-").replace(/^-|-$/g, "")
/** Of a structure its kind, if it has one; a list is only named. */
const valueInShort = (text: string): string => {
  if (text === "") return "=default"
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== "object" || value === null) return `=${String(value)}`
    return "kind" in value ? `=${String(value.kind)}` : ""
  } catch {
    return `=${text}`
  }
}
const inShort = ({ path, value }: ParamEdit): string => `${path.findLast((step) => typeof step === "string") ?? "parameters"}${valueInShort(value)}`

/** What a draft is kept as: `--set` and `--with` as they are given. */
export const flagsOfDraft = ({ edits, replaced }: Pick<ReadDraft, "edits" | "replaced">): Pick<KeptBranch, "set" | "with"> => ({
  set: edits.map(writeParamEdit),
  with: [...replaced].map(([data, path]) => `${data}=${path}`)
})

/** The name of the branch that a draft is already, or else a short one, of what it sets; where another branch of the study has that, with a number. */
export const proposedName = (base: Study, draft: ReadDraft, all: ReadonlyArray<KeptBranch>): { readonly name: string; readonly made: string | null } => {
  const { edits, replaced, texts } = draft
  const kept = all.filter(({ study }) => study === base.graph.study)
  const made = kept.findLast((one) => isSameBranch(one, flagsOfDraft(draft)))
  if (made !== undefined) return { name: made.name, made: keptName(made) }
  const own = edits.slice(base.set.length)
  const files = [...replaced].filter(([name, path]) => base.replaced.get(name) !== path)
  const parts = [...files.map(([name, path]) => (texts.has(path) ? `${name}-edited` : basename(path, extname(path)))), ...own.map(inShort)].map(sayable)
  const whole = parts.join(",")
  const first = (parts[0] ?? "").slice(0, LONGEST)
  const name = whole.length <= LONGEST ? whole : parts.length === 1 ? first : `${first},and-${parts.length - 1}-more`
  const taken = new Set(kept.map((one) => one.name))
  let i = 1
  while (taken.has(i === 1 ? name : `${name}-${i}`)) i++
  return { name: i === 1 ? name : `${name}-${i}`, made: null }
}
