import type { ComponentChildren } from 'preact';
import type { Page } from './page.js';
import { Card, type SignKind } from './card.js';

interface Message {
  readonly status: number;
  readonly title: string;
  /** Paragraphs. */
  readonly texts: readonly string[];
  readonly sign?: SignKind;
  readonly organisation?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What can be done, below the text. */
  readonly children?: ComponentChildren;
}

/** A page that only says something. */
export function messagePage({ status, title, texts, sign, organisation, headers, children }: Message): Page {
  return {
    status,
    title,
    ...(organisation && { organisation }),
    ...(headers && { headers }),
    body: (
      <Card heading={title} {...(sign && { sign })}>
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {children}
      </Card>
    ),
  };
}
