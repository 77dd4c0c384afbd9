import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { useId, type ReactNode, type RefObject } from 'react';

const useStyles = makeStyles({
  section: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    minWidth: 0,
  },
  // Under the head of the page, which stays where it is.
  title: { ...typographyStyles.subtitle2, margin: 0, outline: 'none', scrollMarginTop: '120px' },
});

export interface SectionProps {
  readonly title: string;
  /** Given where the heading takes the focus. */
  readonly headingRef?: RefObject<HTMLHeadingElement | null>;
  readonly children: ReactNode;
}

/** A card with a heading. */
export function Section({ title, headingRef, children }: SectionProps) {
  const styles = useStyles();
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.title} {...(headingRef === undefined ? {} : { ref: headingRef, tabIndex: -1 })}>
        {title}
      </h2>
      {children}
    </section>
  );
}
