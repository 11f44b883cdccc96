const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;

/** One address as RFC 5321 section 4.1.2 has it, without quoting and without address literals. */
const ADDRESS =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;

/** Controls, line and paragraph separators, unassigned and private characters, invisible and direction marks. */
const NOT_PRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a text is one mail address that people are given here. */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && text.indexOf('@') <= LONGEST_LOCAL_PART && ADDRESS.test(text);
}

/** Whether a text can be read as it is, so that a name is what it looks like. */
export function isPrintable(text: string): boolean {
  return !NOT_PRINTABLE.test(text);
}
