/** Before any test: unpacks the browser that npm brings, once, so that files that run beside each other find it whole. */
import type { TestProject } from "vitest/node"
import { type PackagedBrowser, unpackBrowser } from "./packaged-browser.ts"

declare module "vitest" {
  export interface ProvidedContext {
    readonly packagedBrowser: PackagedBrowser | undefined
  }
}

export default async ({ provide }: TestProject): Promise<void> => provide("packagedBrowser", await unpackBrowser())
