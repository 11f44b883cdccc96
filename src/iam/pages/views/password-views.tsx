import type { JSX } from 'preact';
import { AccountName } from '../../../core/web/password/account-name.js';
import { Fact, Facts } from '../../../core/web/page/facts.js';
import { FormField, FormSays } from '../form-field.js';
import type { AppRootTexts } from '../texts/app-root-texts.js';
import { View, Way } from './view.js';

interface Props {
  readonly texts: AppRootTexts;
}

/** The form for a password by a link that is alive (iam-rest section 8, step 5), and what comes after (step 6). */
export function LinkPasswordViews({ texts }: Props): JSX.Element {
  return (
    <>
      <LinkPassword name="first-password" heading={texts.password.first} texts={texts} />
      <LinkPassword name="new-password" heading={texts.password.new} texts={texts} />
      <Done name="account-done" heading={texts.done.account} text={texts.done.accountText} texts={texts} />
      <Done name="password-done" heading={texts.done.password} text={texts.done.passwordText} texts={texts} />
      <View name="taken" eyebrow={texts.service} heading={texts.taken.title} sign="notice">
        <p class="lead">{texts.taken.text}</p>
        <Way to="register" text={texts.taken.button} />
      </View>
    </>
  );
}

function LinkPassword(props: Props & { readonly name: string; readonly heading: string }): JSX.Element {
  const { texts, name, heading } = props;
  return (
    <View name={name} eyebrow={texts.service} heading={heading}>
      <Facts>
        <Fact name={texts.password.login}>
          <strong data-fill="login" />
        </Fact>
        <Fact name={texts.password.domain}>
          <span data-fill="domain" />
        </Fact>
      </Facts>
      <form data-form="link" novalidate>
        <FormSays heading={texts.problems.heading} />
        <AccountName login="" />
        <div data-password-fields />
        <button class="button" type="submit">
          {texts.password.save}
        </button>
      </form>
    </View>
  );
}

function Done(props: Props & { readonly name: string; readonly heading: string; readonly text: string }): JSX.Element {
  const { texts, name, heading, text } = props;
  return (
    <View name={name} eyebrow={texts.service} heading={heading} sign="done">
      <p class="lead">{text}</p>
      <Way to="" text={texts.done.button} />
    </View>
  );
}

/** What somebody sees who is logged in, and the form for the own password (iam-rest section 4.1). */
export function AccountViews({ texts }: Props): JSX.Element {
  const { account, own, fields } = texts;
  return (
    <>
      <View name="account" eyebrow={texts.service} heading={account.title}>
        <p class="notice" role="status" data-says="changed" hidden>
          {account.changed}
        </p>
        <Facts>
          <Fact name={account.name}>
            <strong data-fill="name" />
          </Fact>
          <Fact name={account.login}>
            <span data-fill="login" />
          </Fact>
          <Fact name={account.domain}>
            <span data-fill="domain" />
          </Fact>
        </Facts>
        <form data-form="log-out" novalidate>
          <FormSays heading={texts.problems.heading} />
          <p class="choices">
            <a class="button" href="#/account/password">
              {account.change}
            </a>
            <button class="button button-deny" type="submit">
              {account.logOut}
            </button>
          </p>
        </form>
        <p class="aside">
          <a href="/account">{account.more}</a>
        </p>
      </View>
      <View name="own-password" eyebrow={texts.service} heading={own.title}>
        <form data-form="own" novalidate>
          <FormSays heading={texts.problems.heading} />
          <AccountName login="" />
          <FormField
            name="current"
            type="password"
            label={own.current}
            autocomplete="current-password"
            missing={fields.currentMissing}
          />
          <div data-password-fields />
          <button class="button" type="submit">
            {own.save}
          </button>
        </form>
        <p class="aside">
          <a href="#/account">{own.back}</a>
        </p>
      </View>
    </>
  );
}
