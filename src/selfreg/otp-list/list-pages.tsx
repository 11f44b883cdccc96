import type { Page } from '../../core/web/page/page.js';
import { type ListEntry, LIST_SIZES } from '../../tokens/kinds/otp-list/otp-list-codes.js';
import { PROVING_NUMBER } from '../../tokens/kinds/otp-list/otp-list-enrolment.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { type FormTarget, ItemForm, ItemSelect } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { KEEP_SCRIPTS, KeepButtons } from '../pages/keep-buttons.js';
import { ProofForm } from '../pages/proof-form.js';
import { OTP_LIST_TEXTS } from './otp-list.texts.js';

export const SIZE_FIELD = 'size';
const DEFAULT_SIZE = 50;
const LIST_ID = 'list';

interface StartProps {
  readonly item: ItemVisit;
  readonly start: FormTarget;
  /** Codes left on the present list, when that is to be said. */
  readonly left: number | undefined;
  readonly problem: ItemProblem | undefined;
}

/** How many codes, before a list is made. */
export function startPage({ item, start, left, problem }: StartProps): Page {
  const texts = OTP_LIST_TEXTS[item.visit.language];
  const sizes = LIST_SIZES.map((size) => ({ value: String(size), text: String(size) }));
  return itemPage({
    item,
    title: texts.title,
    lead: texts.lead,
    problem,
    children: (
      <>
        {left !== undefined && <p class="notice">{texts.low(left)}</p>}
        <ItemForm visit={item.visit} {...start} button={texts.make}>
          <ItemSelect name={SIZE_FIELD} label={texts.size} options={sizes} selected={String(DEFAULT_SIZE)} />
        </ItemForm>
      </>
    ),
  });
}

interface ListProps {
  readonly item: ItemVisit;
  readonly pending: string;
  readonly entries: readonly ListEntry[];
  readonly code: FormTarget;
  readonly again: FormTarget;
  readonly size: string;
  readonly problem: ItemProblem | undefined;
}

/** The list, made for paper, and the field for the code that proves it. */
export function listPage({ item, pending, entries, code, again, size, problem }: ListProps): Page {
  const { visit } = item;
  const texts = OTP_LIST_TEXTS[visit.language];
  return itemPage({
    item,
    title: texts.listTitle,
    lead: texts.listLead,
    problem,
    scripts: KEEP_SCRIPTS,
    children: (
      <>
        <div class="code-scroll" tabindex={0} role="region" aria-label={texts.listTitle}>
          <ol class="code-list" id={LIST_ID}>
            {entries.map(({ number, code: entry }) => (
              <li key={number}>
                <span class="code-number">{`${number}. `}</span>
                <code>{entry}</code>
                {'\n'}
              </li>
            ))}
          </ol>
        </div>
        <KeepButtons language={visit.language} of={LIST_ID} file={texts.file} print />
        <ProofForm
          item={item}
          pending={pending}
          {...code}
          label={texts.code(PROVING_NUMBER)}
          hint={texts.hint}
          button={texts.save}
          problem={problem}
        >
          <h2>{texts.prove}</h2>
        </ProofForm>
        <ItemForm visit={visit} {...again} button={texts.fresh} quiet>
          <input type="hidden" name={SIZE_FIELD} value={size} />
        </ItemForm>
      </>
    ),
  });
}
