import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { StudyFolder } from "./study-folder.ts"

const cells = (p: string) => `table,column,term,kind,value\n1,1,test,statistic,3.753\n1,1,test,p_value,${p}\n`

describe("sediment audit", () => {
  let folder: StudyFolder
  beforeEach(() => {
    folder = new StudyFolder({
      "paper/audit.yaml": 'paper: A paper\ncells: [table.csv]\ntests: [{ cell: 1.1 test, against: ["chi2(1)"] }]\n',
      "paper/table.csv": cells("0.053")
    })
  })
  afterEach(() => folder.remove())

  it("tells what holds and ends with 0, and what contradicts with its arithmetic and ends with 1; the numbers stand beside the audit file", () => {
    const good = folder.sediment("audit", "paper/audit.yaml")
    expect(good).toMatchObject({ code: 0, err: "" })
    expect(good.out).toMatch(/2 printed numbers; 0 contradictions, 0 doubts, 1 check that holds/)
    expect(good.out).not.toContain("\u001b")
    folder.write("paper/table.csv", cells("0.005"))
    const bad = folder.sediment("audit", "paper/audit.yaml")
    expect(bad.code).toBe(1)
    expect(bad.err).toBe("")
    expect(bad.out).toMatch(/✗ p-value: 1\.1 test .*\n {4}1\.1 test statistic = 3\.753, .*\n.* {4}chi2\(1\) gives p in \[0\.0526\d*, 0\.0527\d*\]/)
  })

  it("prints one document with --json", () => {
    folder.write("paper/table.csv", cells("0.005"))
    const { code, out } = folder.sediment("audit", "paper/audit.yaml", "--json")
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      ok: false,
      papers: [
        {
          file: "paper/audit.yaml",
          paper: "A paper",
          counts: { contradiction: 1, doubt: 0, holds: 0 },
          finds: [{ check: "p-value", verdict: "contradiction", where: ["1.1 test"] }]
        }
      ]
    })
  })

  it("tells all that is wrong with its files, and ends with 2", () => {
    folder.write("paper/table.csv", cells("0,053").replace("3.753", "abc"))
    const wrong = folder.sediment("audit", "paper/audit.yaml", "nothing.yaml")
    expect(wrong.code).toBe(2)
    expect(wrong.out).toBe("")
    expect(wrong.err).toMatch(/paper\/table\.csv, row 2, column value: "abc"/)
    expect(wrong.err).toMatch(/paper\/table\.csv, row 3: 6 cells, and the header has 5/)
    expect(wrong.err).toMatch(/nothing\.yaml: there is no such file/)
    expect(folder.sediment("audit").code).toBe(2)
    const json = folder.sediment("audit", "nothing.yaml", "--json")
    expect(JSON.parse(json.out)).toMatchObject({ version: 1, ok: false, errors: [{ code: "unreadable", where: { file: "nothing.yaml" } }] })
  })
})
