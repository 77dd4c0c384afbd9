import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { request } from '../../bridge/bridge.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { findingsOf, type KeyComparison } from './comparison.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Milliseconds until the keychain is looked into: by then the list is on the screen. */
const later = 1000;

/** What list and keychain do not agree on, told at the start; once it was put away it is quiet until something else is found. */
export function KeyNotice({ onShow }: { readonly onShow: () => void }) {
  const { t } = useTexts();
  const [found, setFound] = useState<KeyComparison | null>(null);
  const [putAway, setPutAway] = useKept('keys.put-away', '', isText);
  const asked = useRef(false);
  // Each time the list comes to the front the notice tells what is so by then; where nothing was found it asks once.
  const look = useEffectEvent(async () => {
    if (asked.current && (found === null || findingsOf(found) === '')) return;
    asked.current = true;
    const outcome = await request('keys:compare', { asked: false });
    // A keychain that cannot be used is told where it is needed, and in Settings; here nobody asked.
    if (outcome.ok) setFound(outcome.value);
  });
  useEffect(() => {
    const timer = globalThis.setTimeout(() => void look(), asked.current ? 0 : later);
    return () => globalThis.clearTimeout(timer);
  }, []);
  const findings = found === null ? '' : findingsOf(found);
  if (found === null || findings === '' || findings === putAway) return null;
  const { missing, unneeded } = found;
  return (
    <MessageBar intent={missing.length > 0 ? 'warning' : 'info'} layout="auto" data-keys-notice>
      <MessageBarBody>
        {missing[0] === undefined ? null : `${t('keys.notice.missing', { count: missing.length, name: missing[0].name })} `}
        {unneeded.length === 0 ? null : t('keys.notice.unneeded', { count: unneeded.length })}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={() => setPutAway(findings)} />
        }
      >
        <Button onClick={onShow}>{t('keys.notice.show')}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
