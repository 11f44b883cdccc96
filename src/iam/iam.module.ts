import { Module } from '@nestjs/common';
import { LinksModule } from '../delivery/links/links.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { PeopleModule } from '../people/people.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { InviteAcceptance } from './invites/invite-acceptance.js';
import { InvitesController } from './invites/invites.controller.js';
import { InvitesService } from './invites/invites.service.js';
import { IamLinks } from './links/iam-links.js';
import { MailHolders } from './links/mail-holders.js';
import { NewPasswords } from './links/new-passwords.js';
import { PasswordLink } from './links/password-link.js';
import { Spacing } from './links/spacing.js';
import { RecordsController } from './records/records.controller.js';
import { RecordsService } from './records/records.service.js';
import { AppRootController } from './pages/app-root.controller.js';
import { AppRootPages } from './pages/app-root.pages.js';
import { LinkForms } from './pages/link-forms.js';
import { OwnPassword } from './recovery/own-password.js';
import { PwdResetController } from './recovery/pwd-reset.controller.js';
import { RecoverablePeople } from './recovery/recoverable-people.js';
import { RecoveryWorker } from './recovery/recovery-worker.js';
import { RecoveryService } from './recovery/recovery.service.js';
import { AccountCreation } from './registration/account-creation.js';
import { RegistrationConfirmation } from './registration/registration-confirmation.js';
import { RegistrationLetters } from './registration/registration-letters.js';
import { RegistrationSettler } from './registration/registration-settler.js';
import { RegistrationWorker } from './registration/registration-worker.js';
import { RegistrationService } from './registration/registration.service.js';
import { SelfRegisterController } from './registration/self-register.controller.js';
import { DefaultsController } from './root-app/defaults.controller.js';
import { DefaultsService } from './root-app/defaults.service.js';
import { BanFilter } from './sessions/ban-filter.js';
import { BanGuard } from './sessions/ban.guard.js';
import { IamAdministrators } from './sessions/iam-administrators.js';
import { IamCredentials } from './sessions/iam-credentials.js';
import { IamGate } from './sessions/iam-gate.js';
import { IamSessionGuard } from './sessions/iam-session.guard.js';
import { IamSessionStrategy } from './sessions/iam-session.strategy.js';
import { SessionCookie } from './sessions/session-cookie.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { DomainSettings } from './settings/domain-settings.js';
import { DomainSettingsController } from './settings/domain-settings.controller.js';
import { UserChanges } from './users/user-changes.js';
import { UserDesk } from './users/user-desk.js';
import { UserEntities } from './users/user-entities.js';
import { UserList } from './users/user-list.js';
import { UserPassword } from './users/user-password.js';
import { UsersController } from './users/users.controller.js';

/** Self-registration, password recovery, invitations, and the sessions, users and settings around them. */
@Module({
  imports: [LinksModule, PasswordsModule, PeopleModule, SessionsModule],
  controllers: [
    AppRootController,
    AppRootPages,
    DefaultsController,
    DomainSettingsController,
    InvitesController,
    PwdResetController,
    RecordsController,
    SelfRegisterController,
    SessionsController,
    UsersController,
  ],
  providers: [
    AccountCreation,
    BanFilter,
    BanGuard,
    DefaultsService,
    DomainSettings,
    IamAdministrators,
    IamCredentials,
    IamGate,
    IamLinks,
    IamSessionGuard,
    IamSessionStrategy,
    InviteAcceptance,
    InvitesService,
    LinkForms,
    MailHolders,
    NewPasswords,
    OwnPassword,
    PasswordLink,
    RecordsService,
    RecoverablePeople,
    RecoveryService,
    RecoveryWorker,
    RegistrationConfirmation,
    RegistrationLetters,
    RegistrationService,
    RegistrationSettler,
    RegistrationWorker,
    SessionCookie,
    Spacing,
    UserChanges,
    UserDesk,
    UserEntities,
    UserList,
    UserPassword,
  ],
})
export class IamModule {}
