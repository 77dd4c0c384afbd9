import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow, FaultView } from '../../../preload/contract.ts';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { Waiting } from '../../parts/page.tsx';
import { ServerDialog, type AskedServer } from './server-dialog.tsx';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } });

/** The server that holds a credential, and which of its instances. */
export interface ServerChoice {
  readonly id: string;
  readonly name: string;
  readonly instance: string | null;
}

export interface WhichServerProps {
  /** Of the credential; the dialog proposes this instance. */
  readonly name: string;
  readonly instance: string | null;
  readonly onChoose: (choice: ServerChoice) => void;
  readonly fault: FaultView | null;
  readonly busy: boolean;
  readonly onClose: () => void;
}

interface ChoiceProps extends WhichServerProps {
  readonly servers: readonly AskedServer[];
  readonly onAdd: () => void;
}

/** Which of the servers that are known, and which of its instances. */
function Choice({ name, instance: proposed, servers, fault, busy, onAdd, onChoose, onClose }: ChoiceProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const [first] = servers;
  const [id, setId] = useState(first?.id ?? '');
  const server = servers.find((each) => each.id === id) ?? first;
  const fitting = (of: AskedServer | undefined) =>
    of?.instances.find((each) => each.toLowerCase() === proposed?.toLowerCase()) ?? of?.instances[0] ?? '';
  const [instance, setInstance] = useState<string | null>(null);
  const chosen = instance ?? fitting(server);
  const choose = () => {
    if (server !== undefined) onChoose({ id: server.id, name: server.name, instance: server.kind === 'spe' ? chosen : null });
  };
  const buttons = (
    <>
      <Button type="submit" appearance="primary" disabledFocusable={busy || server === undefined}>
        {t('asked.connect')}
      </Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'link-server' }}
      title={t('asked.link.title', { name })}
      actions={buttons}
      aside={<Button onClick={onAdd}>{t('asked.link.other')}</Button>}
      dimmed
      onSubmit={() => !busy && choose()}
      onClose={onClose}
    >
      <FaultBar fault={fault} />
      <div className={styles.fields}>
        <Field label={t('asked.link.server')}>
          <Select
            value={server?.id ?? ''}
            autoFocus
            onChange={(_, { value }) => {
              setId(value);
              setInstance(null);
            }}
          >
            {servers.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </Select>
        </Field>
        {server?.kind === 'spe' ? (
          <Field label={t('field.instance')}>
            <Select value={chosen} onChange={(_, { value }) => setInstance(value)}>
              {server.instances.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          </Field>
        ) : null}
      </div>
    </DialogShell>
  );
}

/** One of the servers that are known, or one that is added now. */
export function WhichServer(props: WhichServerProps) {
  const { t } = useTexts();
  const { value, fault, reload } = useAnswer('server:list', null, ['store:changed']);
  const [adding, setAdding] = useState(false);
  if (value === null)
    return (
      <DialogShell
        marks={{ 'data-dialog': 'link-server' }}
        title={t('asked.link.title', { name: props.name })}
        actions={<Button onClick={props.onClose}>{t('app.cancel')}</Button>}
        dimmed
        onClose={props.onClose}
      >
        {fault === null ? <Waiting /> : <FaultBar fault={fault} onRetry={reload} />}
      </DialogShell>
    );
  const { servers, keepsPasswords } = value;
  if (adding || servers.length === 0)
    return (
      <ServerDialog
        server={null}
        keepsPasswords={keepsPasswords}
        onClose={(kept) => {
          setAdding(false);
          if (kept !== null) reload();
          else if (servers.length === 0) props.onClose();
        }}
      />
    );
  return <Choice {...props} servers={servers} onAdd={() => setAdding(true)} />;
}

export interface LinkDialogProps {
  readonly row: Pick<CredentialRow, 'id' | 'name' | 'instance'>;
  /** The row as it is linked; null where it was left as it is. */
  readonly onClose: (linked: CredentialRow | null) => void;
}

/** Says which server holds a credential that is in the list. */
export function LinkDialog({ row, onClose }: LinkDialogProps) {
  const { run, fault, busy } = useCommand();
  const link = async ({ id: server, instance }: ServerChoice) => {
    const linked = await run('server:link', { credential: row.id, server, instance });
    if (linked !== null) onClose(linked);
  };
  return (
    <WhichServer
      name={row.name}
      instance={row.instance}
      fault={fault}
      busy={busy}
      onChoose={(choice) => void link(choice)}
      onClose={() => onClose(null)}
    />
  );
}
