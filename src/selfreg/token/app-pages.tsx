import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import type { Page } from '../../core/web/page/page.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { type FormTarget, ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { ProofForm } from '../pages/proof-form.js';
import { ENROLMENT_TEXTS } from '../pages/texts/enrolment-texts.js';
import { OtherWays } from './other-ways.js';

interface StartProps {
  readonly item: ItemVisit;
  readonly start: FormTarget;
  readonly problem: ItemProblem | undefined;
}

/** What is needed, before a seed is made. */
export function appStartPage({ item, start, problem }: StartProps): Page {
  const { visit } = item;
  const { app } = ENROLMENT_TEXTS[visit.language];
  return itemPage({
    item,
    title: app.title,
    lead: app.lead,
    problem,
    children: (
      <>
        <ItemForm visit={visit} {...start} button={app.begin} />
        <OtherWays visit={visit} current="app" />
      </>
    ),
  });
}

interface CodeProps {
  readonly item: ItemVisit;
  readonly pending: string;
  readonly uri: PlainSecret;
  /** Base32. */
  readonly secret: PlainSecret;
  /** `data:` URL of the QR code. */
  readonly picture: string;
  readonly code: FormTarget;
  readonly again: FormTarget;
  readonly problem: ItemProblem | undefined;
}

/** The QR code and the key as text, and the field for the first code. */
export function appCodePage({ item, pending, uri, secret, picture, code, again, problem }: CodeProps): Page {
  const { visit } = item;
  const { app, code: label } = ENROLMENT_TEXTS[visit.language];
  return itemPage({
    item,
    title: app.scanTitle,
    lead: app.scan,
    problem,
    children: (
      <>
        <p class="picture">
          <img src={picture} width="220" height="220" alt={app.picture} />
        </p>
        <p>
          <a href={uri}>{app.open}</a>
        </p>
        <details>
          <summary>{app.byHand}</summary>
          <Facts>
            <Fact name={app.key}>
              <code class="key">{secret.match(/.{1,4}/g)?.join(' ')}</code>
            </Fact>
            <Fact name={app.kind}>{app.time(6, 30)}</Fact>
          </Facts>
        </details>
        <ProofForm item={item} pending={pending} {...code} label={label} button={app.save} problem={problem}>
          <h2>{app.prove}</h2>
        </ProofForm>
        <ItemForm visit={visit} {...again} button={app.fresh} quiet />
        <OtherWays visit={visit} current="app" />
      </>
    ),
  });
}
