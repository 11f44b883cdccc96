import { CSRF_FIELD } from '../../core/web/csrf-tokens.js';
import type { Page } from '../../core/web/page/page.js';
import { DEVICE_ENROL_SCRIPT } from '../../core/web/page/scripts.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { type FormTarget, ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { NAME_FIELD, NameField } from '../pages/name-field.js';
import { PUSH_TEXTS } from './push.texts.js';

export const RESPONSE_FIELD = 'response';
/** Where requests appear (design, *Paths*). */
const DEVICE_PAGE = '/device';

interface StartProps {
  readonly item: ItemVisit;
  readonly start: FormTarget;
  readonly name: string;
  readonly problem: ItemProblem | undefined;
}

/** The device's name, before its key is made. */
export function startPage({ item, start, name, problem }: StartProps): Page {
  const { visit } = item;
  const texts = PUSH_TEXTS[visit.language];
  return itemPage({
    item,
    title: texts.title,
    lead: texts.lead,
    problem,
    children: (
      <ItemForm visit={visit} {...start} button={texts.next}>
        <NameField label={texts.name} hint={texts.nameHint} value={name} problem={problem} />
      </ItemForm>
    ),
  });
}

interface KeyProps {
  readonly item: ItemVisit;
  /** What the device has to sign. */
  readonly challenge: string;
  readonly name: string;
  readonly finish: FormTarget;
  readonly again: string;
}

/** Making the key; `device-enrol.js` does it and sends the form. */
export function keyPage({ item, challenge, name, finish, again }: KeyProps): Page {
  const { visit } = item;
  const texts = PUSH_TEXTS[visit.language];
  const inline = visit.inline ? '?inline=1' : '';
  return itemPage({
    item,
    title: texts.readyTitle,
    lead: texts.readyLead,
    problem: undefined,
    scripts: [DEVICE_ENROL_SCRIPT],
    sendOnce: false,
    children: (
      <>
        <noscript>
          <p class="notice">{texts.scripts}</p>
        </noscript>
        <form method="post" action={`${finish.action}${inline}`} data-device-challenge={challenge}>
          <input type="hidden" name={CSRF_FIELD} value={finish.csrf} />
          <input type="hidden" name={RESPONSE_FIELD} value="" />
          <input type="hidden" name={NAME_FIELD} value={name} />
          <p class="notice" role="alert" data-device-says="unsupported" hidden>
            {texts.unsupported}
          </p>
          <p class="notice" role="alert" data-device-says="failed" hidden>
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

/** The device is set up; requests appear on another page. */
export function donePage(item: ItemVisit, completed: boolean): Page {
  const texts = PUSH_TEXTS[item.visit.language];
  return itemPage({
    item,
    title: texts.doneTitle,
    lead: texts.doneLead,
    sign: 'done',
    back: !completed,
    children: (
      <p>
        <a class="button" href={DEVICE_PAGE}>
          {texts.open}
        </a>
      </p>
    ),
  });
}
