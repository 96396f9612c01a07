import { execSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { category, flag, integer, nullable, number, text } from "../../../src/artifact/column.ts"
import { toStoredTable } from "../../../src/artifact/output.ts"
import { type AnyTable, openTable, table } from "../../../src/artifact/table-type.ts"
import { writeArrow } from "../../../src/artifact/write.ts"
import type { StageFailure } from "../../../src/dag/stage.ts"
import { readBack } from "../../../src/engine/command/read-back.ts"
import { parquetFile } from "../../../src/render/artifact/parquet-file.ts"
import { writeStata } from "../../../src/tabular/stata/write-stata.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"

const Estimates = table("Estimates", {
  term: text(),
  estimate: number(),
  p_value: nullable(number()),
  n: integer(),
  significant: flag(),
  group: nullable(category())
})
const Wide = openTable("Wide", { year: integer() }, nullable(number()))

let folder: TemporaryFolder
beforeEach(() => {
  folder = new TemporaryFolder({})
})
afterEach(() => folder.remove())

const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder.path, name), content)
const read = async (outputs: Readonly<Record<string, AnyTable>>) => {
  const out = (await readBack(folder.path, outputs, new Set(["params.json"]))) as Readonly<Record<string, Record<string, unknown>>>
  return Object.fromEntries(Object.entries(outputs).map(([name, type]) => [name, toStoredTable(type, out[name]!, [])]))
}
const values = (stored: ReturnType<typeof toStoredTable> | undefined) =>
  Object.fromEntries(
    stored!.columns.map(({ kind, name, valid, values: cells }) => [
      name,
      Array.from(cells as ArrayLike<unknown>, (cell, i) => (valid?.[i] === 0 ? null : kind === "flag" ? cell === 1 : cell))
    ])
  )
const faults = async (type: AnyTable, csv: string): Promise<ReadonlyArray<string>> => {
  write("output.csv", csv)
  const failure: StageFailure = await readBack(folder.path, { output: type }, new Set()).then(
    () => expect.fail("it was read"),
    (error) => error
  )
  return failure.faults.map(({ message }) => message)
}

describe("an output of a command", () => {
  const rows = {
    term: ['省, "x"', "NA"],
    estimate: [0.1, Number.NEGATIVE_INFINITY],
    p_value: [null, 1e-300],
    n: [3, -4],
    significant: [true, false],
    group: ["a", null]
  }

  it("is read as R writes CSV, and as Python does: NA and an empty cell are missing, NA in quotes is a text", async () => {
    write("output.csv", '"term","estimate","p_value","n","significant","group"\r\n"省, ""x""",0.1,NA,3,TRUE,"a"\r\n"NA",-Inf,1e-300,-4,FALSE,NA\r\n')
    expect(values((await read({ output: Estimates }))["output"])).toEqual(rows)
    write("output.csv", 'p_value,term,group,estimate,n,significant\n,"省, ""x""",a,.1,3,True\n1D-300,"NA",,-infinity,-4,False\n')
    expect(values((await read({ output: Estimates }))["output"])).toEqual(rows)
  })

  it("is read as Arrow, Parquet and Stata", async () => {
    const stored = toStoredTable(
      Estimates,
      {
        term: rows.term,
        estimate: Float64Array.of(0.1, -2),
        p_value: Float64Array.of(Number.NaN, 1e-300),
        n: Int32Array.of(3, -4),
        significant: Uint8Array.of(1, 0),
        group: rows.group
      },
      []
    )
    const expected = { ...rows, estimate: [0.1, -2] }
    write("a.arrow", writeArrow(stored))
    write("p.parquet", await parquetFile(stored))
    const found = await read({ a: Estimates, p: Estimates })
    expect(values(found["a"])).toEqual(expected)
    expect(values(found["p"])).toEqual(expected)
    const Numbers = table("Numbers", { x: nullable(number()), n: integer(), t: text() })
    const small = toStoredTable(Numbers, { x: Float64Array.of(1.5, Number.NaN), n: Int32Array.of(1, 2), t: ["a", "é"] }, [])
    write("s.dta", Buffer.concat([...writeStata(small).pieces]))
    expect(values((await read({ s: Numbers }))["s"])).toEqual({ x: [1.5, null], n: [1, 2], t: ["a", "é"] })
  })

  it("may have further columns where its type is open, and what tells of its cells beside them", async () => {
    write("output.csv", "year,b,a,a__filled,a__source\n2003,1,,false,\n2004,2,0.5,true,a file\n")
    expect(values((await read({ output: Wide }))["output"])).toEqual({
      year: [2003, 2004],
      a: [null, 0.5],
      a__filled: [false, true],
      a__source: [null, "a file"],
      b: [1, 2]
    })
  })

  it("that is not of its type is told cell by cell, all that is wrong together, with lines of the file", async () => {
    expect(await faults(Estimates, 'term,estimate,p_value,n,significant,group\nx,high,0.1,1.5,yes,a\n"y",NaN,x,3000000000,1,b\nz,1,2,3,0,c,d\n')).toEqual([
      "output.csv: row 4: found 7 cells, expected 6, one for each column",
      'output.csv: row 2, column "estimate": found "high", expected a number',
      'output.csv: row 3, column "estimate": found "NaN", expected a number in every row',
      'output.csv: row 3, column "p_value": found "x", expected a number',
      'output.csv: row 2, column "n": found "1.5", expected a whole number below 2,147,483,648',
      'output.csv: row 3, column "n": found "3000000000", expected a whole number below 2,147,483,648',
      'output.csv: row 2, column "significant": found "yes", expected true or false'
    ])
    const [first, , last] = await faults(Wide, `year,x\n${"2003,a\n".repeat(50)}`).then((all) => [all[0], all[1], all.at(-1)])
    expect(first).toBe('output.csv: row 2, column "x": found "a", expected a number')
    expect(last).toBe("output: and 30 more of the like")
  })

  it("with other columns than its type has is told with both", async () => {
    expect(await faults(Estimates, "term,estimate,t,t\nx,1,2,3\n")).toEqual([
      'output.csv: the column "t" is there twice',
      'output.csv: found the column "t", which the type Estimates does not have; it has: term, estimate, p_value, n, significant, group',
      'output.csv: no column "p_value", "n", "significant", "group"; found: term, estimate, t, t; expected those of the type Estimates: term, estimate, p_value, n, significant, group'
    ])
    expect(await faults(Estimates, "")).toEqual([
      "output.csv: it is empty; expected the names of the columns of the type Estimates in its first line: term, estimate, p_value, n, significant, group"
    ])
  })

  it.skipIf(process.platform === "win32")("that is a pipe, a device, a folder or a broken link is told, and not waited for", async () => {
    for (const make of ["mkfifo", "ln -s /dev/zero", "mkdir", "ln -s nowhere"]) {
      folder.remove()
      folder = new TemporaryFolder({})
      execSync(`${make} output.csv`, { cwd: folder.path })
      await expect(read({ output: Wide }), make).rejects.toThrow(/output(\.csv)? (is no file: write the output output as one|cannot be read: ENOENT)/)
    }
  })

  it("that cannot be read, is not there, or is there twice, is told with what is", async () => {
    expect(await faults(Estimates, 'term\n"x\n')).toEqual([expect.stringMatching(/^output\.csv, line \d: not CSV: a quote opens and never closes$/)])
    folder.write("params.json", "{}")
    folder.remove()
    folder = new TemporaryFolder({ "params.json": "{}", "result.csv": "" })
    await expect(read({ output: Wide })).rejects.toThrow(
      "the command has not written its output output: expected output.csv, output.arrow, output.parquet or output.dta in its folder; it wrote result.csv"
    )
    write("output.arrow", "ARROW1")
    await expect(read({ output: Wide })).rejects.toThrow(/output\.arrow/)
    write("output.csv", "year\n")
    await expect(read({ output: Wide })).rejects.toThrow("the command has written its output output twice, as output.csv and output.arrow: write it once")
  })
})
