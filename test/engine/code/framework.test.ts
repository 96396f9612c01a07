import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { FRAMEWORK, frameworkIdentity } from "../../../src/engine/code/framework.ts"

it("the framework's identity names its constant and Effect's exact version", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../../node_modules/effect/package.json", import.meta.url), "utf8"))
  expect(frameworkIdentity()).toBe(`sediment ${FRAMEWORK}, effect ${version}`)
})
