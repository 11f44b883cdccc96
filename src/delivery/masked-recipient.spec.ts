import { expect, it } from 'vitest';
import { maskedRecipient } from './masked-recipient.js';

it.each([
  ['jane.doe@example.test', 'j…e@example.test'],
  ['jo@example.test', '…@example.test'],
  ['+35226000001', '+352…001'],
  ['112', '…'],
  ['"a@b"@example.test', '"…"@example.test'],
  ['\u{1f600}\u{1f600}\u{1f600}\u{1f600}@example.test', '\u{1f600}…\u{1f600}@example.test'],
  ['jane\0\ud800@example.test', 'j…\ufffd@example.test'],
  ['', '…'],
])('shows %j as %j', (address, masked) => {
  expect(maskedRecipient(address)).toBe(masked);
});
