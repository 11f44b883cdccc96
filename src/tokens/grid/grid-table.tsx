import type { JSX } from 'preact';
import { cellLabel, GRID_COLUMNS } from './geometry.js';
import type { Grid } from './grid.js';

interface Props {
  readonly id: string;
  readonly grid: Grid;
  readonly caption: string;
  /** For people who see little: bigger, in two halves. */
  readonly large?: boolean;
}

const HALF = 11;

/** A grid as a table, to be read on screen, printed or copied. */
export function GridTable({ id, grid, caption, large = false }: Props): JSX.Element {
  const columns = Array.from({ length: grid.cols }, (_, col) => col);
  const parts = large ? [columns.slice(0, HALF), columns.slice(HALF)] : [columns];
  return (
    <div class={large ? 'grid grid-large' : 'grid'} id={id} tabindex={0}>
      {parts.map((part) => (
        <table key={part[0]}>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <td />{' '}
              {part.map((col) => (
                <>
                  <th scope="col">{GRID_COLUMNS[col]}</th>{' '}
                </>
              ))}
              {'\n'}
            </tr>
          </thead>
          <tbody>
            {grid.lines.map((line, row) => (
              <tr key={row}>
                <th scope="row">{row + 1}</th>{' '}
                {part.map((col) => (
                  <>
                    <td data-cell={cellLabel({ row, col })}>{line[col]}</td>{' '}
                  </>
                ))}
                {'\n'}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
