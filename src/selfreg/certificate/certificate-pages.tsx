import { Fact, Facts } from '../../core/web/page/facts.js';
import { Moment } from '../../core/web/page/moment.js';
import type { Page } from '../../core/web/page/page.js';
import { MOMENT_SCRIPT } from '../../core/web/page/scripts.js';
import type { IssuedBundle, IssuedCertificate } from '../../tokens/kinds/certificate/certificates.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { type FormTarget, ItemArea, ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { KEEP_SCRIPTS, KeepButtons } from '../pages/keep-buttons.js';
import { SecretOnce } from '../pages/secret-once.js';
import { SlotChoice } from '../pages/slot-choice.js';
import { CERTIFICATE_TEXTS } from './certificate.texts.js';

export const REQUEST_FIELD = 'request';
const CERTIFICATE_ID = 'certificate';

interface FormProps {
  readonly item: ItemVisit;
  readonly make: FormTarget;
  readonly sign: FormTarget;
  readonly problem: ItemProblem | undefined;
}

/** A button for a certificate with its key, and a field for a request. */
export function formPage({ item, make, sign, problem }: FormProps): Page {
  const { visit, offer } = item;
  const texts = CERTIFICATE_TEXTS[visit.language];
  const place = <SlotChoice language={visit.language} offer={offer} />;
  return itemPage({
    item,
    title: texts.title,
    lead: texts.lead,
    problem,
    children: (
      <>
        <ItemForm visit={visit} {...make} button={texts.make}>
          {place}
        </ItemForm>
        <details open={problem?.field !== undefined}>
          <summary>{texts.requestHeading}</summary>
          <ItemForm visit={visit} {...sign} button={texts.sign}>
            <ItemArea name={REQUEST_FIELD} label={texts.request} hint={texts.requestHint} rows={8} problem={problem} />
            {place}
          </ItemForm>
        </details>
      </>
    ),
  });
}

interface MadeProps {
  readonly item: ItemVisit;
  readonly bundle: IssuedBundle;
  readonly completed: boolean;
}

/** The file with certificate and key, and its password: in this one answer and nowhere else. */
export function madePage({ item, bundle, completed }: MadeProps): Page {
  const { language } = item.visit;
  const texts = CERTIFICATE_TEXTS[language];
  return itemPage({
    item,
    title: texts.made,
    sign: 'done',
    back: !completed,
    scripts: [MOMENT_SCRIPT, ...KEEP_SCRIPTS],
    children: (
      <>
        <p>
          <a
            class="button"
            href={`data:application/x-pkcs12;base64,${bundle.file.toString('base64')}`}
            download="certificate.p12"
          >
            {texts.file}
          </a>
        </p>
        <SecretOnce language={language} label={texts.password} secret={bundle.password} file="password.txt" />
        <Until item={item} issued={bundle.issued} />
      </>
    ),
  });
}

interface SignedProps {
  readonly item: ItemVisit;
  readonly issued: IssuedCertificate;
  readonly completed: boolean;
}

/** The certificate for a request; its key never was here. */
export function signedPage({ item, issued, completed }: SignedProps): Page {
  const { language } = item.visit;
  const texts = CERTIFICATE_TEXTS[language];
  return itemPage({
    item,
    title: texts.signed,
    sign: 'done',
    back: !completed,
    scripts: [MOMENT_SCRIPT, ...KEEP_SCRIPTS],
    children: (
      <>
        <p class="eyebrow">{texts.copyHere}</p>
        <pre class="secret-text" id={CERTIFICATE_ID} tabindex={0}>
          {issued.pem}
        </pre>
        <KeepButtons language={language} of={CERTIFICATE_ID} file="certificate.pem" />
        <Until item={item} issued={issued} />
      </>
    ),
  });
}

function Until({ item, issued }: { readonly item: ItemVisit; readonly issued: IssuedCertificate }) {
  const { language } = item.visit;
  return (
    <Facts>
      <Fact name={CERTIFICATE_TEXTS[language].until}>
        <Moment at={issued.notAfter} language={language} />
      </Fact>
    </Facts>
  );
}
