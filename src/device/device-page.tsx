import type { ComponentChildren, JSX } from 'preact';
import { LOCALES } from '../core/web/language/languages.js';
import { Card, type SignKind } from '../core/web/page/card.js';
import type { Page } from '../core/web/page/page.js';
import { DEVICE_SCRIPT } from '../core/web/page/scripts.js';
import type { Visit } from '../core/web/visit.js';
import { DEVICE_PATH, MANIFEST_PATH, WORKER_PATH } from './device-paths.js';
import { RequestForm } from './request-form.js';
import { SetUpForm } from './set-up-form.js';
import { DEVICE_TEXTS, type DeviceTexts } from './texts/device-texts.js';

/**
 * The page of a push device: every view of it, of which `device.js` shows one. What stands in a view comes as text from
 * the server's answers.
 */
export function devicePage({ language }: Visit): Page {
  const texts = DEVICE_TEXTS[language];
  return {
    status: 200,
    title: texts.title,
    scripts: [DEVICE_SCRIPT],
    manifest: `${MANIFEST_PATH}?lang=${language}`,
    body: (
      <div
        data-device
        data-api={DEVICE_PATH}
        data-worker={`${WORKER_PATH}?lang=${language}`}
        data-locale={LOCALES[language]}
      >
        <noscript>
          <Card eyebrow={texts.eyebrow} heading={texts.none.title} sign="notice">
            <p class="lead">{texts.scripts}</p>
          </Card>
        </noscript>
        <Message name="loading" texts={texts} />
        <Message name="unsupported" texts={texts} sign="notice" />
        <View name="none" eyebrow={texts.eyebrow} heading={texts.none.title}>
          <SetUpForm texts={texts.none} />
        </View>
        <Message name="enrolled" texts={texts} sign="done" back />
        <View name="idle" eyebrow={texts.eyebrow} heading={texts.idle.title} sign="done">
          <p class="lead">{texts.idle.text}</p>
          <h2>{texts.idle.heading}</h2>
          <ul class="points" data-devices />
          <div data-if="notify" hidden>
            <button class="button" type="button" data-notify>
              {texts.idle.notify}
            </button>
            <p class="aside">{texts.idle.notifyText}</p>
          </div>
        </View>
        <View name="request" eyebrow={texts.eyebrow} heading={texts.request.title}>
          <RequestForm texts={texts.request} />
        </View>
        <Message name="approved" texts={texts} sign="done" back />
        <Message name="denied" texts={texts} sign="pause" back />
        <Message name="mismatched" texts={texts} sign="notice" back />
        <Message name="gone" texts={texts} sign="unlinked" back />
        <Message name="locked" texts={texts} sign="pause" back />
        <Message name="revoked" texts={texts} sign="unlinked" back />
        <Message name="offline" texts={texts} sign="pause" />
      </div>
    ),
  };
}

interface ViewProps {
  readonly name: string;
  readonly eyebrow: string;
  readonly heading: string;
  readonly sign?: SignKind;
  readonly children: ComponentChildren;
}

function View({ name, children, ...card }: ViewProps): JSX.Element {
  return (
    <div data-view={name} hidden>
      <Card {...card}>{children}</Card>
    </div>
  );
}

/** Views that only say something. */
type Said = 'loading' | 'unsupported' | 'enrolled' | AnswerView | 'revoked' | 'offline';
type AnswerView = 'approved' | 'denied' | 'mismatched' | 'gone' | 'locked';

interface MessageProps {
  readonly name: Said;
  readonly texts: DeviceTexts;
  readonly sign?: SignKind;
  /** Whether a button leads back to the beginning. */
  readonly back?: boolean;
}

function Message({ name, texts, sign, back = false }: MessageProps): JSX.Element {
  const { title, text } = texts[name];
  return (
    <View name={name} eyebrow={texts.eyebrow} heading={title} {...(sign && { sign })}>
      <p class="lead">{text}</p>
      {back && (
        <button class="button" type="button" data-back>
          {texts.back}
        </button>
      )}
    </View>
  );
}
