import { Module } from '@nestjs/common';
import { LinksModule } from '../delivery/links/links.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { SecondFactorPagesModule } from '../tokens/second-factor/second-factor-pages.module.js';
import { PasswordResetPages } from './password-reset-pages.js';
import { PasswordResetInterruption } from './pwreset-interruption.js';
import { PasswordResetLinkPages } from './pwreset-link.pages.js';
import { PasswordResetPasswordPages } from './pwreset-password.pages.js';
import { PasswordResetPagesService } from './pwreset-pages.service.js';
import { PasswordResetOldPasswordPages } from './pwreset-old-password.pages.js';
import { PasswordResetSecondFactorPages } from './pwreset-second-factor.pages.js';
import { PasswordResetRpc } from './pwreset.rpc.js';
import { PasswordResetService } from './pwreset.service.js';

/** Setting a new password by link: the method that sends it and the pages that it opens. */
@Module({
  imports: [LinksModule, PasswordsModule, SecondFactorPagesModule],
  controllers: [
    PasswordResetLinkPages,
    PasswordResetOldPasswordPages,
    PasswordResetSecondFactorPages,
    PasswordResetPasswordPages,
  ],
  providers: [
    PasswordResetRpc,
    PasswordResetService,
    PasswordResetInterruption,
    { provide: PasswordResetPages, useClass: PasswordResetPagesService },
  ],
})
export class PasswordResetModule {}
