import { mkdirSync, renameSync, symlinkSync } from "node:fs"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { folderIdentity, listFolder } from "../../src/engine/folder-listing.ts"
import { TemporaryFolder } from "../temporary-folder.ts"

let folder: TemporaryFolder
beforeEach(() => {
  folder = new TemporaryFolder({ "in/2004.csv": "4", "in/2003.csv": "3", "in/notes.txt": "n", "in/sub/2005.csv": "5", "out/2006.csv": "6" })
})
afterEach(() => folder.remove())
const list = (match: string) => listFolder(folder.at("in"), match)

describe("what lies in a folder", () => {
  it("is the files that fit, in the order of their paths", () => {
    expect(list("*.csv")?.files).toEqual(["2003.csv", "2004.csv"])
    expect(list("*")?.files).toEqual(["2003.csv", "2004.csv", "notes.txt"])
    expect(list("**/*.csv")).toEqual({ files: ["2003.csv", "2004.csv", "sub/2005.csv"], refused: [], lookedInto: ["", "sub"] })
    expect(listFolder(folder.at("nowhere"), "*")).toBeUndefined()
    expect(listFolder(folder.at("in/notes.txt"), "*")).toBeUndefined()
  })
  it("is no hidden file, no mark of an open one, and no folder that is called like a file", () => {
    folder.writeAll({ "in/.2007.csv": "", "in/~$2003.csv": "", "in/.~lock.2003.csv#": "", "in/Thumbs.db": "", "in/desktop.ini": "", "in/.hidden/2008.csv": "" })
    mkdirSync(folder.at("in/2009.csv"))
    expect(list("**")?.files).toEqual(["2003.csv", "2004.csv", "notes.txt", "sub/2005.csv"])
  })
  it("is a link to a file inside, and refuses one that leads out or nowhere", () => {
    symlinkSync("2003.csv", folder.at("in/2010.csv"))
    symlinkSync("../out/2006.csv", folder.at("in/2011.csv"))
    symlinkSync("gone.csv", folder.at("in/2012.csv"))
    symlinkSync("../out", folder.at("in/2013.csv"))
    symlinkSync(".", folder.at("in/round"))
    expect(list("**/*.csv")).toEqual({
      files: ["2003.csv", "2004.csv", "2010.csv", "sub/2005.csv"],
      refused: [
        { file: "2011.csv", link: "outside" },
        { file: "2012.csv", link: "broken" }
      ],
      lookedInto: ["", "sub"]
    })
  })
  it("may be reached by a link to the folder itself", () => {
    symlinkSync("in", folder.at("linked"))
    expect(listFolder(folder.at("linked"), "*.csv")?.files).toEqual(["2003.csv", "2004.csv"])
  })
  it("is known by names: one that is new, gone or renamed makes it another, an edit and a hidden file do not", () => {
    const before = folderIdentity(folder.at("in"))
    folder.writeAll({ "in/2003.csv": "other", "in/~$2003.csv": "" })
    expect(folderIdentity(folder.at("in"))).toBe(before)
    renameSync(folder.at("in/2003.csv"), folder.at("in/2002.csv"))
    expect(folderIdentity(folder.at("in"))).not.toBe(before)
    expect(folderIdentity(folder.at("nowhere"))).toBeUndefined()
  })
})
