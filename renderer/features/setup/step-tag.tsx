import { makeStyles, tokens } from '@fluentui/react-components';

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

/** Number of the guide's step. */
export function StepTag({ step }: { readonly step: string }) {
  const styles = useStyles();
  return step === '' ? <span /> : <span className={styles.tag}>{step}</span>;
}
