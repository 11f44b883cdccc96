import type { Finding } from '../../core/directory/directory.js';

/** A finding, or something that is not wrong and yet worth a thought. */
export interface Remark extends Finding {
  readonly warning?: true;
}

/** One part of `latchkey doctor`. It changes nothing and sends nothing. */
export interface Examination {
  /** What is looked at, for the case that looking itself fails. */
  readonly subject: string;
  readonly examine: () => Promise<Remark[]>;
}

/** The findings of one examination; one that fails is a finding too. */
export async function findings({ subject, examine }: Examination): Promise<Remark[]> {
  try {
    return await examine();
  } catch (error) {
    return [{ ok: false, subject, text: `could not be examined: ${reason(error)}.` }];
  }
}

export function good(subject: string, text: string): Finding {
  return { ok: true, subject, text };
}

/** Does not make the command fail. */
export function warning(subject: string, text: string): Remark {
  return { ok: true, warning: true, subject, text };
}

export function bad(subject: string, text: string): Finding {
  return { ok: false, subject, text };
}

/** What a failure says, without addresses and values: the code when there is one, else the kind of error. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  for (const source of [error, error.cause]) {
    const code = (source as { code?: unknown } | undefined)?.code;
    if (typeof code === 'string') return code;
  }
  return error.name;
}

/** One line of the report: `✓ subject: Sentence.`, with `✗` for what is wrong and `!` for what is worth a thought. */
export function line({ ok, warning, subject, text }: Remark): string {
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
  const sign = warning ? '!' : ok ? '✓' : '✗';
  return `${sign} ${subject}: ${sentence}`;
}
