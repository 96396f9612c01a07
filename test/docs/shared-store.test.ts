import { describe } from "vitest"
import { blocksOf } from "./blocks.ts"
import { Walk, walks } from "./walk.ts"

describe("docs/shared-store.md, in a study that init began", () => walks(blocksOf("docs/shared-store.md"), Walk.begun))
