import type { ComponentChildren } from "preact"

/** Names and what there is to say of each; a class gives them their places. */
export const Facts = ({ facts, ...list }: { readonly class?: string; readonly facts: ReadonlyArray<readonly [name: string, said: ComponentChildren]> }) => (
  <dl {...list}>
    {facts.map(([name, said]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{said}</dd>
      </div>
    ))}
  </dl>
)
