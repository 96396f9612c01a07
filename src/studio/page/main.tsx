import { render } from "preact"
import { follow } from "./live.ts"
import { Shell } from "./shell/shell.tsx"
import "./style/page.css"

follow()
render(<Shell />, document.getElementById("studio")!)
