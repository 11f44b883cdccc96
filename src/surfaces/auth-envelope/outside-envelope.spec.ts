import { expect, it } from 'vitest';
import { outsideEnvelope } from './outside-envelope.js';

it.each(['/auth', '/auth/', '/auth/%E0', '/das5/rest/auth/verify?x', '/das5?x'])('has an envelope for %s', (url) => {
  expect(JSON.parse(outsideEnvelope(url, 503) ?? '')).toMatchObject({ error: 2, severity: 'ERROR' });
  expect(JSON.parse(outsideEnvelope(url, 400) ?? '')).toMatchObject({ error: 100 });
});

it.each(['/', '/authentic', '/das55', '/manag/', '/x/auth/'])('has none for %s', (url) => {
  expect(outsideEnvelope(url, 503)).toBeUndefined();
});
