/** Why a page came back, in words. */
export interface ItemProblem {
  readonly text: string;
  /** The field that it is about; the whole form when absent. */
  readonly field?: string;
}
