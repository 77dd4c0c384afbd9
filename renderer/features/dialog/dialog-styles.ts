import { makeStyles, tokens } from '@fluentui/react-components';

/** Below this height heading and buttons would leave no room between them: the whole dialog scrolls instead. */
const low = '@media (max-height: 520px)';

/** How dialogs over the list sit in the window, also when everything is shown at twice its size. */
export const useDialogStyles = makeStyles({
  surface: { maxWidth: '680px', [low]: { overflowY: 'auto' } },
  wide: { maxWidth: '920px' },
  body: {
    maxHeight: 'calc(100vh - 96px)',
    gridTemplateRows: 'auto minmax(0, 1fr) auto',
    rowGap: tokens.spacingVerticalL,
    [low]: { maxHeight: 'none', gridTemplateRows: 'auto auto auto' },
  },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    '& > *': { flexShrink: 0 },
    [low]: { overflowY: 'visible' },
  },
});
