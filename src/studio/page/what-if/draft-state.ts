/** What somebody is about to change, by study: kept for as long as the page's tab is open, also where it is loaded anew. */
import { signal } from "@preact/signals"
import { Schema } from "effect"
import { JsonValue } from "../../messages/form.ts"
import type { Draft } from "../../messages/what-if.ts"

const ParamsDraft = Schema.Struct({ all: Schema.Boolean, params: JsonValue })
const DataDraft = Schema.Struct({ file: Schema.NullOr(Schema.String), value: Schema.optionalKey(JsonValue), text: Schema.optionalKey(Schema.String) })
export type DataDraft = typeof DataDraft.Type
const Drafts = Schema.Record(
  Schema.String,
  Schema.Struct({
    params: Schema.Record(Schema.String, ParamsDraft),
    data: Schema.Record(Schema.String, DataDraft),
    /** What the branch is to be called; else as it is proposed. */
    name: Schema.NullOr(Schema.String),
    /** The name of the branch that is being changed, which is put in its own place. */
    changes: Schema.NullOr(Schema.String)
  })
)
type Drafts = typeof Drafts.Type
export type StudyDraft = Drafts[string]

const KEY = "sediment-studio-what-if"
const EMPTY: StudyDraft = { params: {}, data: {}, name: null, changes: null }

const stored = (): Drafts => {
  try {
    return Schema.decodeUnknownSync(Drafts)(JSON.parse(sessionStorage.getItem(KEY) ?? "{}"))
  } catch {
    // Of another version of the page.
    return {}
  }
}
const drafts = signal<Drafts>(stored())

export const draftOf = (study: string): StudyDraft => drafts.value[study] ?? EMPTY

const keep = (study: string, draft: StudyDraft): void => {
  drafts.value = { ...drafts.peek(), [study]: draft }
  try {
    sessionStorage.setItem(KEY, JSON.stringify(drafts.peek()))
  } catch {
    // It is there until the page is left.
  }
}

const without = <V>(record: Readonly<Record<string, V>>, name: string): Readonly<Record<string, V>> =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== name))

/** Gives a node other parameters; undefined: those that the study has. */
export const draftParams = (study: string, node: string, params: typeof ParamsDraft.Type | undefined): void => {
  const { params: before, ...rest } = draftOf(study)
  keep(study, { ...rest, params: params === undefined ? without(before, node) : { ...before, [node]: params } })
}

/** Puts something in the place of a data file; undefined: what the study has. */
export const draftData = (study: string, name: string, data: DataDraft | undefined): void => {
  const { data: before, ...rest } = draftOf(study)
  keep(study, { ...rest, data: data === undefined ? without(before, name) : { ...before, [name]: data } })
}

/** It is kept as a branch: from here on it is called as that, and what is changed of it is another one. */
export const draftKept = (study: string): void => keep(study, { ...draftOf(study), name: null, changes: null })

export const draftName = (study: string, name: string | null): void => keep(study, { ...draftOf(study), name })

/** Takes up a draft as the server tells it, in the place of whatever was being changed. */
export const takeUpDraft = (study: string, name: string, { data, params }: Draft): void =>
  keep(study, {
    name,
    changes: name,
    params: Object.fromEntries(params.map(({ node, ...one }) => [node, one])),
    data: Object.fromEntries(data.map(({ name: file, ...one }) => [file, one]))
  })

export const forgetDraft = (study: string): void => keep(study, EMPTY)

export const isEmpty = ({ data, params }: StudyDraft): boolean => Object.keys(data).length + Object.keys(params).length === 0

/** As the server is asked about it. */
export const draftMessage = ({ data, params }: StudyDraft): Draft => ({
  params: Object.entries(params).map(([node, one]) => ({ node, ...one })),
  data: Object.entries(data).map(([name, one]) => ({ name, ...one }))
})
