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

export type SignKind = 'done' | 'unlinked' | 'notice' | 'pause';

const SHAPES: Readonly<Record<SignKind, string>> = {
  done: 'm7 12.5 3.5 3.5L17.5 9',
  unlinked: 'M10 8.5H8.5a3.5 3.5 0 0 0 0 7H10M14 8.5h1.5a3.5 3.5 0 0 1 0 7H14M12 7V5.5M12 18.5V17',
  notice: 'M12 7v6M12 16.5v.01',
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
