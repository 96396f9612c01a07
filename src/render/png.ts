import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { initWasm, Resvg } from "@resvg/resvg-wasm"
import { hasCjk } from "./cjk.ts"
import { darkened } from "./svg.ts"

const installed = createRequire(import.meta.url)

// Arimo has the metrics of Helvetica, by which our pictures are laid out; it comes with Sediment, so that a picture is the same on every machine, fonts or none.
const latin = [
  "400Regular/Arimo_400Regular.ttf",
  "600SemiBold/Arimo_600SemiBold.ttf",
  "700Bold/Arimo_700Bold.ttf",
  "400Regular_Italic/Arimo_400Regular_Italic.ttf"
]

// Chinese, Japanese and Korean letters are too many to bring along: the machine's own are taken, the first of these that it has.
const cjk = [
  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
  "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
  "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
  "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
  "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
  "/usr/share/fonts/truetype/arphic/uming.ttc",
  "/System/Library/Fonts/PingFang.ttc",
  "/System/Library/Fonts/STHeiti Medium.ttc",
  "C:\\Windows\\Fonts\\msyh.ttc",
  "C:\\Windows\\Fonts\\simsun.ttc"
]

let ready: Promise<void> | undefined
let fonts: ReadonlyArray<Uint8Array> | undefined

export interface Png {
  readonly bytes: Uint8Array
  /** In pixels. */
  readonly width: number
  readonly height: number
  /** Whether it has Chinese, Japanese or Korean text that this machine has no font for: it is blank there. */
  readonly blankText: boolean
}

/** Resolution that journals ask for, and the width of one of their columns and of a page, in millimetres. */
const dotsPerInch = 300
export const columnWidth = 85
export const pageWidth = 170

/**
 * An SVG of ours as PNG on white (or as on a dark page), `millimetres` wide at 300 dots an inch (by default as many pixels as that gives for a page). Drawn by resvg, without a browser; the same
 * bytes everywhere for the same picture without Chinese text.
 */
export const pngOf = async (svg: string, millimetres = pageWidth, theme: "light" | "dark" = "light"): Promise<Png> => {
  ready ??= initWasm(readFileSync(installed.resolve("@resvg/resvg-wasm/index_bg.wasm")))
  await ready
  fonts ??= latin.map((file) => readFileSync(installed.resolve(`@expo-google-fonts/arimo/${file}`)))
  const asian = hasCjk(svg) ? cjk.find((file) => existsSync(file)) : undefined
  const drawn = new Resvg(theme === "dark" ? darkened(svg) : svg, {
    fitTo: { mode: "width", value: Math.round((millimetres / 25.4) * dotsPerInch) },
    background: "#ffffff",
    font: {
      fontBuffers: [...fonts, ...(asian === undefined ? [] : [readFileSync(asian)])],
      defaultFontFamily: "Arimo",
      sansSerifFamily: "Arimo"
    }
  }).render()
  const png = { bytes: drawn.asPng(), width: drawn.width, height: drawn.height, blankText: hasCjk(svg) && asian === undefined }
  drawn.free()
  return png
}
