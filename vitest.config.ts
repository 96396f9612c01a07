import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

/** Folders whose tests compute and look at what comes out. They leave nothing behind in their thread, so they share one load of what they import. */
const pure = ["artifact", "dag", "data", "econometrics", "linalg", "preview", "render", "report", "stages", "stats", "tabular"].map(
  (folder) => `test/${folder}/**/*.test.ts`
)

export default defineConfig({
  // Tests read the framework's source; a study reads the built file.
  resolve: { alias: [{ find: /^@sediment\/sediment$/, replacement: fileURLToPath(new URL("./src/sediment.ts", import.meta.url)) }] },
  test: {
    setupFiles: ["./test/property-seed.ts"],
    globalSetup: ["./test/studio/browser-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest leaves a core to itself where nothing says otherwise. These tests wait for processes and browsers as often as they compute: on two cores one worker idles.
    maxWorkers: "100%",
    reporters: ["default", "./tools/closing-line.mjs"],
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      { extends: true, test: { name: "engine", include: ["test/**/*.test.ts"], exclude: pure } }
    ]
  }
})
