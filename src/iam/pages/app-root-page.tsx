import { Card } from '../../core/web/page/card.js';
import type { Page } from '../../core/web/page/page.js';
import { APP_ROOT_SCRIPT } from '../../core/web/page/scripts.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import { REST_OUTCOMES } from '../../surfaces/iam-rest/rest-outcomes.js';
import type { RootAppDefaults } from '../root-app/defaults.service.js';
import { FormSays } from './form-field.js';
import { LINK_PATH, OWN_PASSWORD_PATH } from './app-root-paths.js';
import { refusalSentences } from './refusal-sentences.js';
import { APP_ROOT_TEXTS } from './texts/app-root-texts.js';
import { DeadViews, ForgotView, LogInView, MailboxViews, RegisterView } from './views/enter-views.js';
import { AccountViews, LinkPasswordViews } from './views/password-views.js';
import { View } from './views/view.js';

/** What the page depends on. */
export interface AppRoot extends RootAppDefaults {
  /** Whether forgotten passwords can be replaced here. */
  readonly recovery: boolean;
  /** Whether the browser shows a session, dead or alive. */
  readonly session: boolean;
}

/** The root web application: every view of it, of which `app-root.js` shows one. */
export function appRootPage({ language }: Visit, root: AppRoot): Page {
  const texts = APP_ROOT_TEXTS[language];
  const { recovery } = root;
  const views = { texts, defaults: root, recovery };
  return {
    status: 200,
    title: texts.logIn.title,
    scripts: [APP_ROOT_SCRIPT],
    calls: true,
    body: (
      <div
        data-app-root
        data-link={`${LINK_PATH}?lang=${language}`}
        data-own-password={`${OWN_PASSWORD_PATH}?lang=${language}`}
        data-default-domain={root.defaultDomain}
        data-session={root.session ? 'shown' : undefined}
        data-sentences={JSON.stringify(sentencesOf(language))}
      >
        <noscript>
          <Card eyebrow={texts.service} heading={texts.scripts.title} sign="notice">
            <p class="lead">{texts.scripts.text}</p>
          </Card>
        </noscript>
        <div data-stage />
        <View name="loading" eyebrow={texts.service} heading={texts.loading.title}>
          <p class="lead">{texts.loading.text}</p>
        </View>
        <View name="away" eyebrow={texts.service} heading={texts.problems.heading} sign="pause">
          <FormSays heading={texts.problems.heading} />
          <button class="button" type="button" data-again>
            {texts.away.again}
          </button>
        </View>
        <LogInView {...views} />
        <RegisterView {...views} />
        <ForgotView {...views} />
        <MailboxViews texts={texts} />
        <DeadViews {...views} />
        <LinkPasswordViews texts={texts} />
        <AccountViews texts={texts} />
      </div>
    ),
  };
}

/** What the script says by itself. */
function sentencesOf(language: Visit['language']) {
  const shared = SHARED_TEXTS[language];
  const { problems } = APP_ROOT_TEXTS[language];
  const { empty, emptyAgain } = shared.password;
  return {
    ...problems,
    unavailable: shared.unavailable.text,
    failed: shared.failed.text,
    password: { empty, emptyAgain, mismatch: shared.errors['password-mismatch']({}) },
    expiredMessages: (['password-expired', 'password-must-change'] as const).map((code) =>
      REST_OUTCOMES[code].message({}),
    ),
    refusals: refusalSentences(language),
  };
}
