import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useEffect, useEffectEvent, useState } from 'react';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { Section } from '../../parts/section.tsx';
import { useOpenedFor } from '../../parts/use-opened-for.ts';
import { findingsOf, type KeyComparison } from './comparison.ts';
import { MissingKeys } from './missing-keys.tsx';
import { UnneededKeys } from './unneeded-keys.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** What list and keychain do not agree on, and what can be done about it. `shown`: the page was opened for it. */
export function PrivateKeys({ shown }: { readonly shown: boolean }) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { run, fault, busy } = useCommand();
  const [found, setFound] = useState<KeyComparison | null>(null);
  const [compared, setCompared] = useState(false);
  const [kept, setKept] = useState(0);
  const heading = useOpenedFor(shown, compared);
  const compare = async (asked: boolean) => {
    const answer = await run('keys:compare', { asked });
    if (answer !== null) setFound(answer);
    return answer;
  };
  const press = async () => {
    const answer = await compare(true);
    if (answer !== null)
      announce(
        findingsOf(answer) === '' ? t('keys.agree') : t('keys.found', { missing: answer.missing.length, unneeded: answer.unneeded.length }),
      );
  };
  // Where the keychain can be looked into without a question, nobody has to ask.
  const first = useEffectEvent(async () => {
    await compare(false);
    setCompared(true);
  });
  useEffect(() => void first(), []);
  const forgotten = async (count: number, stayed: number) => {
    announce([t('keys.removed', { count }), ...(stayed === 0 ? [] : [t('keys.kept', { count: stayed })])].join(' '));
    setKept(stayed);
    await compare(true);
    // The button that was pressed may be gone with the last key.
    heading.current?.focus({ preventScroll: true });
  };
  return (
    <Section title={t('keys.title')} headingRef={heading}>
      <span>{t('keys.body')}</span>
      <FaultBar fault={fault} />
      <div className={styles.line}>
        {found !== null && findingsOf(found) === '' ? <span data-keys="agree">{t('keys.agree')}</span> : null}
        <Button disabledFocusable={busy} onClick={() => void press()}>
          {t('keys.compare')}
        </Button>
      </div>
      {found === null || found.missing.length === 0 ? null : <MissingKeys keys={found.missing} />}
      {kept === 0 ? null : (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('keys.kept', { count: kept })}</MessageBarBody>
        </MessageBar>
      )}
      {found === null || found.unneeded.length === 0 ? null : (
        <UnneededKeys keys={found.unneeded} onForgotten={(count, stayed) => void forgotten(count, stayed)} />
      )}
    </Section>
  );
}
