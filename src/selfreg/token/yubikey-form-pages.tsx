import type { Page } from '../../core/web/page/page.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { type FormTarget, ItemField, ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { ProofForm } from '../pages/proof-form.js';
import { OtherWays } from './other-ways.js';
import { TOKEN_WAY_TEXTS } from './token-ways.texts.js';

export const YUBIKEY_FIELDS = { publicId: 'public-id', privateId: 'private-id', key: 'key' } as const;

interface PartsProps {
  readonly item: ItemVisit;
  readonly start: FormTarget;
  readonly problem: ItemProblem | undefined;
}

/** The parts that were written into the key. */
export function partsPage({ item, start, problem }: PartsProps): Page {
  const { visit } = item;
  const texts = TOKEN_WAY_TEXTS[visit.language];
  return itemPage({
    item,
    title: texts.yubikeyTitle,
    lead: texts.yubikeyLead,
    problem,
    children: (
      <>
        <ItemForm visit={visit} {...start} button={texts.next}>
          <ItemField name={YUBIKEY_FIELDS.publicId} label={texts.publicId} hint={texts.publicIdHint} maxLength={64} />
          <ItemField
            name={YUBIKEY_FIELDS.privateId}
            label={texts.privateId}
            hint={texts.privateIdHint}
            type="password"
            maxLength={64}
          />
          <ItemField name={YUBIKEY_FIELDS.key} label={texts.key} hint={texts.keyHint} type="password" maxLength={128} />
        </ItemForm>
        <OtherWays visit={visit} current="yubikey" />
      </>
    ),
  });
}

interface TouchProps {
  readonly item: ItemVisit;
  readonly pending: string;
  readonly code: FormTarget;
  /** Path of the fields for the parts. */
  readonly fresh: string;
  readonly problem: ItemProblem | undefined;
}

/** The field that the key types into. */
export function touchPage({ item, pending, code, fresh, problem }: TouchProps): Page {
  const { visit } = item;
  const texts = TOKEN_WAY_TEXTS[visit.language];
  return itemPage({
    item,
    title: texts.touchTitle,
    lead: texts.touchLead,
    problem,
    children: (
      <>
        <ProofForm
          item={item}
          pending={pending}
          {...code}
          label={texts.touch}
          inputMode="text"
          button={texts.save}
          problem={problem}
        />
        <p class="aside">
          <a href={visit.inline ? `${fresh}?inline=1` : fresh}>{texts.fresh}</a>
        </p>
      </>
    ),
  });
}
