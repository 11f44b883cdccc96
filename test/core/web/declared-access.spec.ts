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
      'AppKeyPages.ask': 'public',
      'AppKeyPages.issue': 'public',
      'AppRootController.look': 'BanGuard',
      'AppRootController.own': 'BanGuard, IamSessionGuard',
      'AppRootPages.show': 'public',
      'AssetsController.asset': 'public',
      'AuthEnvelopeController.call': 'CalledMethodGuard, AgentGuard',
      'CertificatePages.ask': 'public',
      'CertificatePages.make': 'public',
      'CertificatePages.sign': 'public',
      'DemoCardPages.print': 'LoopbackHostGuard',
      'DemoCardPages.show': 'LoopbackHostGuard',
      'DeviceController.activate': 'public',
      'DeviceController.answer': 'public',
      'DeviceController.begin': 'public',
      'DeviceController.look': 'public',
      'DeviceController.nonce': 'public',
      'DeviceController.subscribe': 'public',
      'DevicePages.manifest': 'public',
      'DevicePages.show': 'public',
      'DevicePages.worker': 'public',
      'EmergencyCodePages.ask': 'public',
      'EmergencyCodePages.issue': 'public',
      'EnrolmentChoicePages.choose': 'public',
      'EnrolmentChoicePages.done': 'public',
      'EnrolmentChoicePages.finish': 'public',
      'EnrolmentLinkPages.look': 'public',
      'EnrolmentLinkPages.open': 'public',
      'EnrolmentLoginPages.ask': 'public',
      'EnrolmentLoginPages.submit': 'public',
      'FidoPages.ask': 'public',
      'FidoPages.begin': 'public',
      'FidoPages.finish': 'public',
      'GridCardPages.begin': 'public',
      'GridCardPages.print': 'public',
      'GridCardPages.prove': 'public',
      'GridCardPages.show': 'public',
      'GridGoPages.begin': 'public',
      'GridGoPages.fresh': 'public',
      'GridGoPages.prove': 'public',
      'GridGoPages.show': 'public',
      'HardwareTokenPages.ask': 'public',
      'HardwareTokenPages.claim': 'public',
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
      'NotMePages.freeze': 'public',
      'NotMePages.look': 'public',
      'OAuthTokenController.issue': 'OAuthClientGuard',
      'OtpListPages.begin': 'public',
      'OtpListPages.prove': 'public',
      'OtpListPages.show': 'public',
      'PasswordResetLinkPages.look': 'public',
      'PasswordResetLinkPages.open': 'public',
      'PasswordResetPasswordPages.ask': 'public',
      'PasswordResetPasswordPages.done': 'public',
      'PasswordResetPasswordPages.submit': 'public',
      'PasswordResetOldPasswordPages.askOldPassword': 'public',
      'PasswordResetSecondFactorPages.askSecondFactor': 'public',
      'PasswordResetSecondFactorPages.beginFido': 'public',
      'PasswordResetSecondFactorPages.beginQuestion': 'public',
      'PasswordResetSecondFactorPages.sendPasscode': 'public',
      'PasswordResetSecondFactorPages.submitAnswer': 'public',
      'PasswordResetSecondFactorPages.submitCertificate': 'public',
      'PasswordResetSecondFactorPages.submitCode': 'public',
      'PasswordResetSecondFactorPages.submitFido': 'public',
      'PasswordResetOldPasswordPages.submitOldPassword': 'public',
      'PinCodePages.ask': 'public',
      'PinCodePages.generate': 'public',
      'PinCodePages.submit': 'public',
      'PushPages.ask': 'public',
      'PushPages.begin': 'public',
      'PushPages.finish': 'public',
      'QuestionPages.ask': 'public',
      'QuestionPages.save': 'public',
      'RevocationListController.crl': 'public',
      'SshKeyPages.ask': 'public',
      'SshKeyPages.make': 'public',
      'SshKeyPages.paste': 'public',
      'StartPageController.show': 'public',
      'TokenPages.begin': 'public',
      'TokenPages.prove': 'public',
      'TokenPages.show': 'public',
      'YubikeyPages.begin': 'public',
      'YubikeyPages.fresh': 'public',
      'YubikeyPages.prove': 'public',
      'YubikeyPages.show': 'public',
      'DefaultsController.show': 'public',
      'DomainSettingsController.change': 'BanGuard, IamSessionGuard',
      'DomainSettingsController.list': 'BanGuard, IamSessionGuard',
      'DomainSettingsController.show': 'BanGuard, IamSessionGuard',
      'InvitesController.accept': 'BanGuard',
      'InvitesController.invite': 'BanGuard, IamSessionGuard',
      'PwdResetController.ask': 'BanGuard',
      'PwdResetController.confirm': 'BanGuard',
      'RecordsController.invites': 'BanGuard, IamSessionGuard',
      'RecordsController.pwdResets': 'BanGuard, IamSessionGuard',
      'RecordsController.selfRegistrations': 'BanGuard, IamSessionGuard',
      'SelfRegisterController.ask': 'BanGuard',
      'SelfRegisterController.confirm': 'BanGuard',
      'SessionsController.change': 'BanGuard, IamSessionGuard',
      'SessionsController.current': 'BanGuard, IamSessionGuard',
      'SessionsController.logIn': 'BanGuard',
      'SessionsController.logOut': 'BanGuard, IamSessionGuard',
      'UnknownPathController.refuse': 'public',
      'UsersController.change': 'BanGuard, IamSessionGuard',
      'UsersController.create': 'BanGuard, IamSessionGuard',
      'UsersController.list': 'BanGuard, IamSessionGuard',
      'UsersController.remove': 'BanGuard, IamSessionGuard',
      'UsersController.show': 'BanGuard, IamSessionGuard',
    });
  });
});

function inWords(access: Access | undefined): string | undefined {
  return access?.kind === 'guarded' ? access.guards.join(', ') : access?.kind;
}
