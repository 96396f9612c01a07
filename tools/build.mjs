// Builds dist/: the command line, the worker's entry, the estimators for other programs, and the one Effect and framework that bundles of studies share with them.
import { copyFileSync, rmSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
rmSync(path.join(root, "dist"), { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: {
    cli: "src/cli/cli.ts",
    worker: "src/engine/worker.ts",
    "studio-thread": "src/studio/server/answering-thread.ts",
    "studio-sql": "src/studio/server/sql/sql-process.ts",
    capsule: "src/engine/capsule/run.ts",
    effect: "tools/effect-entry.ts",
    framework: "src/sediment.ts",
    econometrics: "src/econometrics.ts"
  },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  minifySyntax: true,
  minifyWhitespace: true,
  // The command line looks into files as the stage ingest does, which takes the framework by its package's name.
  alias: { "@sediment/sediment": path.join(root, "src/sediment.ts") },
  // Heavy packages stay outside and are imported where they are used, so that asking for a status loads none of them.
  external: [
    "esbuild",
    "acorn",
    "@observablehq/plot",
    "linkedom",
    "@dagrejs/dagre",
    "hyparquet",
    "hyparquet-writer",
    "docx",
    "write-excel-file",
    "pg",
    "bullmq",
    "ioredis",
    "@duckdb/node-api",
    "fflate",
    "saxes",
    "@resvg/resvg-wasm"
  ],
  logLevel: "warning",
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' }
})

// The page of the studio: what a browser loads, of which nothing comes from anywhere else.
await build({
  absWorkingDir: root,
  entryPoints: { page: "src/studio/page/main.tsx", "layout-worker": "src/studio/page/graph/layout-worker.ts" },
  outdir: "dist/studio",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "browser",
  target: ["chrome111", "firefox114", "safari16.4"],
  minify: true,
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "warning"
})
for (const file of ["index.html", "mark.svg"]) copyFileSync(path.join(root, "src/studio/page", file), path.join(root, "dist/studio", file))
