import type { Setting } from "../../messages/what-if.ts"
import { isList, type Value, valueText } from "./form/form-value.ts"

const parsed = (json: string | null): Value => (json === null ? undefined : JSON.parse(json))

/** What became of a list whose elements are told apart by what they are, in words; undefined where that is not all. */
const ofList = (before: Value, after: Value): string | undefined => {
  if (!isList(before) || !isList(after)) return undefined
  const [was, is] = [before, after].map((list) => list.map((one) => JSON.stringify(one)))
  if (was === undefined || is === undefined || new Set(was).size < was.length || new Set(is).size < is.length) return undefined
  const [gone, came] = [was.filter((one) => !is.includes(one)), is.filter((one) => !was.includes(one))]
  const stay = (list: ReadonlyArray<string>, others: ReadonlyArray<string>) => list.filter((one) => others.includes(one)).join()
  if (gone.length === was.length || stay(was, is) !== stay(is, was)) return undefined
  const words = (word: string, list: ReadonlyArray<string>) =>
    list.length === 0 ? [] : [`${word} ${list.map((one) => valueText(JSON.parse(one))).join(", ")}`]
  return [...words("without", gone), ...words("with", came)].join(", ")
}

/** What a setting does: `before` is what it was where that is worth telling, `after` what it is. Of a list what came and what went, which is most often little of it. */
export const settingText = ({ after, before }: Pick<Setting, "after" | "before">): { readonly before: string | undefined; readonly after: string } => {
  const list = ofList(parsed(before), parsed(after))
  if (list !== undefined) return { before: undefined, after: list }
  return { before: valueText(parsed(before)), after: after === null ? "left out" : valueText(parsed(after)) }
}
