import { describe } from "vitest"
import { blocksOf } from "./blocks.ts"
import { Walk, walks } from "./walk.ts"

/** What Sediment puts into a command's folder. */
const handedOver = {
  "panel.csv": "entity,year,y,x\na,2000,1,2\na,2001,2,3\nb,2000,,1\nb,2001,5,5\n",
  "panel.columns.csv": "name,kind,unit,description\nentity,category,,\nyear,integer,year,\ny,number,,\nx,number,,\n",
  "params.csv": "parameter,value\ndependent,y\nregressors[0],x\n",
  "params.json": '{ "dependent": "y", "regressors": ["x"] }'
}

describe("the scripts of docs/external-stages.md, in a command's folder", () =>
  walks(
    blocksOf("docs/external-stages.md").filter(({ language }) => language === "r" || language === "python"),
    () => new Walk(handedOver)
  ))
