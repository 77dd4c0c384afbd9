import { Dropdown, Field, makeStyles, Option } from '@fluentui/react-components';
import { useFacts } from '../../app/facts.ts';
import { useServer } from '../../app/servers.ts';
import { useTexts } from '../../app/texts.tsx';
import { ofServer, type DialogState } from './dialog-state.ts';
import { DraftField } from './draft-field.tsx';
import type { DialogActions } from './use-dialog.ts';

const useStyles = makeStyles({ choice: { minWidth: 0, width: '100%' } });

/** Which server software it is for, and of one that holds several instances, which of them. */
export function ServerChoice({ state, actions }: { readonly state: DialogState; readonly actions: DialogActions }) {
  const { t } = useTexts();
  const { servers } = useFacts();
  const styles = useStyles();
  const { form } = state;
  const server = useServer(form.draft.server);
  return (
    <>
      <Field label={t('field.server')} orientation="horizontal">
        <Dropdown
          className={styles.choice}
          value={server.name}
          selectedOptions={[server.id]}
          onOptionSelect={(_, { optionValue }) => {
            const chosen = servers.find(({ id }) => id === optionValue);
            if (chosen !== undefined && chosen.id !== server.id) actions.type(ofServer(form.draft, chosen, server));
          }}
        >
          {servers.map(({ id, name }) => (
            <Option key={id} value={id}>
              {name}
            </Option>
          ))}
        </Dropdown>
      </Field>
      {server.instances ? (
        <DraftField
          form={form}
          name="instance"
          label={t('field.instance')}
          required
          focused={state.at === 'editing' && state.focus === 'instance'}
          onType={(instance) => actions.type({ instance })}
          onLeave={() => actions.leave('instance')}
        />
      ) : null}
    </>
  );
}
