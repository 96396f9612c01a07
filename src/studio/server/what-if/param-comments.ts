/** What the comments of a stage's source say of its parameters: its Schema says what may be given, and the comment above a field what that means. */
import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { FRAMEWORK_PACKAGE, frameworkFolder, nearestWith } from "../../../engine/code/package-folder.ts"
import type { Study } from "../../../engine/study.ts"
import type { Form, FormField } from "../../messages/form.ts"

const COMMENT = String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*\n`
/** The beginnings of what stands at the top of a module, with the comment above it. */
const TOP = new RegExp(String.raw`(?:${COMMENT})?^(?:export )?(?:const|let|function|class|interface|type) (\w+)`, "gm")
const FIELD = new RegExp(String.raw`(?:${COMMENT})?^( +)(\w+): `, "gm")

const plain = (comment: string): string =>
  comment
    .replace(/^\s*\*? ?/gm, "")
    .replace(/\s+/g, " ")
    .trim()

/** A field of a declaration that a stage reaches. */
interface Placed {
  readonly comment: string | undefined
  readonly depth: number
}

/** The comments of fields in the text of one declaration; one that has a single field may have the comment above itself. */
const fieldsIn = (text: string, above: string | undefined): ReadonlyMap<string, ReadonlyArray<Placed>> => {
  const all = [...text.matchAll(FIELD)].map(([, comment, indent = "", name = ""]) => ({ name, comment, depth: indent.length }))
  const outer = all.filter(({ depth }) => depth === 2)
  const placed = all.map(({ comment, depth, name }) => {
    const told = comment ?? (outer.length === 1 && depth === 2 ? above : undefined)
    return { name, comment: told === undefined ? undefined : plain(told), depth }
  })
  return Map.groupBy(placed, ({ name }) => name)
}

/** Where a file is that messages call so. */
const pathOf = (study: Study, file: string): string => {
  if (file.startsWith(`${FRAMEWORK_PACKAGE}/`)) return join(frameworkFolder(), file.slice(FRAMEWORK_PACKAGE.length + 1))
  return resolve(nearestWith("package.json", study.directory) ?? study.directory, file)
}

/** The comments above the fields of a stage's parameters, in the declarations that it reaches. */
const commentsOf = (study: Study, stage: string): ReadonlyMap<string, ReadonlyArray<Placed>> => {
  const found = new Map<string, Array<Placed>>()
  const byFile = Map.groupBy(study.declarations(stage), ({ file }) => file)
  for (const [file, parts] of byFile) {
    let text: string
    try {
      text = readFileSync(pathOf(study, file), "utf8")
    } catch {
      continue
    }
    const tops = [...text.matchAll(TOP)].map((match) => ({ name: match[2]!, above: match[1], start: match.index + match[0].length, from: match.index }))
    for (const [i, { above, name, start }] of tops.entries()) {
      if (!parts.some(({ declaration }) => declaration === name)) continue
      for (const [field, comments] of fieldsIn(text.slice(start, tops[i + 1]?.from), above)) found.set(field, [...(found.get(field) ?? []), ...comments])
    }
  }
  return found
}

/** The comment that is meant: for a field that stands outside, that of those which stand furthest out; for one inside of another, that of the only field which is called so. */
const theOne = (placed: ReadonlyArray<Placed> | undefined, outside: boolean): string | undefined => {
  if (placed === undefined || (!outside && placed.length > 1)) return undefined
  const commented = placed.filter(({ comment }) => comment !== undefined)
  const least = Math.min(...commented.map(({ depth }) => depth))
  const distinct = new Set(commented.flatMap(({ comment, depth }) => (depth === least ? [comment] : [])))
  return distinct.size === 1 ? [...distinct][0] : undefined
}

const described = (form: Form, comments: ReadonlyMap<string, ReadonlyArray<Placed>>, outside: boolean): Form => {
  switch (form.kind) {
    case "struct":
      return {
        ...form,
        fields: form.fields.map((field): FormField => {
          const comment = field.about ?? theOne(comments.get(field.name), outside)
          return { ...field, ...(comment === undefined ? {} : { about: comment }), form: described(field.form, comments, false) }
        })
      }
    case "list":
      return { ...form, item: described(form.item, comments, false) }
    case "record":
      return { ...form, value: described(form.value, comments, false) }
    case "union":
      return { ...form, options: form.options.map((option) => ({ ...option, form: described(option.form, comments, false) })) }
    default:
      return form
  }
}

/** A form of a stage's parameters, with what the source says of those of which the Schema says nothing. */
export const withComments = (form: Form, study: Study, stage: string): Form => described(form, commentsOf(study, stage), true)
