import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useFacts } from '../../bridge/facts.ts';
import { request } from '../../bridge/bridge.ts';
import { useAnswer } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { Section } from '../../parts/section.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { useOpenedFor } from '../../parts/use-opened-for.ts';
import { ServerDialog } from './server-dialog.tsx';
import { ServerLine } from './server-line.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Settings: the servers that are asked through their management interfaces. `shown`: the page was opened for them. */
export function AskedServers({ shown }: { readonly shown: boolean }) {
  const { t } = useTexts();
  const styles = useStyles();
  const { practice } = useFacts();
  const { value, fault, reload } = useAnswer('server:list', null, ['store:changed']);
  const findings = useAnswer('server:findings', null, ['store:changed']);
  const heading = useOpenedFor(shown, value !== null && findings.value !== null);
  const [adding, setAdding] = useState(false);
  const around = useFocusReturn<HTMLSpanElement>(adding);
  return (
    <Section title={t('asked.title')} headingRef={heading}>
      <span>{t('asked.body')}</span>
      <FaultBar fault={fault} onRetry={reload} />
      {value === null ? null : value.servers.length === 0 ? (
        <span className={styles.quiet}>{t(value.forbidden ? 'asked.forbidden' : 'asked.empty')}</span>
      ) : (
        <ul className={styles.list} aria-label={t('asked.title')}>
          {value.servers.map((server) => (
            <ServerLine
              key={server.id}
              server={server}
              findings={(findings.value ?? []).filter((each) => each.server === server.id)}
              keepsPasswords={value.keepsPasswords}
              onChanged={reload}
            />
          ))}
        </ul>
      )}
      <div className={styles.line}>
        <span ref={around}>
          <Button icon={<AddRegular />} disabled={value === null || value.forbidden} onClick={() => setAdding(true)}>
            {t('asked.add')}
          </Button>
        </span>
        {practice ? <Button onClick={() => void request('practice:open-servers', null)}>{t('asked.practice.open')}</Button> : null}
      </div>
      {adding && value !== null ? (
        <ServerDialog
          server={null}
          keepsPasswords={value.keepsPasswords}
          onClose={(kept) => {
            setAdding(false);
            if (kept !== null) reload();
          }}
        />
      ) : null}
    </Section>
  );
}
