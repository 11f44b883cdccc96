import { DomainError } from '../core/errors/domain-error.js';

const MOMENT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/**
 * A moment as the Manager interface writes it, `YYYY-MM-DD HH:MM:SS`, in UTC.
 *
 * @throws DomainError `value-out-of-range` for anything else, and for days that no month has
 */
export function readMoment(parameter: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const iso = `${text.replace(' ', 'T')}.000Z`;
  const moment = new Date(iso);
  if (!MOMENT.test(text) || Number.isNaN(moment.getTime()) || moment.toISOString() !== iso) {
    throw new DomainError('value-out-of-range', { params: { parameter } });
  }
  return moment;
}
