/** As much of an address as a help desk needs to say "look there": `j…e@example.test`, `+352…001`. */
export function maskedRecipient(address: string): string {
  const text = address.toWellFormed().replace(/\p{Cc}/gu, '\ufffd');
  const at = text.lastIndexOf('@');
  if (at > 0) return `${maskedMiddle(text.slice(0, at), 1, 1)}${text.slice(at)}`;
  return maskedMiddle(text, 4, 3);
}

/** Keeps the ends; what is too short to hide anything is hidden whole. */
function maskedMiddle(text: string, head: number, tail: number): string {
  const characters = Array.from(text);
  if (characters.length < head + tail + 2) return '…';
  return `${characters.slice(0, head).join('')}…${characters.slice(-tail).join('')}`;
}
