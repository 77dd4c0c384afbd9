import { FluentProvider, makeStyles, tokens, useFocusFinders } from '@fluentui/react-components';
import { useEffect, type ReactNode } from 'react';
import type { AppFacts } from '../../preload/contract.ts';
import { Announcer } from '../parts/announce.tsx';
import { CrashBoundary } from './crash.tsx';
import { FactsContext } from '../bridge/facts.ts';
import { PracticeBanner } from './practice-banner.tsx';
import { TextsContext } from '../bridge/texts.tsx';
import { useTheme } from './theme.ts';
import type { Texts } from '../bridge/translate.ts';

const useStyles = makeStyles({
  window: {
    display: 'flex',
    flexDirection: 'column',
    height: '100vh',
    backgroundColor: tokens.colorNeutralBackground3,
    position: 'relative',
  },
});

export interface FrameProps {
  readonly facts: AppFacts;
  readonly texts: Texts;
  readonly children: ReactNode;
}

/** What stands around every page: theme, language, banner, live region, and the net under it all. */
export function Frame({ facts, texts, children }: FrameProps) {
  const theme = useTheme(facts.dark);
  const styles = useStyles();
  // Fluent's focus management ends with the last component that uses it; ended by a dialog that closes, it would leave
  // the whole window hidden from screen readers. Used here, it lives as long as the window.
  useFocusFinders();
  const title = texts.t(facts.practice ? 'app.title.practice' : 'app.title');
  useEffect(() => {
    document.documentElement.lang = texts.language;
    document.documentElement.style.colorScheme = facts.dark ? 'dark' : 'light';
    document.title = title;
  }, [texts.language, facts.dark, title]);
  return (
    <TextsContext value={texts}>
      <FactsContext value={facts}>
        {/* The provider's own class goes to every portal as well: a background there would cover what is behind a menu or dialog. */}
        <FluentProvider theme={theme}>
          <div className={styles.window}>
            <Announcer world={facts.practice ? 'practice' : 'real'}>
              <PracticeBanner />
              <CrashBoundary>{children}</CrashBoundary>
            </Announcer>
          </div>
        </FluentProvider>
      </FactsContext>
    </TextsContext>
  );
}
