import { describe } from "vitest"
import { blocksOf } from "./blocks.ts"
import { Walk, walks } from "./walk.ts"

describe("docs/tutorial.md, followed word by word", () => walks(blocksOf("docs/tutorial.md"), () => new Walk({}, "sediment")))
