import { type Action, changes, type Plan } from './plan.js';

const MARKS: Record<Exclude<Action, 'keep'>, string> = { create: '+', update: '~', delete: '-' };

/** The plan in lines, like a diff: `+` new, `~` changed, `-` deleted. Holds no secret. */
export function printPlan(plan: Plan): string[] {
  const changing = changes(plan);
  const lines = changing.map(({ action, subject, details }) => {
    const mark = action === 'keep' ? ' ' : MARKS[action];
    return `${mark} ${subject}${details.length > 0 ? `: ${details.join('; ')}` : ''}`;
  });
  const kept = plan.steps
    .filter(({ action }) => action === 'keep')
    .map(({ subject }) => `  ${subject}: not in the file; kept (use --prune)`);
  return [...lines, ...kept, summary(plan)];
}

function summary(plan: Plan): string {
  const changing = changes(plan);
  if (changing.length === 0) return 'nothing to change';
  const count = (action: Action) => changing.filter((step) => step.action === action).length;
  return `${count('create')} to create, ${count('update')} to change, ${count('delete')} to delete`;
}
