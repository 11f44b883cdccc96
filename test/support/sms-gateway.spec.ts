import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestSmsGateway } from './sms-gateway.js';

describe('the test SMS gateway', () => {
  let gateway: TestSmsGateway;
  beforeEach(async () => {
    gateway = await TestSmsGateway.start();
  });
  afterEach(() => gateway.stop());

  const send = async (): Promise<Response> =>
    fetch(gateway.url, { method: 'POST', body: JSON.stringify({ to: '+352621', text: 'hello' }) });

  it('keeps what it accepts', async () => {
    expect((await send()).status).toBe(202);
    expect(gateway.accepted.last).toMatchObject({ method: 'POST', path: '/send', to: '+352621', text: 'hello' });
  });

  it('refuses with any status', async () => {
    gateway.refuse(400);
    expect((await send()).status).toBe(400);
    gateway.refuse(503);
    expect((await send()).status).toBe(503);
    expect(gateway.accepted.all).toHaveLength(0);
    expect(gateway.requests.all).toHaveLength(2);
  });

  it('answers late when told to', async () => {
    gateway.stall();
    const answer = send();
    await gateway.requests.untilCount(1);
    expect(gateway.accepted.all).toHaveLength(0);
    gateway.answerLate();
    expect((await answer).status).toBe(202);
    expect(gateway.accepted.all).toHaveLength(1);
  });
});
