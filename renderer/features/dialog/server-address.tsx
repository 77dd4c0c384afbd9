import { makeStyles, tokens } from '@fluentui/react-components';
import type { Server } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { DialogState } from './dialog-state.ts';
import { DraftField } from './draft-field.tsx';
import { narrow } from './field-row.ts';
import type { Form } from './form.ts';
import type { DialogActions } from './use-dialog.ts';

const useStyles = makeStyles({
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  port: { gridTemplateColumns: 'auto 96px', columnGap: tokens.spacingHorizontalM, [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' } },
  uri: { overflowWrap: 'anywhere', userSelect: 'text' },
});

const redirectUri = ({ answer }: Form, t: ReturnType<typeof useTexts>['t']): string =>
  answer?.redirectUri ?? t('dialog.redirect-uri.incomplete');

export interface ServerAddressProps {
  readonly server: Server;
  readonly state: DialogState;
  readonly actions: DialogActions;
}

/** Which instance it is, and where users come back to: G12 and G16, the redirect URI grows while server name and port are typed. */
export function ServerAddress({ server, state, actions }: ServerAddressProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { form } = state;
  const focus = state.at === 'editing' ? state.focus : null;
  return (
    <>
      {server.instances ? (
        <DraftField
          form={form}
          name="instance"
          label={t('field.instance')}
          required
          focused={focus === 'instance'}
          onType={(instance) => actions.type({ instance })}
          onLeave={() => actions.leave('instance')}
        />
      ) : null}
      {server.userSignIn && form.draft.userSignIn ? (
        <div className={styles.line}>
          <DraftField
            form={form}
            name="fqdn"
            label={t('dialog.server')}
            required
            hint={
              <output className={styles.uri} aria-label={t('field.redirect-uri')} aria-live="off" data-redirect-uri>
                {redirectUri(form, t)}
              </output>
            }
            focused={focus === 'fqdn'}
            onType={(fqdn) => actions.type({ fqdn })}
            onLeave={() => actions.leave('fqdn')}
          />
          <DraftField
            form={form}
            name="port"
            label={t('dialog.port')}
            required
            inputMode="numeric"
            className={styles.port}
            focused={focus === 'port'}
            onType={(port) => actions.type({ port })}
            onLeave={() => actions.leave('port')}
          />
        </div>
      ) : null}
    </>
  );
}
