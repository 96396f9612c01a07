/** What a command sees of the machine's environment. */
import { variableOf } from "../../dag/command.ts"

/** Without these no process of Windows starts. */
const OF_WINDOWS = ["SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "ProgramData", "ProgramFiles"]
const PASSED_ON: ReadonlyArray<string> = ["PATH", "HOME", ...(process.platform === "win32" ? OF_WINDOWS : [])]

const given = (name: string): Readonly<Record<string, string>> => {
  const value = process.env[name]
  return value === undefined ? {} : { [name]: value }
}

/** Where programs are found and whose they are, a language and a time zone that are the same everywhere, and the declared variables. */
export const environmentOf = (declared: ReadonlyArray<string>): Readonly<Record<string, string>> => {
  const own = declared.map(variableOf).map(({ name, value }) => (value === undefined ? given(name) : { [name]: value }))
  return Object.assign({}, ...PASSED_ON.map(given), { LANG: "C.UTF-8", TZ: "UTC" }, ...own)
}

/** What is recorded of a variable that is passed on; one that is not set is told apart from an empty one. */
export const variableToday = (name: string): string => JSON.stringify(process.env[name] ?? null)
