import { makeStyles, tokens } from '@fluentui/react-components';
import { useTexts } from '../bridge/texts.tsx';
import { stepWords } from './step-words.ts';

const useStyles = makeStyles({
  tag: {
    alignSelf: 'start',
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase200,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
    padding: `0 ${tokens.spacingHorizontalXS}`,
    color: tokens.colorNeutralForeground2,
    whiteSpace: 'nowrap',
  },
});

/** What a line belongs to, in words. */
export function StepTag({ step }: { readonly step: string }) {
  const styles = useStyles();
  const texts = useTexts();
  return step === '' ? <span /> : <span className={styles.tag}>{stepWords(step, texts)}</span>;
}
