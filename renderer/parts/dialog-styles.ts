import { makeStyles, tokens } from '@fluentui/react-components';

/** At twice the size a window has half its height: everything around the contents gets narrower. */
const low = '@media (max-height: 520px)';
/** Below this height title and buttons would leave no room between them: the whole dialog scrolls instead. */
const lowest = '@media (max-height: 300px)';

/** How dialogs over the list sit in the window: title and buttons stay in sight, what is between them scrolls. */
export const useDialogStyles = makeStyles({
  surface: {
    maxWidth: '680px',
    maxHeight: 'calc(100vh - 16px)',
    [low]: { maxHeight: '100vh', padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}` },
    [lowest]: { overflowY: 'auto' },
  },
  wide: { maxWidth: '920px' },
  body: {
    maxHeight: 'calc(100vh - 68px)',
    gridTemplateRows: 'auto minmax(0, 1fr) auto',
    rowGap: tokens.spacingVerticalM,
    [low]: { maxHeight: `calc(100vh - 2 * ${tokens.spacingVerticalM} - 2px)`, rowGap: tokens.spacingVerticalS },
    [lowest]: { maxHeight: 'none', gridTemplateRows: 'auto auto auto' },
  },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    // Room for the frame of the focus, which is not to touch what it is around.
    margin: `calc(-1 * ${tokens.spacingVerticalXS}) calc(-1 * ${tokens.spacingHorizontalS})`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    '& > *': { flexShrink: 0 },
    [lowest]: { overflowY: 'visible' },
  },
  // Not Fluent's DialogActions: its two halves would squeeze long words on the one button that matters.
  actions: {
    gridColumnStart: 1,
    gridColumnEnd: 4,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: tokens.spacingHorizontalS,
  },
  /** The button that takes something away. */
  removing: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    ':hover': { backgroundColor: tokens.colorStatusDangerBackground3Hover },
    ':active:hover': { backgroundColor: tokens.colorStatusDangerBackground3Pressed },
    '&[aria-disabled=true]': { backgroundColor: tokens.colorNeutralBackgroundDisabled },
  },
  aside: { flex: '1 1 0', minWidth: '120px', overflowWrap: 'anywhere' },
});
