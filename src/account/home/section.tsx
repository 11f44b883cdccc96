import type { ComponentChildren, JSX } from 'preact';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly children: ComponentChildren;
}

/** A part of the page, in a card of its own. */
export function Section({ id, title, lead, children }: SectionProps): JSX.Element {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{lead}</p>
      {children}
    </section>
  );
}

interface EntryProps {
  readonly title: string;
  /** A word on how it stands, beside the title. */
  readonly state?: string | undefined;
  /** Facts. */
  readonly children: ComponentChildren;
  /** What can be done with it. */
  readonly act?: ComponentChildren;
}

/** One thing of a list. */
export function Entry({ title, state, children, act }: EntryProps): JSX.Element {
  return (
    <li>
      <h3>
        {title}
        {state !== undefined && <span class="holding-state">{state}</span>}
      </h3>
      <dl class="holding-facts">{children}</dl>
      {act}
    </li>
  );
}
