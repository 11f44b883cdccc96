import type { JSX } from 'preact';
import type { RootAppDefaults } from '../../root-app/defaults.service.js';
import { FormField, FormSays } from '../form-field.js';
import type { AppRootTexts } from '../texts/app-root-texts.js';
import { View, Way } from './view.js';

/** Symbols of a login (iam-rest section 3.1). */
const LOGIN = String.raw`[A-Za-z0-9_\-.~!]*`;
/** What a mail address has at least; the server looks closer. */
const EMAIL = String.raw`[^@\s]+@[^@\s]+\.[^@\s]+`;

interface Props {
  readonly texts: AppRootTexts;
  readonly defaults: RootAppDefaults;
  /** Whether forgotten passwords can be replaced here. */
  readonly recovery: boolean;
}

/** The log-in form (iam-rest section 8, step 1). */
export function LogInView({ texts, defaults, recovery }: Props): JSX.Element {
  const { logIn, fields, problems } = texts;
  return (
    <View name="log-in" eyebrow={texts.service} heading={logIn.title}>
      <p class="notice" role="status" data-says="logged-out" hidden>
        {logIn.loggedOut}
      </p>
      <p class="notice" role="status" data-says="over" hidden>
        {logIn.over}
      </p>
      <form data-form="log-in" novalidate>
        <FormSays heading={problems.heading} />
        <FormField
          name="domain"
          label={logIn.domain}
          autocomplete="off"
          missing={fields.domainMissing}
          prefill="domain"
        />
        <FormField
          name="login"
          label={logIn.login}
          autocomplete="username"
          missing={fields.loginMissing}
          prefill="login"
        />
        <FormField
          name="pwd"
          type="password"
          label={logIn.password}
          autocomplete="current-password"
          missing={fields.passwordMissing}
        />
        <button class="button" type="submit">
          {logIn.button}
        </button>
      </form>
      <ul class="points">
        {recovery && (
          <li>
            <a href="#/forgot">{logIn.forgot}</a>
          </li>
        )}
        {defaults.selfRegisterAllowed && (
          <li>
            <a href="#/register">{logIn.register}</a>
          </li>
        )}
      </ul>
    </View>
  );
}

/** The form for a new account (iam-rest section 8, step 2). */
export function RegisterView({ texts, defaults }: Props): JSX.Element | null {
  const { register, fields, problems } = texts;
  if (!defaults.selfRegisterAllowed) return null;
  return (
    <View name="register" eyebrow={texts.service} heading={register.title}>
      <p class="lead">{register.lead}</p>
      <form data-form="register" novalidate>
        <FormSays heading={problems.heading} />
        <div class="field">
          <label for="domain">{register.domain}</label>
          <div class="entry">
            <select id="domain" name="domain" data-prefill="domain">
              {defaults.selfRegisterDomains.map((domain) => (
                <option key={domain}>{domain}</option>
              ))}
            </select>
          </div>
        </div>
        <FormField
          name="login"
          label={register.login}
          hint={register.loginHint}
          autocomplete="username"
          maxLength={100}
          pattern={LOGIN}
          missing={fields.loginMissing}
          mismatch={fields.loginShape}
        />
        <FormField
          name="name"
          label={register.name}
          autocomplete="name"
          maxLength={1_000}
          missing={fields.nameMissing}
          mismatch={fields.nameShape}
        />
        <FormField
          name="email"
          type="email"
          label={register.email}
          autocomplete="email"
          maxLength={254}
          pattern={EMAIL}
          missing={fields.emailMissing}
          mismatch={fields.emailShape}
        />
        <button class="button" type="submit">
          {register.button}
        </button>
      </form>
      <p class="aside">
        <a href="#/">{register.back}</a>
      </p>
    </View>
  );
}

/** The form for a forgotten password (iam-rest section 8, step 3). */
export function ForgotView({ texts, recovery }: Props): JSX.Element | null {
  const { forgot, fields, problems } = texts;
  if (!recovery) return null;
  return (
    <View name="forgot" eyebrow={texts.service} heading={forgot.title}>
      <p class="lead">{forgot.lead}</p>
      <form data-form="forgot" novalidate>
        <FormSays heading={problems.heading} />
        <FormField name="key" label={forgot.key} autocomplete="username" missing={fields.keyMissing} prefill="login" />
        <FormField name="domain" label={forgot.domain} hint={forgot.domainHint} autocomplete="off" prefill="domain" />
        <button class="button" type="submit">
          {forgot.button}
        </button>
      </form>
      <p class="aside">
        <a href="#/">{texts.register.back}</a>
      </p>
    </View>
  );
}

/** What is said after a registration, and after a recovery: for everybody the same. */
export function MailboxViews({ texts }: Pick<Props, 'texts'>): JSX.Element {
  return (
    <>
      {(['mailed', 'asked'] as const).map((name) => (
        <View key={name} name={name} eyebrow={texts.service} heading={texts[name].title} sign="done">
          <p class="lead">{texts[name].text}</p>
        </View>
      ))}
    </>
  );
}

/** The dead link of each kind: one neutral page, with a way to ask again. */
export function DeadViews({ texts, defaults, recovery }: Props): JSX.Element {
  const { dead } = texts;
  const heading = dead.title;
  const eyebrow = texts.service;
  return (
    <>
      <View name="dead-self_register" eyebrow={eyebrow} heading={heading} sign="unlinked">
        <p class="lead">{dead.text}</p>
        {defaults.selfRegisterAllowed ? <Way to="register" text={dead.ask} /> : <Way to="" text={dead.logIn} />}
      </View>
      <View name="dead-pwd_reset" eyebrow={eyebrow} heading={heading} sign="unlinked">
        <p class="lead">{dead.text}</p>
        {recovery ? <Way to="forgot" text={dead.ask} /> : <Way to="" text={dead.logIn} />}
      </View>
      <View name="dead-invite" eyebrow={eyebrow} heading={heading} sign="unlinked">
        <p class="lead">{dead.text}</p>
        <p>{dead.invite}</p>
        <Way to="" text={dead.logIn} />
      </View>
    </>
  );
}
