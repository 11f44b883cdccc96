import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Access } from '../../../src/core/web/access.js';
import { declaredRoutes } from '../../support/declared-routes.js';
import { TestApp } from '../../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

describe('the routes of the whole server', () => {
  let database: TestDatabase;
  let server: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    server = await TestApp.start({ database });
  });

  afterAll(async () => {
    await server.stop();
    await database.stop();
  });

  it('each say who may call them, and nobody joins the public ones by accident', () => {
    const routes = declaredRoutes(server.app).map(({ name, access }) => [name, inWords(access)]);
    expect(Object.fromEntries(routes)).toEqual({
      'AssetsController.asset': 'public',
      'HealthController.healthz': 'public',
      'HealthController.readyz': 'public',
      'JsonRpcController.call': 'PostOnlyGuard, ManagerGuard',
      'MailboxController.clear': 'LoopbackHostGuard',
      'MailboxController.list': 'LoopbackHostGuard',
      'MailboxPages.clear': 'LoopbackHostGuard',
      'MailboxPages.mail': 'LoopbackHostGuard',
      'MailboxPages.show': 'LoopbackHostGuard',
      'MailboxPages.style': 'LoopbackHostGuard',
      'MetricsController.scrape': 'public',
      'PasswordResetLinkPages.look': 'public',
      'PasswordResetLinkPages.open': 'public',
      'PasswordResetPasswordPages.ask': 'public',
      'PasswordResetPasswordPages.done': 'public',
      'PasswordResetPasswordPages.submit': 'public',
      'PasswordResetStepPages.askOldPassword': 'public',
      'PasswordResetStepPages.submitOldPassword': 'public',
      'RevocationListController.crl': 'public',
      'StartPageController.show': 'public',
    });
  });
});

function inWords(access: Access | undefined): string | undefined {
  return access?.kind === 'guarded' ? access.guards.join(', ') : access?.kind;
}
