import { parse as parseYaml } from "yaml"

/** The value in a data file's text: YAML for .yaml and .yml, JSON for .json. Throws with the parser's own position. */
export const parseDataFile = (path: string, text: string): unknown => {
  if (/\.ya?ml$/i.test(path)) return parseYaml(text)
  if (/\.json$/i.test(path)) return JSON.parse(text)
  throw new Error("a data file is .yaml, .yml or .json")
}
