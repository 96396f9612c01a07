import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

export default defineConfig({
  // Tests read the framework's source; a study reads the built file.
  resolve: { alias: [{ find: /^@sediment\/sediment$/, replacement: fileURLToPath(new URL("./src/sediment.ts", import.meta.url)) }] },
  test: { include: ["test/**/*.test.ts"], setupFiles: ["./test/property-seed.ts"], testTimeout: 60_000, reporters: ["default", "./tools/closing-line.mjs"] }
})
