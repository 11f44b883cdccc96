import type { ComponentChildren, JSX } from 'preact';
import { Card, type SignKind } from '../../../core/web/page/card.js';

interface ViewProps {
  readonly name: string;
  readonly eyebrow: string;
  readonly heading: string;
  readonly sign?: SignKind;
  readonly children: ComponentChildren;
}

/** One view of the page: a template, of which `app-root.js` shows a copy. */
export function View({ name, children, ...card }: ViewProps): JSX.Element {
  return (
    <template data-view={name}>
      <Card {...card}>{children}</Card>
    </template>
  );
}

/** A button that leads to another view. */
export function Way(props: { readonly to: string; readonly text: string }): JSX.Element {
  return (
    <a class="button" href={`#/${props.to}`}>
      {props.text}
    </a>
  );
}
