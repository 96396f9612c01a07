/** A Vitest reporter that ends a run with one plain line, `N passed, N failed`, for whoever reads only that. */
export default class ClosingLine {
  onTestRunEnd(modules, unhandled) {
    let passed = 0
    let failed = unhandled.length
    let skipped = 0
    for (const module of modules) {
      if (module.state() === "failed" && [...module.children.allTests()].every((test) => test.result().state !== "failed")) failed++
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === "passed") passed++
        else if (state === "failed") failed++
        else skipped++
      }
    }
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
  }
}
