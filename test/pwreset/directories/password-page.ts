import type { SeenPage } from '../../support/browserless.js';

/** The rules that a password page shows, as a person reads them. */
export function rulesOn({ html }: SeenPage): string[] {
  const rules = /<div id="password-rules">([\s\S]*?)<\/div>/.exec(html)?.[1] ?? '';
  return [...rules.matchAll(/<li\b[^>]*>([\s\S]*?)<\/li>|<p class="rules-text">([\s\S]*?)<\/p>/g)].map(
    ([, rule, text]) => textOf(rule ?? text ?? ''),
  );
}

/** The sentence next to the field for the new password; undefined where there is none. */
export function refusalOn({ html }: SeenPage): string | undefined {
  const refusal = /<p class="field-error" id="password-error">([\s\S]*?)<\/p>/.exec(html)?.[1];
  return refusal === undefined ? undefined : textOf(refusal);
}

/** What the summary on top of the page says. */
export function summaryOn({ html }: SeenPage): string | undefined {
  const summary = /<div class="summary"[\s\S]*?<\/div>/.exec(html)?.[0];
  return summary === undefined ? undefined : textOf(summary);
}

function textOf(html: string): string {
  const plain = html.replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<[^>]*>/g, ' ');
  return plain.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();
}
