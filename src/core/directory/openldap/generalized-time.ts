const FORM = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(?:[.,](\d+))?Z$/;

/**
 * A GeneralizedTime in UTC (RFC 4517 section 3.3.13), as OpenLDAP writes it; undefined for anything else, and for the
 * year 0, which stands for no time at all.
 */
export function generalizedTime(text: string | undefined): Date | undefined {
  const parts = FORM.exec(text ?? '');
  if (!parts || parts[1] === '0000') return undefined;
  const [, year, month, day, hour, minute = '00', second = '00', fraction = '0'] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
