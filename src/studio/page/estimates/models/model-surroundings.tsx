import type { Model } from "../../../messages/estimates/models.ts"
import { addressOf } from "../../route.ts"
import { Facts } from "../../shell/facts.tsx"
import { moment } from "../../wording.ts"

const printedAddress = (study: string, { node, type }: Model["printedIn"][number]): string =>
  type === "PrintedTable" ? addressOf(study, "estimates", [node]) : addressOf(study, "node", [node])

/** What a model is made of, by which parameters, and where it is printed. */
export const ModelSurroundings = ({ model, study }: { readonly study: string; readonly model: Model }) => {
  const { inputs, madeIn, node, params, printedIn, stage } = model
  return (
    <div class="estimates-around">
      <section>
        <h3>Parameters</h3>
        <p>
          stage {stage} · <a href={addressOf(study, "what-if", [], { node })}>change one</a>
        </p>
        <Facts class="estimates-facts" facts={params.map(({ name, value }) => [name, <code key={name}>{value}</code>])} />
      </section>
      <section>
        <h3>Made of</h3>
        <ul>
          {inputs.map((input) => (
            <li key={input.input}>
              {input.input}: <a href={addressOf(study, "node", [input.node], input.output === "output" ? {} : { output: input.output })}>{input.node}</a>
            </li>
          ))}
        </ul>
        {madeIn === null ? null : (
          <p>
            in <a href={addressOf(study, "runs", [], { to: madeIn.run })}>run {madeIn.run}</a>, {moment(madeIn.at)}
          </p>
        )}
      </section>
      {printedIn.length === 0 ? null : (
        <section>
          <h3>Printed in</h3>
          <ul>
            {printedIn.map((one) => (
              <li key={one.node}>
                <a href={printedAddress(study, one)}>{one.title === "" ? one.node : one.title}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
