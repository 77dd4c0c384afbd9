import { Badge, Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { useAnswer } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { Waiting } from '../../parts/page.tsx';
import { useNavigation } from '../../parts/routes.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import type { AskedServer } from './server-dialog.tsx';
import { TextLink } from './text-link.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    margin: `0 0 ${tokens.spacingVerticalXS}`,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
});

type Archive = Output<'server:show'>['archives'][number];
type Overview = Exclude<Archive, { fault: unknown }>;
type Held = Overview['credentials'][number];

/** One credential there, and whether it is in this list. */
function Credential({ held }: { readonly held: Held }) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const { go } = useNavigation();
  const { name, clientId, tenantId, thumbprint, notAfter, selected, credential } = held;
  return (
    <section data-held={name}>
      <h3 className={styles.head}>
        {name}
        {selected ? <Badge appearance="outline">{t('asked.show.selected')}</Badge> : null}
      </h3>
      <FactList
        facts={[
          { name: t('field.client-id'), value: clientId, copy: clientId },
          { name: t('field.tenant-id'), value: tenantId, copy: tenantId },
          { name: t('details.thumbprint'), value: groupedThumbprint(thumbprint), copy: thumbprint },
          { name: t('field.expires'), value: dateTime(notAfter) },
          {
            name: t('asked.show.here'),
            value:
              credential === null ? (
                t('asked.show.not-here')
              ) : (
                <TextLink onClick={() => go({ at: 'details', credential })}>{t('asked.findings.credential')}</TextLink>
              ),
          },
        ]}
      />
    </section>
  );
}

/** A time of the server's own zone, as people write it. */
const local = (time: string): string => time.replace('T', ' ');

function Shown({ archive: { credentials, redirectUri, lastRun, failingSince } }: { readonly archive: Overview }) {
  const { t } = useTexts();
  const run =
    lastRun === null
      ? t('asked.show.no-run')
      : t('asked.show.run', { result: lastRun.result, count: lastRun.itemsArchived, time: local(lastRun.completedAt) });
  return (
    <>
      {credentials.length === 0 ? <span>{t('asked.show.none')}</span> : credentials.map((held) => <Credential key={held.id} held={held} />)}
      <FactList
        facts={[
          ...(redirectUri === null ? [] : [{ name: t('field.redirect-uri'), value: redirectUri, copy: redirectUri }]),
          { name: t('asked.show.last-run'), value: run },
          ...(failingSince === null
            ? []
            : [{ name: t('asked.show.failing-since'), value: t('asked.show.own-time', { time: local(failingSince) }) }]),
        ]}
      />
    </>
  );
}

export interface ShowDialogProps {
  readonly server: AskedServer;
  readonly onClose: () => void;
}

/** What a server, or one of its instances, holds now: credentials, redirect URI, and how its last run ended. */
export function ShowDialog({ server: { id, name, kind, instances }, onClose }: ShowDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const [instance, setInstance] = useState(kind === 'spe' ? (instances[0] ?? null) : null);
  const { value, fault, loading, reload } = useAnswer('server:show', { id, instance });
  // While another instance is asked, what the one before said is not shown as its own.
  const archive = value?.archives.find((each) => each.instance === instance);
  return (
    <DialogShell
      marks={{ 'data-dialog': 'show-server' }}
      title={t('asked.show.title', { name })}
      actions={
        <Button appearance="primary" autoFocus onClick={onClose}>
          {t('app.close')}
        </Button>
      }
      onClose={onClose}
    >
      <div className={styles.content}>
        {kind === 'spe' ? (
          <Field label={t('field.instance')}>
            <Select value={instance ?? ''} onChange={(_, { value: chosen }) => setInstance(chosen)}>
              {instances.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          </Field>
        ) : null}
        <FaultBar fault={fault} onRetry={reload} />
        {archive === undefined ? (
          loading || fault === null ? (
            <Waiting />
          ) : null
        ) : 'fault' in archive ? (
          <FaultBar fault={archive.fault} />
        ) : fault === null ? (
          <Shown archive={archive} />
        ) : null}
      </div>
    </DialogShell>
  );
}
