import { estimatesStudy } from "../../cli/estimates-study.ts"
import { StudyFolder } from "../../cli/study-folder.ts"

/** A study with estimates that was edited and run several times: a cell of the data, a parameter, code, a cell that makes a model fail and its correction, and a branch. */
export class EditedStudy extends StudyFolder {
  readonly runs: Readonly<Record<"first" | "data" | "parameter" | "code" | "failed" | "mended" | "branch", string>>

  constructor() {
    super(estimatesStudy)
    const first = this.run().run
    this.edit("data/panel.csv", "Shanxi,4.9,5,3", "Shanxi,5.9,5,3")
    const data = this.run().run
    this.edit("settings.yaml", "by: 1", "by: 2")
    const parameter = this.run().run
    // What neither estimate's value shows: the p value alone.
    this.edit("stages/slope.ts", "** 2) / 2)", "** 2) / 2.5)")
    const code = this.run().run
    this.write(
      "data/panel.csv",
      this.read("data/panel.csv").replace(/,[^,\n]*$/gm, (cell) => (cell === ",z" ? cell : ",7"))
    )
    const failed = this.run("--keep-going").run
    this.write("data/panel.csv", estimatesStudy["data/panel.csv"]!.replace("Shanxi,4.9,5,3", "Shanxi,5.9,5,3"))
    const mended = this.run().run
    const branch = this.run("--set", "scaled.by=4", "--as", "quadrupled").run
    this.runs = { first, data, parameter, code, failed, mended, branch }
  }
}
