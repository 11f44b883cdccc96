import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { CSRF_FIELD } from '../../core/web/csrf-tokens.js';
import type { Page } from '../../core/web/page/page.js';
import { FIDO_SCRIPT } from '../../core/web/page/scripts.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { type FormTarget, ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { NameField } from '../pages/name-field.js';
import { SlotChoice } from '../pages/slot-choice.js';
import { FIDO_TEXTS } from './fido.texts.js';

export const RESPONSE_FIELD = 'response';

interface StartProps {
  readonly item: ItemVisit;
  readonly start: FormTarget;
  readonly name: string;
  readonly problem: ItemProblem | undefined;
}

/** The key's name and its place, before the ceremony. */
export function startPage({ item, start, name, problem }: StartProps): Page {
  const { visit, offer } = item;
  const texts = FIDO_TEXTS[visit.language];
  return itemPage({
    item,
    title: texts.title,
    lead: texts.lead,
    problem,
    children: (
      <ItemForm visit={visit} {...start} button={texts.next}>
        <NameField label={texts.name} hint={texts.nameHint} value={name} problem={problem} />
        <SlotChoice language={visit.language} offer={offer} />
      </ItemForm>
    ),
  });
}

interface CeremonyProps {
  readonly item: ItemVisit;
  readonly options: PublicKeyCredentialCreationOptionsJSON;
  /** What was chosen on the page before. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly finish: FormTarget;
  readonly again: string;
  /** The server's other address, where browsers hold ceremonies. */
  readonly elsewhere: string | undefined;
  readonly problem: ItemProblem | undefined;
}

/** The ceremony; `fido.js` holds it and sends the form. */
export function ceremonyPage(props: CeremonyProps): Page {
  const { item, options, chosen, finish, again, elsewhere, problem } = props;
  const { visit } = item;
  const texts = FIDO_TEXTS[visit.language];
  const inline = visit.inline ? '?inline=1' : '';
  return itemPage({
    item,
    title: texts.readyTitle,
    lead: texts.readyLead,
    problem,
    scripts: [FIDO_SCRIPT],
    sendOnce: false,
    children: (
      <>
        <noscript>
          <p class="notice">{texts.scripts}</p>
        </noscript>
        <form
          method="post"
          action={`${finish.action}${inline}`}
          data-fido="create"
          data-options={JSON.stringify(options)}
        >
          <input type="hidden" name={CSRF_FIELD} value={finish.csrf} />
          <input type="hidden" name={RESPONSE_FIELD} value="" />
          {Object.entries(chosen).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <p class="notice" role="alert" data-fido-says="unsupported" hidden>
            {elsewhere === undefined ? texts.unsupported : `${texts.elsewhere} ${elsewhere}`}
          </p>
          <p class="notice" role="alert" data-fido-says="known" hidden>
            {texts.known}
          </p>
          <p class="notice" role="alert" data-fido-says="failed" hidden>
            {texts.failed}
          </p>
          <button class="button" type="submit">
            {texts.create}
          </button>
        </form>
        <p class="aside">
          <a href={`${again}${inline}`}>{texts.again}</a>
        </p>
      </>
    ),
  });
}
