import type { ModerationModel } from "../../../src/econometrics/mediation/moderation.ts"
import { type PanelIndex, panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import { replicaStudy } from "../../data/replica-study.ts"
import { usStates } from "../produc.ts"

/** The mediations that R computed too: on the US states, and the study's own on the replica of China's provinces. */
export const mediationSamples = async (): Promise<
  Readonly<
    Record<
      "produc" | "china",
      { readonly index: PanelIndex; readonly model: Omit<ModerationModel, "index">; readonly term: string; readonly moderator: string }
    >
  >
> => {
  const states = usStates()
  const study = await replicaStudy()
  const variable = (name: string) => ({ name, values: study.modelled(name) })
  return {
    produc: {
      index: states.index,
      model: { outcome: states.lgsp, treatment: states.lpcap, mediator: states.lpc, moderator: states.unemp, controls: [states.lemp] },
      term: "lpcap",
      moderator: "unemp"
    },
    china: {
      index: panelIndex(study.entity, study.year),
      model: {
        outcome: variable("ami"),
        treatment: variable("coagglo"),
        mediator: variable("uic"),
        moderator: variable("mi"),
        controls: ["pdgp", "fdi", "hcl", "gov", "inv", "str", "inf"].map(variable)
      },
      term: "coagglo",
      moderator: "mi"
    }
  }
}

/** Standard deviation, divisor n - 1. */
export const deviation = (x: Float64Array): number => {
  const mean = x.reduce((sum, v) => sum + v / x.length, 0)
  return Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (x.length - 1))
}
