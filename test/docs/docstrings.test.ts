import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"
import { root } from "./blocks.ts"

/** The names that a face exports, each with the text of the file that has it. */
const exportsOf = (face: string): ReadonlyArray<readonly [name: string, text: string]> =>
  [...readFileSync(join(root, face), "utf8").matchAll(/^export (type )?\{([^}]*)\} from "([^"]*)"/gm)].flatMap(([, , names, file]) => {
    const text = readFileSync(join(root, dirname(face), file!), "utf8")
    return names!
      .split(",")
      .map((name) => name.replace(/\btype\b|\s/g, ""))
      .filter((name) => name !== "")
      .map((name) => [name, text] as const)
  })

/** A declaration of a name follows a docstring, with nothing but a word to the linter between. */
const isTold = ([name, text]: readonly [string, string]): boolean => {
  const declarations = [...text.matchAll(new RegExp(`^export (?:declare )?(?:const|function|interface|type|class) ${name}\\b`, "gm"))]
  return declarations.some(({ index }) => /\*\/\n(?:\/\/ biome-ignore .*\n)?$/.test(text.slice(0, index)))
}

it("what a study imports, and every function of the estimators, has a docstring", () => {
  const framework = exportsOf("src/sediment.ts")
  const functions = exportsOf("src/econometrics.ts").filter(([name]) => /^[a-z]/.test(name))
  expect([framework.length > 20, functions.length > 80]).toEqual([true, true])
  expect([...framework, ...functions].filter((one) => !isTold(one)).map(([name]) => name)).toEqual([])
})
