import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: 0, border: 'none', margin: 0, padding: 0, minWidth: 0 },
  heading: { ...typographyStyles.body1Strong, margin: `0 0 ${tokens.spacingVerticalXS}` },
  where: { ...typographyStyles.caption1, color: tokens.colorNeutralForeground3, marginLeft: tokens.spacingHorizontalS },
});

/** One of the dialog's sections, in the order and words of the server software. */
export function Section({ title, where, children }: { readonly title: string; readonly where?: string; readonly children: ReactNode }) {
  const styles = useStyles();
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 id={id} className={styles.heading}>
        {title}
        {where === undefined ? null : <span className={styles.where}>({where})</span>}
      </h3>
      {children}
    </section>
  );
}
