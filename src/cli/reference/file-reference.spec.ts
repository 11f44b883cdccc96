import { expect, it } from 'vitest';
import { fileReference } from './file-reference.js';

const text = fileReference().join('\n\n');

it.each([
  '| `publicUrl` | an origin such as https://id.example.test: scheme, host and port only | required |',
  '### `mail`',
  '| `mail.profiles[].url` |',
  '| `domains[].users[].login` |',
  '| `domains[].directory` | text of 1 to 200 characters on one line | `"builtin"` |',
  '| `applications[].logonProcedure.steps[].authenticators` | a list of at least 1, each one of SPASS, OTP,',
  '| `directories[].kind` |',
])('the reference of the file has %s', (line) => {
  expect(text).toContain(line);
});

it('explains every key', () => {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
});
