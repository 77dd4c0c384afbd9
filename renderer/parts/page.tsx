import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { BusySpinner } from './busy-spinner.tsx';
import { toManager, useNavigation } from './routes.tsx';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, overflowY: 'auto', outline: 'none' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}`,
    position: 'sticky',
    top: 0,
    zIndex: 1,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  title: { ...typographyStyles.title3, margin: 0, minWidth: 0, overflowWrap: 'anywhere', outline: 'none' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginLeft: 'auto' },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXL}`,
  },
  waiting: { flex: 1 },
});

export interface PageProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page that replaces the list: heading, which takes the focus, and the way back (Escape, Alt+Left). */
export function Page({ title, actions, children }: PageProps) {
  const { t } = useTexts();
  const { go } = useNavigation();
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const leave = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape' || (event.altKey && event.key === 'ArrowLeft')) go(toManager);
  };
  return (
    <main className={styles.page} onKeyDown={leave}>
      <div className={styles.head}>
        <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={() => go(toManager)}>
          {t('app.back')}
        </Button>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        <div className={styles.actions}>{actions}</div>
      </div>
      <div className={styles.body}>{children}</div>
    </main>
  );
}

/** While a page's code or its first answer is on its way. */
export function Waiting() {
  const { t } = useTexts();
  const styles = useStyles();
  return <BusySpinner className={styles.waiting} label={t('app.loading')} delay={300} />;
}
