#!/usr/bin/env node
// `npx sediment …`: sets a clone up where that was not done, then runs the command line.
import { existsSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { root, setup } from "../tools/setup.mjs"

// An installed package comes built, without tools to build it.
if (existsSync(path.join(root, "package-lock.json"))) setup()
await import(pathToFileURL(path.join(root, "dist", "cli.mjs")).href)
