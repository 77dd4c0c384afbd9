import { makeStyles, tokens } from '@fluentui/react-components';

/** One height for all pages of a way, so that nothing jumps under the pointer; in a low window it is as high as that. */
export const useWizardStyles = makeStyles({
  surface: {
    maxWidth: '760px',
    '& > .fui-DialogBody': { height: 'min(620px, calc(100vh - 96px))' },
    // As the dialogs below this height: all of it scrolls.
    '@media (max-height: 520px)': { '& > .fui-DialogBody': { height: 'auto' }, paddingBottom: tokens.spacingVerticalM },
  },
});
