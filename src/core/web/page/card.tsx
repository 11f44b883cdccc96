import type { ComponentChildren, JSX } from 'preact';

interface Props {
  /** A short line above the heading that says where the person is. */
  readonly eyebrow?: string;
  readonly heading: string;
  readonly sign?: SignKind;
  readonly children: ComponentChildren;
}

/** The one card of a page, with its main heading. */
export function Card({ eyebrow, heading, sign, children }: Props): JSX.Element {
  return (
    <div class="card">
      {sign && <Sign kind={sign} />}
      {eyebrow && <p class="eyebrow">{eyebrow}</p>}
      <h1>{heading}</h1>
      {children}
    </div>
  );
}

export type SignKind = 'done' | 'ended' | 'pause';

const SHAPES: Readonly<Record<SignKind, string>> = {
  done: 'm7 12.5 3.5 3.5L17.5 9',
  ended: 'M8.5 15.5l7-7M8.5 8.5l7 7',
  pause: 'M12 7v5.5l3.5 2',
};

/** A picture of how things stand. It says nothing that the heading does not say. */
function Sign({ kind }: { readonly kind: SignKind }): JSX.Element {
  return (
    <svg class={`sign sign-${kind}`} viewBox="0 0 24 24" width="56" height="56" aria-hidden="true" focusable="false">
      <circle class="sign-ground" cx="12" cy="12" r="12" />
      <path class="sign-stroke" d={SHAPES[kind]} />
    </svg>
  );
}
