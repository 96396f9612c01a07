import { afterAll, expect, it } from "vitest"
import { readDeclared as readAudit } from "../../src/audit/read-paper.ts"
import { readDeclared } from "../../src/replication/read-declared.ts"
import { TemporaryFolder } from "../temporary-folder.ts"
import { blocksOf } from "./blocks.ts"

const folder = new TemporaryFolder({ "data/produc.csv": "", "data/README.md": "" })
afterAll(() => folder.remove())
const yamlOf = (page: string) => blocksOf(page).find(({ language }) => language === "yaml")!.text

it("the audit file of docs/audit.md is one", () => {
  const read = readAudit("audit.yaml", yamlOf("docs/audit.md"))
  expect(Array.isArray(read) ? read : []).toEqual([])
})

it("the replication.yaml of docs/replication.md is one", () => {
  folder.write("replication.yaml", yamlOf("docs/replication.md"))
  expect(readDeclared(folder.path, ["data/produc.csv"], [])).toMatchObject({ isThere: true, declared: { doi: "10.1234/example" } })
})
