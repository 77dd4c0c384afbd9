import { makeStyles, tokens } from '@fluentui/react-components';

/** Where the dialog gets so narrow, labels stand above their fields. */
export const narrow = '@media (max-width: 520px)';

/** Rows of the dialog: label and control side by side, and below the control one line that is always there, so that nothing moves when it is filled. */
export const useFieldRow = makeStyles({
  row: {
    minWidth: 0,
    alignItems: 'start',
    gridTemplateColumns: '200px minmax(0, 1fr)',
    minHeight: `calc(32px + ${tokens.spacingVerticalXXS} + ${tokens.lineHeightBase200})`,
    [narrow]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gridTemplateRows: 'auto auto auto',
      '& > *': { gridColumn: '1 / -1', gridRow: 'auto' },
    },
  },
  /** Without a line: nothing is ever said below it. */
  plain: { minHeight: '32px' },
  control: { width: '100%', minWidth: 0 },
});
