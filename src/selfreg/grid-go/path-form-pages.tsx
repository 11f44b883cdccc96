import type { Page } from '../../core/web/page/page.js';
import type { Grid } from '../../tokens/grid/grid.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { GridTable } from '../../tokens/grid/grid-table.js';
import { type FormTarget, ItemField, ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { ProofForm } from '../pages/proof-form.js';
import { GRID_GO_TEXTS } from './grid-go.texts.js';

export const PATH_FIELD = 'path';
export const AGAIN_FIELD = 'again';
/** Steps of the longest path. The shortest is for the policy to say, see `GridEnrolment.fewestSteps`. */
export const MOST_STEPS = 31;

interface ChooseProps {
  readonly item: ItemVisit;
  readonly start: FormTarget;
  readonly fewest: number;
  readonly problem: ItemProblem | undefined;
}

/** The path, typed twice. */
export function choosePage({ item, start, fewest, problem }: ChooseProps): Page {
  const texts = GRID_GO_TEXTS[item.visit.language];
  return itemPage({
    item,
    title: texts.title,
    lead: texts.lead,
    problem,
    children: (
      <ItemForm visit={item.visit} {...start} button={texts.next}>
        <ItemField
          name={PATH_FIELD}
          label={texts.path}
          hint={texts.hint(fewest, MOST_STEPS)}
          type="password"
          maxLength={64}
          problem={problem}
        />
        <ItemField name={AGAIN_FIELD} label={texts.again} type="password" maxLength={64} problem={problem} />
      </ItemForm>
    ),
  });
}

interface WalkProps {
  readonly item: ItemVisit;
  readonly pending: string;
  readonly grid: Grid;
  readonly code: FormTarget;
  /** Path of the page where another path is chosen. */
  readonly fresh: string;
  readonly problem: ItemProblem | undefined;
}

/** A grid to walk the path on. How long the path is, is not said. */
export function walkPage({ item, pending, grid, code, fresh, problem }: WalkProps): Page {
  const { visit } = item;
  const texts = GRID_GO_TEXTS[visit.language];
  return itemPage({
    item,
    title: texts.proveTitle,
    lead: texts.proveLead,
    problem,
    children: (
      <>
        <GridTable id="grid" grid={grid} caption={texts.proveTitle} />
        <ProofForm
          item={item}
          pending={pending}
          {...code}
          label={texts.code}
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
